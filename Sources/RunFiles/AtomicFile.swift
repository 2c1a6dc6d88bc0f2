// A file that is there whole or not at all, whatever happens meanwhile: written under another name, pushed to the disk,
// then renamed, and the folder pushed to the disk as well (rename(2); Pillai et al., "All file systems are not created
// equal", OSDI 2014, §4). A writer that is killed leaves the file that was there before, and at most its own draft.

import Glibc

package struct AtomicFile: ~Copyable {
  /// How names of drafts end, before the number of the process.
  package static let draftEnding = ".draft-"

  private let path: String
  private let draft: String
  private let descriptor: Int32

  private init(path: String) throws(RunFileError) {
    self.path = path
    draft = "\(path)\(Self.draftEnding)\(getpid())"
    descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw RunFileError.cannotWrite(path) }
  }

  deinit { close(descriptor) }

  /// Puts what `body` writes in place of whatever is at `path`.
  package static func write(
    to path: String, _ body: (borrowing AtomicFile) throws(RunFileError) -> Void
  ) throws(RunFileError) {
    let file = try AtomicFile(path: path)
    do throws(RunFileError) {
      try body(file)
      guard fsync(file.descriptor) == 0, rename(file.draft, path) == 0 else {
        throw RunFileError.cannotWrite(path)
      }
    } catch {
      unlink(file.draft)
      throw error
    }
    try synchronise(folderOf: path)
  }

  package static func write(_ text: String, to path: String) throws(RunFileError) {
    try write(to: path) { file throws(RunFileError) in
      let written = Array(text.utf8).withUnsafeBytes { bytes in
        Result { () throws(RunFileError) in try file.append(bytes) }
      }
      try written.get()
    }
  }

  package func append(_ bytes: UnsafeRawBufferPointer) throws(RunFileError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      guard count >= 0 || errno == EINTR else { throw RunFileError.cannotWrite(path) }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(max(0, count)))
    }
  }

  /// Without this the new name may be lost with the power, though not what was there before.
  private static func synchronise(folderOf path: String) throws(RunFileError) {
    let folder = path.folder
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw RunFileError.cannotWrite(folder) }
    defer { close(descriptor) }
    // Some file systems cannot do it for folders, and say so.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw RunFileError.cannotWrite(folder) }
  }
}

extension String {
  /// The folder of a path: what is before its last slash, `.` if there is none.
  package var folder: String {
    guard let slash = lastIndex(of: "/") else { return "." }
    return slash == startIndex ? "/" : String(self[..<slash])
  }
}
