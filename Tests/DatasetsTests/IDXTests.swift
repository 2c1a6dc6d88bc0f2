import Datasets
import Testing

@Suite("IDX files")
struct IDXTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  /// Two pictures of two rows and three columns: 10, 11, … 21; compressed by Python's gzip.
  static let zipped: [UInt8] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x63, 0x60, 0xe0, 0x60, 0x66, 0x60,
    0x60, 0x60, 0x82, 0x62, 0x66, 0x2e, 0x6e, 0x1e, 0x5e, 0x3e, 0x7e, 0x01, 0x41, 0x21, 0x61, 0x11,
    0x51, 0x00, 0x7f, 0x16, 0x74, 0x55, 0x1c, 0x00, 0x00, 0x00,
  ]

  /// The error that reading a file of these bytes must give.
  private func failure(_ bytes: [UInt8], labels: Bool = false) throws -> DatasetError {
    let path = try folder.write(bytes, to: "file")
    return try #require(throws: DatasetError.self) {
      if labels { _ = try IDX.labels(at: path) } else { _ = try IDX.images(at: path) }
    }
  }

  @Test("Pictures and labels are read, gzipped or not, whatever the name says")
  func read() throws {
    let plain = try folder.write(idx([2, 2, 3], Array(10..<22)), to: "plain.gz")
    let zipped = try folder.write(Self.zipped, to: "zipped")
    for path in [plain, zipped] {
      let images = try IDX.images(at: path)
      #expect(images.count == 2 && images.height == 2 && images.width == 3)
      #expect(images.pixels == Array(10..<22))
    }
    #expect(try IDX.labels(at: try folder.write(idx([3], [9, 0, 4]), to: "labels")) == [9, 0, 4])
  }

  @Test("A truncated file: where it ends, and what was declared")
  func truncated() throws {
    let error = try failure(idx([2, 2, 3], [1, 2, 3, 4, 5]))
    #expect(error.offset == 21)
    #expect(
      error.description.contains("/file, byte 21: the file ends after 5 bytes of data where 2 × 2 × 3 were declared"))
    #expect(error.description.contains("fetch it again"))
    #expect(try failure([0, 0, 8, 3, 0, 0]).offset == 6)
    #expect(try failure([]).description.contains("the file is empty"))
    #expect(try failure(Array(idx([2, 2, 3], Array(10..<22)).dropLast())).offset == 27)
  }

  @Test("A broken gzip stream: cut short, or with a byte changed")
  func brokenGzip() throws {
    for length in [Self.zipped.count - 1, Self.zipped.count - 9, 20, 12] {
      #expect(try failure(Array(Self.zipped[..<length])).description.contains("byte"))
    }
    var flipped = Self.zipped
    flipped[Self.zipped.count - 6] ^= 1  // in the checksum
    #expect(try failure(flipped).description.contains("the gzip data are broken"))
  }

  @Test("A header that promises more than any memory holds is refused, and nothing is allocated for it")
  func hugeHeader() throws {
    let most = UInt32.max
    for sizes in [[most, most, most], [most, 28, 28], [1, most, most]] {
      let error = try failure(idx(sizes, [1, 2, 3]))
      #expect(error.offset == 4)
      #expect(error.description.contains(sizes[0] == most ? "\(most) pictures" : "1 × \(most) × \(most) bytes"))
    }
    #expect(try failure(idx([most], [1]), labels: true).description.contains("\(most) labels where 1 to 1000000"))
  }

  @Test("The wrong kind of file: the magic number is named, and an exchange is suspected where it looks like one")
  func wrongMagic() throws {
    let labelsAsImages = try failure(idx([3], [1, 2, 3]))
    #expect(labelsAsImages.offset == 0)
    #expect(labelsAsImages.description.contains("2049 (a file of labels) where 2051"))
    #expect(labelsAsImages.mend.contains("exchanged"))
    #expect(
      try failure(idx([1, 1, 1], [7]), labels: true).description.contains("2051 (a file of pictures) where 2049"))
    #expect(
      try failure(Array("<!DOCTYPE html>".utf8)).description.contains("where 2051, a file of pictures, was expected"))
  }

  @Test("Sizes of zero, data beyond the end, and labels above nine are errors")
  func wrongContents() throws {
    #expect(try failure(idx([2, 0, 3], [])).offset == 8)
    #expect(try failure(idx([1, 1, 2], [1, 2, 3])).description.contains("data go on after the 1 × 1 × 2 bytes"))
    let label = try failure(idx([3], [1, 10, 3]), labels: true)
    #expect(label.offset == 9)
    #expect(label.description.contains("label 10 where 0 to 9 was expected"))
  }

  @Test("What is not a readable file: missing, a folder, a device")
  func notAFile() throws {
    for (path, words) in [
      ("\(folder.path)/none", "cannot be found"), (folder.path, "a directory where a file was expected"),
      ("/dev/null", "a device"),
    ] {
      let error = try #require(throws: DatasetError.self) { try IDX.images(at: path) }
      #expect(error.path == path && error.problem.contains(words))
    }
  }

  @Test(
    "Whatever the header's bytes are, the answer is a correct reading or an error", arguments: 0..<4 as Range<UInt64>)
  func mutatedHeaders(seed: UInt64) throws {
    var random = CounterRandom(seed: seed)
    let original = idx([3, 2, 2], (0..<12).map { UInt8($0) })
    for _ in 0..<250 {
      var bytes = original
      for _ in 0...random.integer(below: 3) {
        let place = random.integer(below: 16)
        bytes[place] = [0, 1, 2, 3, 4, 6, 12, 255, UInt8(random.integer(below: 256))][random.integer(below: 9)]
      }
      bytes.removeLast(random.integer(below: 4) * random.integer(below: 8))
      let path = try folder.write(bytes, to: "mutated")
      do {
        let images = try IDX.images(at: path)
        #expect(images.count * images.height * images.width == images.pixels.count)
        #expect(images.pixels == Array(bytes[16...]))
      } catch {
        #expect(error.path == path && error.offset != nil)
      }
    }
  }

  @Test("Whatever happens to a gzip stream, the answer is the contents or an error")
  func mutatedGzip() throws {
    var random = CounterRandom(seed: 8)
    for _ in 0..<300 {
      var bytes = Self.zipped
      bytes[random.integer(below: bytes.count)] = UInt8(random.integer(below: 256))
      let path = try folder.write(bytes, to: "mutated")
      do {
        #expect(try IDX.images(at: path).pixels == Array(10..<22))
      } catch {
        #expect(error.path == path)
      }
    }
  }
}
