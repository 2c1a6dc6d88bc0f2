import Datasets
import Glibc
import Metrics
import Testing

@Suite("The shape of ink")
struct InkShapeTests {
  @Test("A sheared bar leans by the angle of its shear, whatever its place and its shade")
  func bar() {
    for (slope, ink) in [(0.0, Float(1)), (0.25, 1), (-0.5, 0.5)] {
      // Each row is three pixels of ink, further to the right the higher it is.
      var pixels = [Float](repeating: 0, count: 20 * 40)
      for y in 4..<16 {
        for x in 0..<3 { pixels[y * 40 + 15 + x + Int((slope * Double(16 - y)).rounded())] = ink }
      }
      let shape = InkShape(pixels, width: 40)
      #expect(abs(shape.mass - 36 * Double(ink)) < 1e-9)
      #expect(abs(shape.lean - atan(slope)) < 0.02)
    }
  }

  @Test("A blank picture has no ink and leans nowhere, nor does a single row")
  func blank() {
    let blank = InkShape([Float](repeating: 0, count: 12), width: 4)
    #expect(blank.mass == 0 && blank.lean == 0)
    let row = InkShape([0, 0, 1, 1, 0, 0], width: 3)
    #expect(row.mass == 2 && row.lean.isFinite)
    #expect(InkShape([0, 1, 1], width: 3).lean == 0)
  }

  @Test("Of built-in digits of one class it follows the thickness and the slant that they were made with")
  func factors() {
    let digits = ProceduralDigits.make(count: 3000, seed: 1)
    let pixels = digits.floats(scaledTo: .unit)
    for label in UInt8(0)..<10 {
      let rows = (0..<digits.count).filter { digits.labels[$0] == label }
      let shapes = rows.map { InkShape(pixels[$0 * 784..<($0 + 1) * 784], width: 28) }
      let factors = rows.map { digits.factors[$0] }
      #expect(correlation(shapes.map(\.mass), factors.map { Double($0.thickness) }) > 0.7, "thickness of \(label)")
      #expect(correlation(shapes.map(\.lean), factors.map { Double($0.slant) }) > 0.5, "slant of \(label)")
    }
  }

  /// Pearson's.
  private func correlation(_ a: [Double], _ b: [Double]) -> Double {
    func centred(_ values: [Double]) -> [Double] {
      let mean = values.reduce(0, +) / Double(values.count)
      return values.map { $0 - mean }
    }
    func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let (a, b) = (centred(a), centred(b))
    return product(a, b) / (product(a, a) * product(b, b)).squareRoot()
  }
}
