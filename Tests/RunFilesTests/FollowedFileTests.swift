import Glibc
import RunFiles
import TestSupport
import Testing

@Suite("A file that is followed")
struct FollowedFileTests {
  private let folder = Folder()

  private func follow() -> FollowedFile { FollowedFile(path: "\(folder.path)/log") }
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test("What is added comes once, in its order, however much is asked for at a time")
  func growing() {
    var file = follow()
    #expect(file.newBytes() == .nothing, "it may not be there yet")
    folder.write("log", bytes("one\n"))
    #expect(file.newBytes() == .grown(bytes("one\n")))
    #expect(file.newBytes() == .nothing)
    folder.append("log", bytes("two\nthree"))
    #expect(file.newBytes(atMost: 5) == .grown(bytes("two\nt")))
    #expect(file.newBytes(atMost: 5) == .grown(bytes("hree")))
    #expect(file.newBytes(atMost: 5) == .nothing)
  }

  @Test("A file that was cut off begins anew, even if it has grown beyond the old end since")
  func truncated() {
    var file = follow()
    folder.write("log", bytes("a first course\n"))
    _ = file.newBytes()
    truncate("\(folder.path)/log", 0)
    #expect(file.newBytes() == .restarted)
    folder.append("log", bytes("short\n"))
    #expect(file.newBytes() == .grown(bytes("short\n")))
    folder.write("log", bytes("a second course, longer than the first one\n"))
    #expect(file.newBytes() == .restarted)
    #expect(file.newBytes() == .grown(bytes("a second course, longer than the first one\n")))
  }

  @Test("A file that gives way to another one is read to its end first")
  func replaced() {
    var file = follow()
    folder.write("log", bytes("old\n"))
    #expect(file.newBytes() == .grown(bytes("old\n")))
    folder.append("log", bytes("last words\n"))
    rename("\(folder.path)/log", "\(folder.path)/log.1")
    #expect(file.newBytes() == .grown(bytes("last words\n")))
    #expect(file.newBytes() == .nothing, "the next one is not there yet")
    folder.write("log", bytes("new\n"))
    #expect(file.newBytes() == .restarted)
    #expect(file.newBytes() == .grown(bytes("new\n")))
  }

  @Test("What is no file on a disk is nothing, and nobody waits for it")
  func others() {
    mkfifo("\(folder.path)/log", 0o600)
    var fifo = follow()
    #expect(fifo.newBytes() == .nothing)
    var place = FollowedFile(path: folder.path)
    #expect(place.newBytes() == .nothing)
  }
}

@Suite("Lines out of pieces")
struct LineSplitterTests {
  @Test("are the same wherever the pieces are cut", arguments: 0..<20)
  func pieces(seed: UInt64) {
    var random = SplitMix(state: seed)
    let text = (0..<200).map { _ in Array("ab\n\n".utf8).randomElement(using: &random) ?? 0 }
    var splitter = LineSplitter()
    var lines: [[UInt8]] = []
    var rest = text[...]
    while !rest.isEmpty {
      let count = Int.random(in: 1...9, using: &random)
      lines += splitter.add(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    let whole = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
    #expect(lines == whole.map(Array.init), "the last one has no end and is none")
  }

  @Test("leave out what is too long, and count it")
  func tooLong() {
    var splitter = LineSplitter(longest: 4)
    #expect(splitter.add(Array("four\nfi".utf8)) == [Array("four".utf8)])
    #expect(splitter.add(Array("ve5 and so".utf8)) == [])
    #expect(splitter.add(Array(" on\nok\n".utf8)) == [Array("ok".utf8)])
    #expect(splitter.skipped == 1)
  }
}
