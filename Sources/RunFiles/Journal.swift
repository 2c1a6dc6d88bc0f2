// A file of lines that is only ever added to. Each line goes out in one write(2), so that whatever ends the process, the
// last line alone can be torn; a disk that is full costs the lines that it has no room for, and nothing that was written
// before.

import Glibc

package struct Journal: Sendable {
  package enum Outcome: Hashable, Sendable {
    /// From so many bytes after the beginning of the file on.
    case written(at: Int)
    /// Not written, nor will be what follows until there is room again: to be told once.
    case failed(RunFileError)
    /// Not written either, as was told.
    case dropped
    /// Written, after so many lines that were not.
    case recovered(lost: Int, at: Int)
  }

  /// Seconds between two attempts to write while the disk is full.
  private static let pause = 10.0

  private let file: any JournalFile
  /// When to try again, while the last attempt has failed.
  private var retryAt: Double?
  private var lost = 0

  package init(_ file: any JournalFile) { self.file = file }

  /// - Parameter time: on any clock, in seconds; of a file that cannot be written, it decides when to try again.
  package mutating func append(_ line: JSONLine, at time: Double) -> Outcome {
    append(Array(line.text.utf8), at: time)
  }

  /// The same for something else that counts as a whole only.
  mutating func append(_ bytes: [UInt8], at time: Double) -> Outcome {
    if let retryAt, time < retryAt {
      lost += 1
      return .dropped
    }
    let wasBroken = retryAt != nil
    do throws(RunFileError) {
      let place = try file.append(bytes)
      defer { (retryAt, lost) = (nil, 0) }
      return wasBroken ? .recovered(lost: lost, at: place) : .written(at: place)
    } catch {
      retryAt = time + Self.pause
      lost += 1
      return wasBroken ? .dropped : .failed(error)
    }
  }
}

/// What lines are added to.
package protocol JournalFile: Sendable {
  /// Adds all of the bytes, or none of them.
  ///
  /// - Returns: where they begin, in bytes from the beginning of the file.
  func append(_ bytes: [UInt8]) throws(RunFileError) -> Int
}

/// A file on a disk; closed when nobody holds it any more. For one writer at a time: a run's lock sees to that.
package final class JournalFileOnDisk: JournalFile {
  package let path: String
  /// Bytes of a last line without an end, which a crash had left and which have been cut off.
  package let repaired: Int
  private let descriptor: Int32

  /// Opens the file, or makes it.
  package init(path: String) throws(RunFileError) {
    self.path = path
    do throws(RegularFile.Failure) {
      descriptor = try RegularFile.open(path, O_RDWR | O_APPEND | O_CREAT)
    } catch {
      throw .cannotWrite(path: path, reason: error.reason)
    }
    do {
      repaired = try Self.repair(descriptor, path)
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit { close(descriptor) }

  package func append(_ bytes: [UInt8]) throws(RunFileError) -> Int {
    var information = stat()
    guard fstat(descriptor, &information) == 0 else { throw .cannotWrite(path) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR {
        let error = RunFileError.cannotWrite(path)
        // Room for a part of a line is no room for a line.
        if rest.count < bytes.count { ftruncate(descriptor, information.st_size) }
        throw error
      }
      rest = rest.dropFirst(max(0, count))
    }
    return Int(information.st_size)
  }

  /// Cuts off what follows the last end of a line, and says how many bytes that was.
  private static func repair(_ descriptor: Int32, _ path: String) throws(RunFileError) -> Int {
    var information = stat()
    guard fstat(descriptor, &information) == 0 else { throw .cannotWrite(path) }
    let size = Int(information.st_size)
    var end = size
    while end > 0 {
      let start = max(0, end - 65_536)
      let block = [UInt8](unsafeUninitializedCapacity: end - start) { buffer, count in
        count = max(0, pread(descriptor, buffer.baseAddress, buffer.count, off_t(start)))
      }
      guard block.count == end - start else { throw .cannotRead(path) }
      if let newline = block.lastIndex(of: UInt8(ascii: "\n")) {
        end = start + newline + 1
        break
      }
      end = start
    }
    guard end == size || ftruncate(descriptor, off_t(end)) == 0 else { throw .cannotWrite(path) }
    return size - end
  }
}
