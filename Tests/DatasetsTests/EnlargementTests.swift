// Larger pictures: the same figures as image programs, and nothing lost of what a picture shows.

import Datasets
import Testing

@Suite("Enlargement")
struct EnlargementTests {
  @Test("By two and a third it has the figures of PyTorch's interpolate, without aligned corners")
  func reference() {
    // F.interpolate(x, size=(4, 7), mode='bilinear', align_corners=False) of PyTorch 2.15 for x = [[0, 1, 4], [8, 2, 16]].
    let enlarged = Enlargement(ofWidth: 3, height: 2, toWidth: 7, height: 4)([0, 1, 4, 8, 2, 16])
    let expected: [Float] = [
      0, 0.14285714, 0.57142857, 1, 2.2857143, 3.5714286, 4,
      2, 1.8928571, 1.5714286, 1.25, 3.7142857, 6.1785714, 7,
      6, 5.3928571, 3.5714286, 1.75, 6.5714286, 11.392857, 13,
      8, 7.1428571, 4.5714286, 2, 8, 14, 16,
    ]
    #expect(enlarged.count == expected.count)
    #expect(zip(enlarged, expected).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test("Digits of 28×28 keep their ink, their place and their range at 64×64")
  func digits() {
    let digits = ProceduralDigits.make(count: 20, seed: 3)
    let small = digits.floats(scaledTo: .unit)
    let large = Enlargement(ofWidth: 28, height: 28, toWidth: 64, height: 64)(small)
    #expect(large.count == 20 * 64 * 64 && large.allSatisfy { (0...1).contains($0) })
    for index in 0..<20 {
      let (old, new) = (moments(small, index, side: 28), moments(large, index, side: 64))
      // Ink as a share of the paper, and its centre in widths of the picture.
      #expect(abs(old.ink - new.ink) < 0.01 * old.ink)
      #expect(abs(old.x - new.x) < 1e-3 && abs(old.y - new.y) < 1e-3)
    }
  }

  @Test("To the same size it changes nothing")
  func identity() {
    let pictures: [Float] = [0, 0.5, 1, 0.25, 0.125, 0.75, 1, 1, 0, 0, 0.5, 0.5]
    #expect(Enlargement(ofWidth: 2, height: 3, toWidth: 2, height: 3)(pictures) == pictures)
  }

  private func moments(_ pictures: [Float], _ index: Int, side: Int) -> (ink: Double, x: Double, y: Double) {
    var (ink, x, y) = (0.0, 0.0, 0.0)
    for pixel in 0..<side * side {
      let value = Double(pictures[index * side * side + pixel])
      ink += value
      x += value * (Double(pixel % side) + 0.5) / Double(side)
      y += value * (Double(pixel / side) + 0.5) / Double(side)
    }
    return (ink / Double(side * side), x / ink, y / ink)
  }
}
