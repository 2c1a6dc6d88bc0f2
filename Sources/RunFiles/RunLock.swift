// One process writes into a run's folder. Its lock is one of the kernel's (open file description locks, fcntl(2)): it ends
// with the process, however that ends, and it can be asked for without being taken, so that readers never get in the way.

import Glibc

/// Held as long as this lives.
package final class RunLock: Sendable {
  static let fileName = "lock"

  private let descriptor: Int32

  /// From fcntl.h (asm-generic), which Swift does not import: open file description locks, to ask for and to take.
  private static let askFor: Int32 = 36
  private static let take: Int32 = 37

  /// - Throws: `held` if another process has it; `cannotWrite`.
  package init(_ folder: RunFolder) throws(RunFileError) {
    let path = folder.path + "/" + Self.fileName
    do throws(RegularFile.Failure) {
      descriptor = try RegularFile.open(path, O_RDWR | O_CREAT)
    } catch {
      throw .cannotWrite(path: path, reason: error.reason)
    }
    var wanted = Self.wholeFile
    guard fcntl(descriptor, Self.take, &wanted) == 0 else {
      let code = errno
      close(descriptor)
      guard code == EAGAIN || code == EACCES else { throw .cannotWrite(path, errno: code) }
      throw .held(path: folder.path, process: Self.holder(of: folder))
    }
    // For people; the lock does not depend on it.
    let name = Array("\(getpid())\n".utf8)
    ftruncate(descriptor, 0)
    pwrite(descriptor, name, name.count, 0)
  }

  deinit { close(descriptor) }

  /// Whether a process writes into a folder now.
  package static func isHeld(_ folder: RunFolder) -> Bool {
    read(folder) { descriptor in
      var found = wholeFile
      return fcntl(descriptor, askFor, &found) == 0 && found.l_type != Int16(F_UNLCK)
    } ?? false
  }

  /// The process that wrote there last, as it has noted itself.
  private static func holder(of folder: RunFolder) -> Int? {
    let bytes = read(folder) { descriptor in
      [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
        count = max(0, pread(descriptor, buffer.baseAddress, buffer.count, 0))
      }
    }
    return bytes.flatMap { Int(String(decoding: $0.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)) }
  }

  private static func read<Result>(_ folder: RunFolder, _ body: (Int32) -> Result) -> Result? {
    guard let descriptor = try? RegularFile.open(folder.path + "/" + fileName, O_RDONLY) else { return nil }
    defer { close(descriptor) }
    return body(descriptor)
  }

  private static var wholeFile: flock {
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    return lock
  }
}
