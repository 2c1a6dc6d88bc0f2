// A file that somebody else writes, read while it grows: the log of a run that another process trains, or what any other
// program appends to. Nothing is locked, nobody is waited for, and nothing is believed of the other side: the file may
// not be there yet, be cut off, be written anew, or give way to another one of the same name.

import Glibc

/// Not for a FIFO or a device: only what lies on a disk can be looked at again.
package struct FollowedFile: Sendable {
  package enum Change: Hashable, Sendable {
    case nothing
    /// What has been added, at most so many bytes as were asked for; there may be more.
    case grown([UInt8])
    /// What was read is no longer there: from here on it is read from its beginning.
    case restarted
  }

  package let path: String
  private var file: ReadableFile?
  /// Bytes that have been read.
  private var offset = 0
  /// The last of them, by which a file is known again that was cut off and has grown beyond that since.
  private var tail: [UInt8] = []

  private static let tailLength = 64

  package init(path: String) { self.path = path }

  /// What has happened since the last call. Never waits, and never fails: what cannot be read now may be readable later.
  package mutating func newBytes(atMost most: Int = 1 << 20) -> Change {
    if file == nil {
      file = try? ReadableFile(path: path)
      offset = 0
      tail = []
    }
    guard let file, let size = file.size else { return .nothing }
    if size < offset || file.bytes(at: offset - tail.count, count: tail.count) != tail {
      offset = 0
      tail = []
      return .restarted
    }
    let bytes = file.bytes(at: offset, count: min(most, size - offset))
    if bytes.isEmpty {
      // Another file takes over only when all of this one has been read.
      guard file.isReplaced(at: path) else { return .nothing }
      self.file = nil
      return .restarted
    }
    offset += bytes.count
    tail = Array((tail + bytes.suffix(Self.tailLength)).suffix(Self.tailLength))
    return .grown(bytes)
  }
}

/// A regular file, open for reading; closed when nobody holds it any more.
package final class ReadableFile: Sendable {
  private let descriptor: Int32
  private let device: dev_t
  private let number: ino_t

  /// - Throws: `cannotRead`, also for what is no file on a disk.
  package init(path: String) throws(RunFileError) {
    do throws(RegularFile.Failure) {
      descriptor = try RegularFile.open(path, O_RDONLY)
    } catch {
      throw .cannotRead(path: path, reason: error.reason)
    }
    var information = stat()
    fstat(descriptor, &information)
    (device, number) = (information.st_dev, information.st_ino)
  }

  deinit { close(descriptor) }

  package var size: Int? {
    var information = stat()
    return fstat(descriptor, &information) == 0 ? Int(information.st_size) : nil
  }

  fileprivate func isReplaced(at path: String) -> Bool {
    var information = stat()
    guard stat(path, &information) == 0 else { return false }
    return information.st_dev != device || information.st_ino != number
  }

  /// As many as can be had: none before the file's beginning or after its end.
  package func bytes(at offset: Int, count: Int) -> [UInt8] {
    let count = min(count, (size ?? 0) - offset)
    guard offset >= 0, count > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = max(0, pread(descriptor, buffer.baseAddress, count, off_t(offset)))
    }
  }
}
