// Files and lines, byte for byte.

import GenerativeModels
import TerminalUI
import Testing
import Training
import gantui

@Suite("Writers")
struct WriterTests {
  @Test("A .npy file has NumPy's header, padded to 64 bytes, and little-endian numbers after it")
  func npy() {
    let bytes = NPY.file(SampleSet(shape: [2, 1], values: [1, -2.5]))
    #expect(Array(bytes.prefix(10)) == [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0])
    let header = String(decoding: bytes[10..<128], as: UTF8.self)
    #expect(header.hasPrefix("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), } "))
    #expect(header.last == "\n")
    #expect(Array(bytes[128...]) == [0, 0, 0x80, 0x3F, 0, 0, 0x20, 0xC0])
  }

  @Test(
    "The numbers of a .npy file begin at a multiple of 64 for every shape",
    arguments: [[1], [12345], [1, 2], [100, 28, 28], [10_000, 1, 1]])
  func alignment(shape: [Int]) {
    let values = (0..<shape.reduce(1, *)).map { Float($0) }
    let bytes = NPY.file(SampleSet(shape: shape, values: values))
    let start = 10 + Int(bytes[8]) + 256 * Int(bytes[9])
    #expect(start % 64 == 0)
    #expect(bytes.count == start + 4 * values.count)
    #expect(NumPyFile(bytes)?.shape == shape)
    #expect(NumPyFile(bytes)?.values == values)
  }

  @Test("Numbers of the table have fixed decimals and never a negative zero")
  func decimals() {
    #expect(fixed(1.5, decimals: 2) == "1.50")
    #expect(fixed(-0.0001, decimals: 2) == "0.00")
    #expect(fixed(-12.345, decimals: 1) == "-12.3")
    #expect(fixed(0.05, decimals: 4) == "0.0500")
    #expect(fixed(99.96, decimals: 0) == "100")
    #expect(fixed(.nan, decimals: 3) == "nan")
  }

  @Test("A sheet of rows keeps them, and has air where it is wanted")
  func sheetOfRows() {
    // Two rows of three pictures of one pixel; a gap before the last column.
    let sheet = PictureSheet(SampleSet(shape: [2, 3, 1, 1], values: [1, 0.5, 1, 0, 0, 1]), gaps: [2])
    #expect(sheet.width == 46 && sheet.height == 28)
    func pixel(_ x: Int, _ y: Int) -> UInt8 { sheet.pixels[y * sheet.width + x] }
    #expect(pixel(8, 8) == 0 && pixel(18, 8) == 128 && pixel(28, 8) == 255 && pixel(36, 8) == 0 && pixel(37, 9) == 0)
    #expect(pixel(8, 18) == 255 && pixel(18, 18) == 255 && pixel(36, 18) == 0 && pixel(38, 18) == 255)
  }

  @Test("Signs of a sum stand in the white beside pictures", arguments: [PictureSheet.Sign.minus, .plus, .equals])
  func signs(sign: PictureSheet.Sign) {
    let samples = SampleSet(shape: [2, 2, 6, 6], values: Array(repeating: 0, count: 144))
    let sheet = PictureSheet(samples, gaps: [1], signs: [.init(sign, row: 1, column: 1)])
    func rows(atColumn x: Int) -> [Int] { (0..<sheet.height).filter { sheet.pixels[$0 * sheet.width + x] == 0 } }
    let middle = 8 + 20 + 6
    #expect(rows(atColumn: 21).isEmpty && rows(atColumn: 35).isEmpty, "it does not touch the pictures")
    switch sign {
    case .minus: #expect(rows(atColumn: 28) == [middle - 1, middle] && rows(atColumn: 24) == [middle - 1, middle])
    case .plus: #expect(rows(atColumn: 28).count == 10 && rows(atColumn: 24) == [middle - 1, middle])
    case .equals: #expect(rows(atColumn: 28) == [middle - 3, middle - 2, middle + 1, middle + 2])
    }
  }

  @Test("A sheet has every picture in its place, dark on white, with a margin around it")
  func sheet() {
    // Three pictures of one pixel: black, grey, white.
    let sheet = PictureSheet(SampleSet(shape: [3, 1, 1], values: [1, 0.5, 0]))
    #expect(sheet.width == 28 && sheet.height == 28)
    func pixel(_ x: Int, _ y: Int) -> UInt8 { sheet.pixels[y * sheet.width + x] }
    #expect(pixel(0, 0) == 255 && pixel(7, 7) == 255 && pixel(27, 27) == 255)
    #expect(pixel(8, 8) == 0 && pixel(9, 9) == 0 && pixel(10, 10) == 255)
    #expect(pixel(18, 8) == 128 && pixel(19, 9) == 128)
    #expect(pixel(8, 18) == 255)
    #expect(Array(sheet.png().prefix(8)) == [0x89] + Array("PNG\r\n\u{1A}\n".utf8))
  }

  @Test("Sizes are read as columns x rows", arguments: ["80x24", "80X24", "80×24"])
  func size(text: String) throws {
    #expect(try ScreenSize(parsing: text) == ScreenSize(columns: 80, rows: 24))
  }

  @Test(
    "Sizes that are none are refused", arguments: ["", "80", "80x", "x24", "80x24x2", "0x24", "80x-1", "1001x24", "a"])
  func wrongSize(text: String) {
    #expect(throws: (any Error).self) { try ScreenSize(parsing: text) }
  }

  @Test("A mistyped name is answered with the one that was meant, a stranger with none")
  func suggestions() {
    let known = ["toy", "toy-mixture", "ring", "digits"]
    #expect(suggestion(for: "digtis", among: known) == "digits")
    #expect(suggestion(for: "tyo", among: known) == "toy")
    #expect(suggestion(for: "toy-mixtures", among: known) == "toy-mixture")
    #expect(suggestion(for: "cyclegan", among: known) == nil)
    #expect(suggestion(for: "", among: known) == nil)
  }
}

/// A reader that knows as much of the format as the files here need.
struct NumPyFile {
  let shape: [Int]
  let values: [Float]

  init?(_ bytes: [UInt8]) {
    guard bytes.count >= 10, Array(bytes.prefix(8)) == [0x93] + Array("NUMPY".utf8) + [1, 0] else { return nil }
    let start = 10 + Int(bytes[8]) + 256 * Int(bytes[9])
    let header = String(decoding: bytes[10..<start], as: UTF8.self)
    guard header.contains("'descr': '<f4'"), header.contains("'fortran_order': False"),
      let open = header.firstIndex(of: "("), let close = header.firstIndex(of: ")")
    else { return nil }
    shape = header[open..<close].dropFirst().split { $0 == "," || $0 == " " }.compactMap { Int($0) }
    values = stride(from: start, to: bytes.count, by: 4).map { index in
      Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[index + $1]) << (8 * $1) })
    }
  }
}
