// Names that somebody else has chosen, as of files, may hold escape sequences. A terminal must not get them.

import TestSupport
import Testing

@Suite("Text from outside")
struct OutsideTextTests {
  private static let evil = "\u{1B}]52;c;aGk=\u{07}\u{1B}[2Jx"

  @Test(
    "What is quoted in an error is text",
    arguments: [
      [evil], ["train", evil, "--steps", "1"], ["train", "toy", "--steps", evil], ["--theme", evil],
      ["screenshot", "toy", "--steps", "1", "--theme", "./" + evil],
      ["train", "digits", "--steps", "1", "--data", evil],
      ["sample", "toy", "--steps", "1", "--count", "1", "--output", "/nonexistent/\(evil).npy"],
      ["screenshot", "toy", "--steps", "1", "--output", evil + ".png"], ["bench", evil], ["list", evil],
    ])
  func errors(arguments: [String]) throws {
    let outcome = try Running(Program.path, arguments, environment: Program.environment).finish()
    #expect(outcome.status != 0 && outcome.errors.contains("2J"))
    #expect(!(outcome.errors + outcome.output).unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  @Test("A theme's name is text on the screen, and so is what is wrong with it")
  func theme() throws {
    let folder = Folder()
    let theme = #"[ui]\#ntext = "white"\#naccent = "red"\#n[series]\#nd = "blue"\#ng = "red"\#n"#
    folder.write("own.toml", Array((#"name = "\u001b[2Jx\u0007"\#n"# + theme).utf8))
    let arguments = ["screenshot", "toy", "--steps", "1", "--theme", "\(folder.path)/own.toml"]
    let outcome = try Running(Program.path, arguments, environment: Program.environment).finish()
    #expect(outcome.status == 0 || outcome.errors.contains("name"))
    #expect(!(outcome.errors + outcome.output).unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    folder.write("broken.toml", Array("[ui]\ntext = \"\(Self.evil)\"\n".utf8))
    let broken = try Program.run("screenshot", "toy", "--steps", "1", "--theme", "\(folder.path)/broken.toml")
    #expect(broken.status == 65 && !broken.errors.contains("\u{1B}"))
  }
}
