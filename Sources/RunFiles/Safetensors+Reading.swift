// Reading what anybody may have written: nothing that a header says is believed before it has been checked against the
// size of the file, so that a broken or hostile one costs an error, and never more memory than the file has bytes.

import FoundationEssentials
import Glibc

extension Safetensors {
  /// Headers of more are refused, as by the format's own reader.
  private static let longestHeader = 100_000_000

  package init(path: String) throws(RunFileError) {
    self = try Self.opening(path) { (size, read) throws(RunFileError) in
      try Safetensors(path: path, size: size, read)
    }
  }

  /// The metadata of a file whose tensors nobody wants to know yet, but which has to be as long as they are.
  package static func metadata(of path: String) throws(RunFileError) -> [String: String] {
    try opening(path) { (size, read) throws(RunFileError) in
      let (header, start) = try header(path: path, size: size, read)
      let end = header.entries.values.map(\.place.end).max() ?? 0
      guard end == size - start else { throw broken(path, "\(size - start) bytes of tensors instead of \(end)") }
      return header.metadata
    }
  }

  private typealias Reading = (_ place: Int, _ count: Int) throws(RunFileError) -> [UInt8]

  private static func opening<Result>(
    _ path: String, _ body: (_ size: Int, _ read: Reading) throws(RunFileError) -> Result
  ) throws(RunFileError) -> Result {
    let descriptor: Int32
    do throws(RegularFile.Failure) {
      descriptor = try RegularFile.open(path, O_RDONLY)
    } catch {
      throw RunFileError.cannotRead(path: path, reason: error.reason)
    }
    defer { close(descriptor) }
    var information = stat()
    guard fstat(descriptor, &information) == 0 else { throw RunFileError.cannotRead(path) }
    return try body(Int(information.st_size)) { (place, count) throws(RunFileError) in
      try bytes(of: descriptor, at: place, count: count, path: path)
    }
  }

  /// From bytes in memory.
  package init(bytes: [UInt8], path: String) throws(RunFileError) {
    try self.init(path: path, size: bytes.count) { (place, count) throws(RunFileError) in
      Array(bytes[place..<place + count])
    }
  }

  private static func broken(_ path: String, _ message: String) -> RunFileError {
    .broken(path: path, reason: "\(message); it is no safetensors file, or not a whole one")
  }

  /// What the file begins with, and where its tensors do.
  private static func header(
    path: String, size: Int, _ read: Reading
  ) throws(RunFileError) -> (header: Header, end: Int) {
    guard size >= 8 else { throw broken(path, "\(size) bytes are too few for a header") }
    let length = try read(0, 8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(min(size - 8, longestHeader)) else {
      throw broken(path, "byte 0: a header of \(length) bytes in a file of \(size)")
    }
    let bytes = try read(8, Int(length))
    guard let header = try? JSONDecoder().decode(Header.self, from: Data(bytes)) else {
      throw broken(path, "byte 8: the header is not the JSON that it should be")
    }
    return (header, 8 + Int(length))
  }

  private init(path: String, size: Int, _ read: Reading) throws(RunFileError) {
    let (header, start) = try Self.header(path: path, size: size, read)
    func broken(_ message: String) -> RunFileError { Self.broken(path, message) }
    metadata = header.metadata
    tensors = []
    var end = 0
    for (name, entry) in header.entries.sorted(by: { $0.value.place < $1.value.place }) {
      guard let kind = ElementKind(rawValue: entry.dtype) else {
        throw broken("\(name): numbers of the kind \(entry.dtype), which gantui does not write")
      }
      guard let count = entry.count(of: kind), entry.place.start == end, entry.place.end <= size - start else {
        throw broken("\(name): \(entry.shape) at \(entry.data_offsets) does not fit")
      }
      let bytes = try read(start + end, count * kind.size)
      let values: Values =
        switch kind {
        case .float32: .float32(Self.numbers(bytes)[...])
        case .float64: .float64(Self.numbers(bytes))
        case .int64: .int64(Self.numbers(bytes))
        }
      tensors.append(Tensor(name, entry.shape, values))
      end = entry.place.end
    }
    guard end == size - start else { throw broken("\(size - start - end) bytes after the last tensor") }
  }

  private static func numbers<Number: BitwiseCopyable & AdditiveArithmetic>(_ bytes: [UInt8]) -> [Number] {
    [Number](unsafeUninitializedCapacity: bytes.count / MemoryLayout<Number>.stride) { buffer, count in
      buffer.initialize(repeating: .zero)
      UnsafeMutableRawBufferPointer(buffer).copyBytes(from: bytes)
      count = buffer.count
    }
  }

  private static func bytes(
    of descriptor: Int32, at place: Int, count: Int, path: String
  ) throws(RunFileError) -> [UInt8] {
    var failure: RunFileError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let part = pread(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(place + filled))
        if part < 0, errno == EINTR { continue }
        guard part > 0 else {
          failure =
            part < 0
            ? RunFileError.cannotRead(path)
            : RunFileError.broken(path: path, reason: "it ended while it was being read")
          break
        }
        filled += part
      }
    }
    if let failure { throw failure }
    return bytes
  }
}

extension Safetensors.Entry {
  /// From the first byte after the header; where there is none, a place that fits nowhere.
  fileprivate var place: (start: Int, end: Int) {
    data_offsets.count == 2 ? (data_offsets[0], data_offsets[1]) : (.max, .max)
  }

  /// Elements, if shape and offsets agree about them.
  fileprivate func count(of kind: Safetensors.ElementKind) -> Int? {
    guard place.start >= 0, place.end >= place.start else { return nil }
    var bytes = kind.size
    for extent in shape {
      let (product, overflows) = bytes.multipliedReportingOverflow(by: extent)
      guard extent >= 0, !overflows else { return nil }
      bytes = product
    }
    return place.end - place.start == bytes ? bytes / kind.size : nil
  }
}
