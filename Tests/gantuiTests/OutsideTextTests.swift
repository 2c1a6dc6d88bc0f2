// Names that somebody else has chosen, as of files, may hold escape sequences. A terminal must not get them.

import Glibc
import TestSupport
import Testing

@Suite("Text from outside")
struct OutsideTextTests {
  private static let evil = "\u{1B}]52;c;aGk=\u{07}\u{1B}[2J\u{9B}31m\u{202E}x\nforged"

  /// What a terminal would obey, and lines that somebody else has begun.
  private func obeyed(_ text: String) -> Bool {
    text.split(separator: "\n").contains { $0.hasPrefix("forged") }
      || text.unicodeScalars.contains { scalar in
        switch scalar.value {
        case 0x0A: false
        case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2060...0x206F: true
        default: false
        }
      }
  }

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
    #expect(!obeyed(outcome.errors + outcome.output))
  }

  @Test("A theme's name is text on the screen, and so is what is wrong with it")
  func theme() throws {
    let folder = Folder()
    let theme = #"[ui]\#ntext = "white"\#naccent = "red"\#n[series]\#nd = "blue"\#ng = "red"\#n"#
    folder.write("own.toml", Array((#"name = "\u001b[2Jx\u0007\u009b\u202e\nforged"\#n"# + theme).utf8))
    let arguments = ["screenshot", "toy", "--steps", "1", "--theme", "\(folder.path)/own.toml"]
    let outcome = try Running(Program.path, arguments, environment: Program.environment).finish()
    #expect(outcome.status == 0 || outcome.errors.contains("name"))
    #expect(!obeyed(outcome.errors + outcome.output))
    folder.write("broken.toml", Array("[ui]\ntext = \"\(Self.evil)\"\n".utf8))
    let broken = try Program.run("screenshot", "toy", "--steps", "1", "--theme", "\(folder.path)/broken.toml")
    #expect(broken.status == 65 && !obeyed(broken.errors))
  }

  @Test("A run's log may hold anything, and what is printed of it stays text; JSON loses nothing of it")
  func journal() throws {
    let folder = Folder()
    folder.makeFolder("gantui")
    folder.makeFolder("gantui/runs")
    folder.makeFolder("gantui/runs/\(Self.evil)")
    let evil = #"\u001b[2J\u0007"# + "\u{9B}31m\u{85}\u{7F}\u{202E}x"
    let lines = [
      #"{"event":"start","experiment":"\#(evil)","title":"\#(evil)","data":"\#(evil)","time":"2026-11-21T11:28:05Z"}"#,
      #"{"event":"metrics","step":1,"seconds":1,"time":"\#(evil)","phase":"\#(evil)","d_loss":0.5}"#,
      #"{"event":"\#(evil)","message":"\#(evil)"}"#,
    ]
    let run = "gantui/runs/\(Self.evil)"
    folder.write("\(run)/metrics.ndjson", Array((lines.joined(separator: "\n") + "\n").utf8))
    defer {
      unlink("\(folder.path)/\(run)/metrics.ndjson")
      rmdir("\(folder.path)/\(run)")
    }
    let environment = Program.environment.merging(["XDG_STATE_HOME": folder.path]) { $1 }
    let commands = [
      ["export", "last", "--csv"], ["export", "last", "--json"], ["runs"], ["runs", "--json"], ["replay", "last"],
      ["compare", "last"], ["runs", "--prune"],
    ]
    for command in commands {
      let outcome = try Running(Program.path, command, environment: environment).finish()
      #expect(!obeyed(outcome.output.replacing("\r\n", with: "\n") + outcome.errors), "\(command)")
      #expect(!outcome.output.isEmpty && outcome.status == 0, "\(command): \(outcome.errors)")
      if command.contains("runs"), command.contains("--json") {
        let line = try JSONValue.object(outcome.lines[0])
        #expect(line["experiment"] == .text("\u{1B}[2J\u{7}\u{9B}31m\u{85}\u{7F}\u{202E}x"))
      }
    }
  }

  @Test("Settings may hold anything, in a folder of any name, and what is printed stays text")
  func settings() throws {
    let folder = Folder()
    let (home, sub) = ("\(folder.path)/\(Self.evil)", "\(folder.path)/\(Self.evil)/gantui")
    mkdir(home, 0o755)
    mkdir(sub, 0o755)
    let bad = #"\u001b[2J\u009b\u202e\nforged"#
    folder.write(
      "\(Self.evil)/gantui/config.toml",
      Array("theme = \"\(bad)\"\n\"\(bad)\" = 1\n[keys]\npause = \"\(bad)\"\n\"\(bad)\" = \"q\"\n".utf8))
    defer {
      unlink("\(sub)/config.toml")
      rmdir(sub)
      rmdir(home)
    }
    let environment = Program.environment.merging(["XDG_CONFIG_HOME": home]) { $1 }
    let keys = try Running(Program.path, ["keys"], environment: environment).finish()
    #expect(keys.status == 0 && keys.errors.contains("keys.pause") && !obeyed(keys.errors + keys.output))
    let program = try Running(Program.path, ["toy", "--plain"], environment: environment)
    _ = try program.line(containing: "toy: running")
    program.send(SIGTERM)
    let outcome = try program.finish()
    #expect(outcome.errors.contains("there is no theme") && !obeyed(outcome.errors + outcome.output))
  }
}
