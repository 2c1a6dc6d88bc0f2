import Datasets
import Testing

@Suite("Sets of four files")
struct MNISTTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  /// A set of two train and one test pictures under `place`.
  private func writeSet(at place: String, dot: Bool = false, trainLabels: [UInt8] = [5, 0]) throws {
    let separator = dot ? "." : "-"
    let two = (0..<2 * 784).map { UInt8($0 % 251) }
    try folder.write(idx([2, 28, 28], two), to: "\(place)train-images\(separator)idx3-ubyte")
    try folder.write(idx([UInt32(trainLabels.count)], trainLabels), to: "\(place)train-labels\(separator)idx1-ubyte")
    try folder.write(idx([1, 28, 28], Array(two[..<784])), to: "\(place)t10k-images\(separator)idx3-ubyte")
    try folder.write(idx([1], [7]), to: "\(place)t10k-labels\(separator)idx1-ubyte")
  }

  @Test(
    "A set is found in the folder named, in torchvision's layout, and under both ways to write the names",
    arguments: ["", "MNIST/raw/", "raw/", "mnist/"], [true, false])
  func layouts(place: String, dot: Bool) throws {
    try writeSet(at: place, dot: dot)
    let files = try #require(try MNIST.locate(explicit: folder.path, environment: [:]))
    let train = try MNIST.load(.train, from: files)
    #expect(train.count == 2 && train.labels == [5, 0] && train.pixels[784 + 3] == UInt8(787 % 251))
    #expect(try MNIST.load(.test, from: files).labels == [7])
  }

  @Test("The folder asked for comes first, then GANTUI_DATA, then XDG_DATA_HOME, then the home folder")
  func order() throws {
    for place in ["a/", "b/", "c/gantui/", "d/.local/share/gantui/"] { try writeSet(at: place) }
    var environment = [
      "GANTUI_DATA": "\(folder.path)/b", "XDG_DATA_HOME": "\(folder.path)/c", "HOME": "\(folder.path)/d",
    ]
    #expect(try MNIST.locate(explicit: "\(folder.path)/a", environment: environment)?.directory == "\(folder.path)/a")
    #expect(try MNIST.locate(explicit: nil, environment: environment)?.directory == "\(folder.path)/b")
    environment["GANTUI_DATA"] = nil
    #expect(try MNIST.locate(explicit: nil, environment: environment)?.directory == "\(folder.path)/c/gantui")
    environment["XDG_DATA_HOME"] = ""
    #expect(
      try MNIST.locate(explicit: nil, environment: environment)?.directory == "\(folder.path)/d/.local/share/gantui")
  }

  @Test("Nothing asked for and nothing there is no error; a folder asked for without files is one that lists them")
  func missing() throws {
    #expect(try MNIST.locate(explicit: nil, environment: ["GANTUI_DATA": folder.path, "HOME": folder.path]) == nil)
    #expect(try MNIST.locate(explicit: nil, environment: [:]) == nil)
    let error = try #require(throws: DatasetError.self) {
      try MNIST.locate(explicit: folder.path, environment: [:])
    }
    #expect(error.path == folder.path)
    for name in ["train-images-idx3-ubyte", "t10k-labels-idx1-ubyte", "MNIST/raw"] {
      #expect(error.description.contains(name))
    }
  }

  @Test(
    "A set is called by its folder's name, and never MNIST unless its pictures and labels are those",
    arguments: [
      ("fashion-mnist/", "fashion-mnist"), ("FashionMNIST/raw/", "FashionMNIST"), ("letters.raw/", "letters.raw"),
      ("MNIST/raw/", "folder MNIST"), ("mnist/", "folder mnist"),
    ])
  func names(place: String, name: String) throws {
    try writeSet(at: place)
    let files = try #require(try MNIST.locate(explicit: "\(folder.path)/\(place)", environment: [:]))
    #expect(files.name == name)
    #expect(!MNIST.isOriginal(try MNIST.load(.train, from: files), as: .train))
    #expect(!MNIST.isOriginal(try MNIST.load(.test, from: files), as: .test))
  }

  @Test("As many pictures as MNIST has do not make a set MNIST; the checksum is the CRC-32 of RFC 1952")
  func checksum() {
    #expect(MNIST.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
    let empty = LabelledImages(
      width: 28, height: 28, pixels: [UInt8](repeating: 0, count: 10_000 * 784),
      labels: [UInt8](repeating: 7, count: 10_000))
    #expect(!MNIST.isOriginal(empty, as: .test))
  }

  @Test("A set with a file missing names that file")
  func incomplete() throws {
    try folder.write(idx([1], [7]), to: "t10k-labels-idx1-ubyte")
    try folder.write(idx([1], [7]), to: "train-labels-idx1-ubyte")
    let error = try #require(throws: DatasetError.self) {
      try MNIST.locate(explicit: nil, environment: ["GANTUI_DATA": folder.path])
    }
    #expect(error.problem.contains("train-images-idx3-ubyte[.gz] and t10k-images-idx3-ubyte[.gz] missing"))
  }

  @Test("Pictures and labels that differ in number, or pictures of another size, do not pass")
  func mismatch() throws {
    try writeSet(at: "", trainLabels: [1, 2, 3])
    let files = try #require(try MNIST.locate(explicit: folder.path, environment: [:]))
    let count = try #require(throws: DatasetError.self) { try MNIST.load(.train, from: files) }
    #expect(count.problem.contains("2 pictures where") && count.problem.contains("has 3 labels"))
    try folder.write(idx([1, 2, 2], [1, 2, 3, 4]), to: "t10k-images-idx3-ubyte")
    let size = try #require(throws: DatasetError.self) { try MNIST.load(.test, from: files) }
    #expect(size.problem.contains("2×2 where 28×28") && size.offset == 8)
  }

  @Test("Pictures that the header shows to be wrong are refused before they are read, however many bytes follow")
  func mismatchInHeader() throws {
    try writeSet(at: "")
    let files = try #require(try MNIST.locate(explicit: folder.path, environment: [:]))
    for (sizes, words) in [([2, 64, 64], "64×64 where 28×28"), ([900_000, 28, 28], "900000 pictures where")] {
      // Reading on would end in the error that the file is too short.
      try folder.write(idx(sizes.map(UInt32.init), [1, 2, 3]), to: "train-images-idx3-ubyte")
      let error = try #require(throws: DatasetError.self) { try MNIST.load(.train, from: files) }
      #expect(error.problem.contains(words))
    }
  }

  @Test(
    "The real MNIST: 60,000 and 10,000 pictures, the first a 5", .enabled(if: RealMNIST.files != nil, RealMNIST.note))
  func real() throws {
    let files = try #require(RealMNIST.files)
    let train = try MNIST.load(.train, from: files)
    #expect(train.count == 60_000)
    #expect(train.labels.prefix(10) == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4])
    let classes = train.labels.reduce(into: [Int](repeating: 0, count: 10)) { $0[Int($1)] += 1 }
    #expect(classes == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
    // The mean that every tutorial normalises by.
    let sum = train.pixels.reduce(0) { $0 + Int($1) }
    #expect(abs(Double(sum) / Double(train.pixels.count) / 255 - 0.1307) < 0.0001)
    let test = try MNIST.load(.test, from: files)
    #expect(test.count == 10_000 && test.labels.prefix(4) == [7, 2, 1, 0])
    #expect(MNIST.isOriginal(train, as: .train) && MNIST.isOriginal(test, as: .test))
    #expect(!MNIST.isOriginal(train, as: .test) && !MNIST.isOriginal(train[0..<59_999], as: .train))
  }
}
