// The IDX format of Y. LeCun, C. Cortes and C. Burges, "The MNIST database of handwritten digits": big-endian words for
// the magic number and the dimensions, then the data. Only what MNIST uses is read: unsigned bytes in one or three
// dimensions.

/// Readers of the two kinds of files; both throw `DatasetError`.
package enum IDX {
  /// The contents of a file of pictures.
  package struct Images: Hashable, Sendable {
    package let count: Int
    package let height: Int
    package let width: Int
    /// `[count, height, width]`, flat.
    package let pixels: [UInt8]
  }

  /// The largest set that is read. A few megabytes of gzip can unfold to more than any memory holds.
  private static let mostItems = 1_000_000
  private static let mostBytes = 1 << 30

  /// Reads a file of pictures, `idx3-ubyte`.
  ///
  /// - Parameter check: called with the sizes of the header before the pictures are read, to refuse them.
  package static func images(
    at path: String,
    check: (_ count: Int, _ height: Int, _ width: Int) throws(DatasetError) -> Void = {
      (_, _, _) throws(DatasetError) in
    }
  ) throws(DatasetError) -> Images {
    var source = try ByteSource(path: path)
    let sizes = try header(of: &source, dimensions: 3)
    try check(sizes[0], sizes[1], sizes[2])
    return Images(count: sizes[0], height: sizes[1], width: sizes[2], pixels: try body(of: &source, sizes: sizes))
  }

  /// Reads a file of labels, `idx1-ubyte`, each in 0…9.
  package static func labels(at path: String) throws(DatasetError) -> [UInt8] {
    var source = try ByteSource(path: path)
    let labels = try body(of: &source, sizes: try header(of: &source, dimensions: 1))
    if let index = labels.firstIndex(where: { $0 > 9 }) {
      throw DatasetError(
        path: path, offset: 8 + index, problem: "label \(labels[index]) where 0 to 9 was expected",
        mend: "Only sets of at most ten classes can be used")
    }
    return labels
  }

  /// The sizes that the header declares: so many items, and so many bytes, as can be read.
  private static func header(of source: inout ByteSource, dimensions: Int) throws(DatasetError) -> [Int] {
    let kind = dimensions == 3 ? "pictures" : "labels"
    let magic = try word(of: &source, what: "the magic number of a file of \(kind)")
    let expected = 0x800 + dimensions
    guard magic == expected else {
      let other = dimensions == 3 ? 0x801 : 0x803
      let found = magic == other ? " (a file of \(dimensions == 3 ? "labels" : "pictures"))" : ""
      throw DatasetError(
        path: source.path, offset: 0,
        problem: "magic number \(magic)\(found) where \(expected), a file of \(kind), was expected",
        mend: magic == other
          ? "Were the two files exchanged?" : "This is not an IDX file of unsigned bytes: fetch it again")
    }
    var sizes: [Int] = []
    for index in 0..<dimensions { sizes.append(try word(of: &source, what: "size \(index + 1) of \(dimensions)")) }
    if let index = sizes.firstIndex(of: 0) {
      throw DatasetError(
        path: source.path, offset: 4 + 4 * index, problem: "a size of 0 where at least 1 was expected",
        mend: "The file holds no data: fetch it again")
    }
    guard sizes[0] <= mostItems else {
      throw DatasetError(
        path: source.path, offset: 4, problem: "\(sizes[0]) \(kind) where 1 to \(mostItems) can be read",
        mend: "Use a smaller set, or fetch the file again if its header is damaged")
    }
    var bytes = 1
    for size in sizes {
      // Of 30 bits and 32: no product overflows.
      bytes *= size
      guard bytes <= mostBytes else {
        throw DatasetError(
          path: source.path, offset: 4,
          problem: "\(declared(sizes)) bytes of data are declared where at most \(mostBytes) can be read",
          mend: "Use a smaller set, or fetch the file again if its header is damaged")
      }
    }
    return sizes
  }

  private static func declared(_ sizes: [Int]) -> String { sizes.map(String.init).joined(separator: " × ") }

  private static func word(of source: inout ByteSource, what: String) throws(DatasetError) -> Int {
    let offset = source.offset
    let bytes = try source.read(4)
    guard bytes.count == 4 else {
      throw DatasetError(
        path: source.path, offset: offset + bytes.count,
        problem: offset + bytes.count == 0 ? "the file is empty" : "the file ends within \(what)",
        mend: "Fetch the file again")
    }
    return bytes.reduce(0) { $0 << 8 | Int($1) }
  }

  /// The data, exactly as many as the header declares.
  private static func body(of source: inout ByteSource, sizes: [Int]) throws(DatasetError) -> [UInt8] {
    let start = source.offset
    let declared = declared(sizes)
    let total = sizes.reduce(1, *)
    let data = try source.read(total)
    guard data.count == total else {
      throw DatasetError(
        path: source.path, offset: start + data.count,
        problem: "the file ends after \(data.count) bytes of data where \(declared) were declared",
        mend: "It is truncated or its header is damaged: fetch it again")
    }
    guard try source.read(1).isEmpty else {
      throw DatasetError(
        path: source.path, offset: start + data.count, problem: "data go on after the \(declared) bytes declared",
        mend: "Its header is damaged: fetch it again")
    }
    return data
  }
}
