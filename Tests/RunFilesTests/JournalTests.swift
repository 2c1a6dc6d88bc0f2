import Glibc
import RunFiles
import Synchronization
import TestSupport
import Testing

/// A disk that is full when it is said to be.
private final class FullDisk: JournalFile {
  let isFull = Mutex(false)
  let text = Mutex("")

  func append(_ bytes: [UInt8]) throws(RunFileError) -> Int {
    guard !isFull.withLock({ $0 }) else { throw .cannotWrite(path: "x", reason: "No space left on device") }
    return text.withLock { text in
      defer { text += String(decoding: bytes, as: UTF8.self) }
      return text.utf8.count
    }
  }
}

@Suite("A journal")
struct JournalTests {
  private let folder = Folder()

  private func line(_ number: Int) -> JSONLine {
    var line = JSONLine()
    line.add("number", number)
    return line
  }

  @Test("A torn last line is cut off when the file is opened, however long; whole lines stay", arguments: 0..<40)
  func torn(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let lines = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      String(repeating: "x", count: Int.random(in: 0...100_000, using: &random)) + "\n"
    }
    let tear = String(repeating: "y", count: Int.random(in: 0...200_000, using: &random))
    folder.write("log", Array((lines.joined() + tear).utf8))
    let file = try JournalFileOnDisk(path: "\(folder.path)/log")
    #expect(file.repaired == tear.count)
    var journal = Journal(file)
    #expect(journal.append(line(1), at: 0) == .written(at: lines.joined().utf8.count))
    #expect(folder.text("log") == lines.joined() + "{\"number\":1}\n")
  }

  @Test("A full disk is told of once, tried again now and then, and the end of it is told with what is missing")
  func full() {
    let disk = FullDisk()
    var journal = Journal(disk)
    #expect(journal.append(line(1), at: 0) == .written(at: 0))
    disk.isFull.withLock { $0 = true }
    #expect(journal.append(line(2), at: 1) == .failed(.cannotWrite(path: "x", reason: "No space left on device")))
    #expect(journal.append(line(3), at: 2) == .dropped)
    #expect(journal.append(line(4), at: 12) == .dropped)
    disk.isFull.withLock { $0 = false }
    #expect(journal.append(line(5), at: 13) == .dropped, "it was tried a second ago")
    #expect(journal.append(line(6), at: 23) == .recovered(lost: 4, at: 13))
    #expect(journal.append(line(7), at: 24) == .written(at: 26))
    #expect(disk.text.withLock { $0 } == "{\"number\":1}\n{\"number\":6}\n{\"number\":7}\n")
  }

  @Test("A device, a folder and a named pipe are no journals, and nobody waits for the other end of one")
  func noFiles() throws {
    let folder = Folder()
    mkfifo("\(folder.path)/pipe", 0o600)
    for path in ["/dev/full", folder.path, "\(folder.path)/pipe"] {
      #expect(throws: RunFileError.cannotWrite(path: path, reason: "it is not a file")) {
        try JournalFileOnDisk(path: path)
      }
      #expect(throws: RunFileError.cannotRead(path: path, reason: "it is not a file")) { try ReadableFile(path: path) }
    }
  }
}
