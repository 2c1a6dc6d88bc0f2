import RunFiles
import TestSupport
import Testing

@Suite("Pictures and PNG files")
struct PNGTests {
  @Test("A picture that is written is read again", arguments: 0..<20)
  func roundTrip(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let picture = Samples.picture(using: &random)
    let file = PNG.encode(picture)
    #expect(Array(file.prefix(8)) == [0x89] + Array("PNG\r\n\u{1A}\n".utf8))
    #expect(try PNG.decode(file) == picture)
  }

  @Test("A file that is cut off is refused with words", arguments: [0, 7, 8, 20, 33, 50])
  func cut(length: Int) {
    var random = SplitMix(state: 1)
    let file = PNG.encode(Samples.picture(using: &random))
    #expect(throws: PNGError.self) { try PNG.decode(Array(file.prefix(length))) }
  }

  @Test("A header that promises more pixels than anybody looks at is refused before memory is taken for them")
  func tooLarge() {
    var file = PNG.encode(Picture(width: 1, height: 1, channels: .grey, pixels: [0]))
    // Width and height, the highest byte first, from byte 16 on; then their check sum is wrong, unless it is put right.
    file.replaceSubrange(16..<24, with: [0, 0, 0x40, 0, 0, 0, 0x40, 1])
    file.putRight(chunk: 8)
    let error = #expect(throws: PNGError.self) { try PNG.decode(file) }
    #expect(error == .tooLarge(width: 16384, height: 16385))
    #expect("\(error.map(String.init(describing:)) ?? "")".contains("16384×16385"))
  }

  @Test("A grid has every picture in its place, with black lines between")
  func grid() throws {
    let grid = try #require(Picture.grid([1, 0.5, 2, .nan, -1], width: 1, height: 1))
    #expect(grid.width == 11 && grid.height == 8)
    func pixel(_ x: Int, _ y: Int) -> UInt8 { grid.pixels[y * grid.width + x] }
    #expect([pixel(2, 2), pixel(5, 2), pixel(8, 2), pixel(2, 5), pixel(5, 5)] == [255, 128, 255, 0, 0])
    #expect(grid.pixels.reduce(0) { $0 + Int($1) } == 255 + 128 + 255)
    #expect(Picture.grid([], width: 28, height: 28) == nil)
  }

  @Test("A large picture in colour becomes a small grey one, each pixel the mean of what it covers")
  func grey() {
    let colours: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]
    let picture = Picture(width: 2, height: 2, channels: .rgb, pixels: colours)
    #expect(picture.grey(atMost: 2).pixels == [76, 150, 29, 255])
    #expect(picture.grey(atMost: 1) == Picture(width: 1, height: 1, channels: .grey, pixels: [128]))
    let wide = Picture(width: 5, height: 1, channels: .grey, pixels: [10, 20, 30, 40, 50])
    #expect(wide.grey(atMost: 2).pixels == [20, 45])
  }
}

extension [UInt8] {
  /// Gives the chunk at an offset the CRC-32 (that of PNG, not the one of TensorBoard) that it should have.
  mutating func putRight(chunk start: Int) {
    guard start + 12 <= count else { return }
    let length = self[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) }
    let content = start + 4..<(start + 8 + length)
    guard content.upperBound + 4 <= count else { return }
    let sum = ~self[content].reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    replaceSubrange(
      content.upperBound..<(content.upperBound + 4),
      with: (0..<4).map { UInt8(truncatingIfNeeded: sum >> (24 - 8 * $0)) })
  }
}
