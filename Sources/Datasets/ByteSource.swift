// Reads a file, gzipped or plain, from the front. zlib tells the two apart by the first bytes, not by the name.

import CZlib
import Glibc

/// An open file that hands out its uncompressed bytes in order.
///
/// Memory grows with what the file really holds, never with what its header promises.
struct ByteSource: ~Copyable {
  let path: String
  /// Uncompressed bytes handed out so far.
  private(set) var offset = 0
  private let file: gzFile
  private var chunk = [UInt8](repeating: 0, count: 1 << 16)

  init(path: String) throws(DatasetError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw Self.system(path, problem: "cannot be found", mend: "Check the path")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let kind = status.st_mode & S_IFMT == S_IFDIR ? "a directory" : "a device or a pipe"
      throw DatasetError(
        path: path, offset: nil, problem: "\(kind) where a file was expected", mend: "Put the IDX file itself there")
    }
    guard let file = gzopen(path, "rb") else {
      throw Self.system(path, problem: "cannot be opened", mend: "Check its permissions")
    }
    gzbuffer(file, 1 << 17)
    self.path = path
    self.file = file
  }

  deinit { gzclose(file) }

  /// The next `count` bytes, or as many as there are.
  mutating func read(_ count: Int) throws(DatasetError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let wanted = min(chunk.count, count - bytes.count)
      let received = Int(gzread(file, &chunk, UInt32(wanted)))
      var code: Int32 = 0
      let message = gzerror(file, &code).map { String(cString: $0) } ?? ""
      // zlib reports a stream that ends in the middle as a buffer error, after the bytes it could save.
      guard received >= 0, code == Z_OK || code == Z_STREAM_END else {
        throw DatasetError(
          path: path, offset: offset + max(0, received),
          problem: code == Z_ERRNO ? "cannot be read (\(Self.reason()))" : "the gzip data are broken (\(message))",
          mend: "Fetch the file again, or check the disk")
      }
      if received == 0 { break }
      bytes += chunk[..<received]
      offset += received
    }
    return bytes
  }

  private static func system(_ path: String, problem: String, mend: String) -> DatasetError {
    DatasetError(path: path, offset: nil, problem: "\(problem) (\(reason()))", mend: mend)
  }

  private static func reason() -> String { String(cString: strerror(errno)) }
}
