// The live view from end to end, in a real terminal: what a person sees, presses, and has afterwards.

import Glibc
import TestSupport
import Testing

@Suite("In a terminal", .serialized)
struct TerminalTests {
  /// Runs `command` and notes how it ended, and the terminal's modes before and after.
  private static func noting(_ command: String) -> String {
    """
    stty -a > before
    (echo $BASHPID > pid; exec \(command))
    echo "status $?"
    stty -a > after
    echo "the end"
    """
  }

  /// Stands in the status panel once the trainer has come to rest, which is a little after the key.
  private static let atRest = "s steps D's half"

  /// The terminal is as it was: its modes, its screen, its cursor.
  private func expectRestored(_ screen: Screen, status: Int) throws {
    let text = try screen.wait(for: "the end")
    #expect(text.contains("status \(status)\n"), "\(text)")
    #expect(screen.folder.text("before") == screen.folder.text("after"))
    #expect(!screen.folder.text("after").isEmpty)
    #expect(try screen.variable("alternate_on") == "0")
    #expect(try screen.variable("cursor_flag") == "1")
    #expect(try screen.variable("mouse_any_flag") == "0")
  }

  /// The number after “step”.
  private func step(on text: String) -> Int? {
    let parts = text.split { $0 == " " || $0 == "\n" }
    guard let index = parts.firstIndex(of: "step"), parts.indices.contains(index + 1) else { return nil }
    return Int(parts[index + 1].filter(\.isNumber))
  }

  // MARK: What is seen

  @Test(
    "It starts with both experiments, shows what there is room for, and leaves with q",
    arguments: [
      (120, 40, ["toy: a Gaussian", "digits: handwritten", "toy: losses", "digits: losses", "4 status"]),
      (80, 24, ["toy: a Gaussian", "toy: losses", "4 toy: status"]),
      (40, 12, ["toy: samples", "losses", "status"]),
    ])
  func sizes(columns: Int, rows: Int, panels: [String]) throws {
    let screen = try Screen(columns, rows, Self.noting("$gantui --seed 2"))
    try screen.wait(for: "panels, and steps") { text in
      panels.allSatisfy { text.contains($0) } && text.contains("q quit") && text.contains("⣀")
    }
    #expect(try screen.variable("alternate_on") == "1")
    try screen.press("q")
    try expectRestored(screen, status: 0)
  }

  @Test(
    "NO_COLOR comes before the colours of the settings, and a flag before NO_COLOR",
    arguments: [("", "okabe-ito"), ("NO_COLOR=1", "mono"), ("NO_COLOR=1", "okabe-ito --color always")])
  func colours(variable: String, look: String) throws {
    let words = look.split(separator: " ")
    let flags = words.dropFirst().joined(separator: " ")
    let settings = "mkdir gantui; echo 'color = \"always\"' > gantui/config.toml"
    let screen = try Screen(
      100, 30, "\(settings); (export XDG_CONFIG_HOME=$PWD \(variable); $gantui toy \(flags)); rm -r gantui; echo gone")
    try screen.wait(for: "the look") { $0.split(separator: "\n").first?.contains(" \(words[0])") == true }
    try screen.press("q")
    try screen.wait(for: "gone")
  }

  @Test(
    "Settings that cannot be written, as on a full disk, are said, and the file is as it was",
    .disabled(if: Sanitizer.isThere, Sanitizer.needsLimits))
  func fullDisk() throws {
    // A file may not become as large as this one is: writing ends in an error, as on a full disk.
    let screen = try Screen(
      120, 30,
      """
      mkdir gantui; (echo 'theme = "paper"'; yes '# mine' | head -c 800000) > gantui/config.toml
      (export XDG_CONFIG_HOME=$PWD; trap '' XFSZ; ulimit -f 700; $gantui toy)
      ls -A gantui; wc -c < gantui/config.toml; rm -r gantui; echo gone
      """)
    try screen.wait(for: "q quit")
    try screen.press("e", "W")
    try screen.wait(for: "Write what has changed to \(screen.folder.path)/gantui/config.toml?")
    try screen.press("y")
    try screen.wait(for: "config.toml cannot be written: File too large; it is as it was")
    try screen.press("q")
    #expect(try screen.wait(for: "gone").contains("config.toml\n800016\ngone"))
  }

  @Test(
    "Where no frame can be put together, it says so and how to mend it, instead of showing nothing",
    .disabled(if: Sanitizer.isThere, Sanitizer.needsLimits))
  func noRoomForFrames() throws {
    let screen = try Screen(120, 30, Self.noting("bash -c 'ulimit -f 0; exec $gantui toy --run-dir here'"))
    try screen.wait(for: "there is no room for frames")
    #expect(try screen.wait(for: "the end").contains("ulimit -f"))
    try expectRestored(screen, status: 69)
    #expect(!screen.folder.names.contains("here"), "no session, no folder")
  }

  @Test("It follows the size of its window, down to a few cells and back")
  func resizing() throws {
    let screen = try Screen(120, 40, Self.noting("$gantui toy"))
    try screen.wait(for: "toy: status")
    try screen.resize(40, 12)
    try screen.wait(for: "tabs") { $0.contains("samples losses divergence status") }
    try screen.resize(10, 3)
    try screen.wait(for: "three lines") {
      $0.split(separator: "\n").allSatisfy { $0.count <= 10 } && $0.contains("D(x)")
    }
    try screen.resize(80, 24)
    try screen.wait(for: "toy: losses")
    try screen.press("q")
    try screen.wait(for: "status 0")
  }

  @Test("A theme file's warning stands on the screen, and the run goes on")
  func warning() throws {
    let theme = #"name = "own"\nflavour = 1\n[ui]\ntext = 7\naccent = 6\n[series]\nd = 4\ng = 3\n"#
    let screen = try Screen(100, 30, "printf '\(theme)' > own.toml\n" + Self.noting("$gantui toy --theme ./own.toml"))
    try screen.wait(for: "./own.toml:2: flavour")
    try screen.wait(for: "RUNNING")
    try screen.press("q")
    try screen.wait(for: "status 0")
  }

  @Test("Two hundred new sizes in a row leave it alive and drawn for the last one")
  func resizeStorm() throws {
    let screen = try Screen(120, 40, Self.noting("$gantui toy"))
    try screen.wait(for: "RUNNING")
    try screen.resize(through: (0..<200).map { (1 + $0 * 37 % 200, 1 + $0 * 11 % 60) } + [(120, 40)])
    try screen.wait(for: "a full screen") { text in
      let lines = text.split(separator: "\n")
      return lines.count == 40 && lines[1].unicodeScalars.count == 120 && text.contains("toy: status")
    }
    try screen.press("q")
    try expectRestored(screen, status: 0)
  }

  // MARK: What is pressed

  @Test("A megabyte of pasted text, in brackets or not, neither ends it nor resets it", arguments: [true, false])
  func pasting(inBrackets: Bool) throws {
    let screen = try Screen(80, 24, Self.noting("$gantui toy"))
    try screen.wait(for: "RUNNING")
    try screen.paste(String(repeating: "qry Sa lot of text to paste\n", count: 40_000), inBrackets: inBrackets)
    // A key that does the same however often it is pressed, until it gets through.
    try screen.wait(for: "an answer to a key") { text in
      try screen.press("y")
      return text.contains("are copied")
    }
    try screen.press("L")
    try screen.wait(for: "the log, of a run without a reset or a pause") { text in
      text.contains("log (L closes)") && text.split(separator: "\n").filter { $0.contains(" toy: running") }.count == 1
        && !text.contains("paused")
    }
    try screen.press("q")
    try expectRestored(screen, status: 0)
  }

  @Test("The mouse is only taken on request; then a click focuses and the next one zooms")
  func mouse() throws {
    let screen = try Screen(80, 24, Self.noting("$gantui toy"))
    try screen.wait(for: "RUNNING")
    #expect(try screen.variable("mouse_standard_flag") == "0")
    try screen.press("m")
    try screen.wait(for: "mouse: a click focuses")
    #expect(try screen.variable("mouse_standard_flag") == "1" && screen.variable("mouse_all_flag") == "0")
    for _ in 0..<2 { try screen.type("\u{1B}[<0;75;20M\u{1B}[<0;75;20m") }
    try screen.wait(for: "the status alone") { !$0.contains("toy: losses") && $0.contains("toy: status") }
    try screen.press("q")
    try expectRestored(screen, status: 0)
    #expect(try screen.variable("mouse_standard_flag") == "0")
  }

  @Test("y puts the figures on the clipboard")
  func copying() throws {
    let screen = try Screen(80, 24, Self.noting("$gantui toy"))
    try screen.wait(for: "RUNNING") { (step(on: $0) ?? 0) > 0 }
    try screen.press("y")
    try screen.wait(for: "are copied")
    #expect(try screen.clipboard().hasPrefix("experiment\ttoy\nstep\t"))
    try screen.press("q")
    try screen.wait(for: "status 0")
  }

  @Test("Keys pause, step by halves, resume, change the theme, help and ask, and q leaves")
  func keys() throws {
    let screen = try Screen(120, 40, Self.noting("$gantui toy"))
    try screen.wait(for: "RUNNING") { $0.contains("RUNNING") && (step(on: $0) ?? 0) > 0 }
    try screen.press("Space")
    let paused = try #require(try step(on: screen.wait(for: Self.atRest)))
    try screen.press("s")
    #expect(try step(on: screen.wait(for: "D's half of the step is done, G's is next")) == paused)
    try screen.press("s")
    #expect(try step(on: screen.wait(for: "G's half of the step is done, D's is next")) == paused + 1)

    try screen.press("t")
    try screen.wait(for: "midnight")
    try screen.press("T")
    try screen.wait(for: "okabe-ito")
    try screen.press("?")
    try screen.wait(for: "pause or resume all experiments")
    try screen.press("Escape")
    try screen.wait(for: "no help") { !$0.contains("pause or resume all experiments") && $0.contains("toy: losses") }
    try screen.press("r")
    try screen.wait(for: "Reset toy to step 0?")
    try screen.press("n")
    try screen.wait(for: "no question") { !$0.contains("Reset toy") }

    try screen.press("Space")
    try screen.wait(for: "more steps") { $0.contains("RUNNING") && (step(on: $0) ?? 0) > paused + 1 }
    try screen.press("q")
    try expectRestored(screen, status: 0)
  }

  @Test("After q two lines say how the run is called, and how to see it again and resume it")
  func farewell() throws {
    let screen = try Screen(120, 40, "$gantui toy --steps 50; echo \"status $?\"")
    try screen.wait(for: "FINISHED") { $0.contains("FINISHED") && step(on: $0) == 50 }
    try screen.press("q")
    let text = try screen.wait(for: "status 0")
    let run = try #require(Folder.names(in: "\(screen.folder.path)/state/gantui/runs").first)
    #expect(
      text.contains("This was \(run).\ngantui replay \(run) shows it again, gantui --resume \(run) resumes it.\n"))
  }

  @Test("With --plain, --steps ends it by itself")
  func plainSteps() throws {
    let outcome = try Program.run("toy", "ring", "--plain", "--steps", "20")
    #expect(outcome.status == 0)
    for name in ["toy", "ring"] { #expect(outcome.output.contains("\(name): finished, step 20")) }
  }

  @Test("S writes what a screen without colours shows, and a second time beside the first")
  func screenshots() throws {
    let screen = try Screen(80, 24, Self.noting("$gantui toy --color never"))
    try screen.wait(for: "RUNNING") { (step(on: $0) ?? 0) > 0 }
    try screen.press("Space")
    let paused = try #require(try step(on: screen.wait(for: Self.atRest)))
    let name = "gantui-toy-\(paused)"
    try screen.press("S")
    let text = try screen.wait(for: "screenshot: \(name).txt")
    try screen.press("S")
    try screen.wait(for: "screenshot: \(name)-2.txt")
    // The foot of the screen tells of the file, which the file could not know of.
    func body(_ text: String) -> [Substring] {
      text.split(separator: "\n", omittingEmptySubsequences: false).prefix(23) + []
    }
    #expect(body(screen.folder.text("\(name).txt")) == body(text))
    #expect(screen.folder.names.contains("\(name)-2.txt"))
    try screen.press("q")
    try screen.wait(for: "status 0")
  }

  @Test("What a library prints stands in the log and not among the panels, and is shown again at the end")
  func log() throws {
    let screen = try Screen(80, 24, Self.noting("$gantui toy"))
    try screen.wait(for: "RUNNING")
    let errors = open("/proc/\(try screen.process())/fd/2", O_WRONLY | O_APPEND)
    let text = Array("\u{1B}[2Ja word from below\n".utf8)
    #expect(write(errors, text, text.count) == text.count)
    close(errors)
    try screen.wait(for: "printed: a word from below (L: log)") {
      $0.contains("printed: a word") && $0.contains("toy:")
    }
    try screen.press("L")
    try screen.wait(for: "the log") { $0.contains("log (L closes)") && $0.contains("toy: running, step") }
    try screen.press("q")
    try expectRestored(screen, status: 0)
    #expect(try screen.text().contains("a word from below"))
  }

  @Test("Ctrl-Z and SIGTSTP give the terminal to the shell, and fg takes it again", arguments: [true, false])
  func suspending(byKey: Bool) throws {
    let screen = try Screen(
      80, 24,
      """
      set -m
      stty -a > before
      (echo $BASHPID > pid; exec $gantui toy)
      echo "stopped $?"
      stty -a > after
      echo "the end"
      read
      fg
      echo "status $?"
      """)
    try screen.wait(for: "RUNNING")
    if byKey { try screen.press("C-z") } else { kill(try screen.process(), SIGTSTP) }
    try screen.wait(for: "stopped 148")
    try screen.wait(for: "the end")
    #expect(screen.folder.text("before") == screen.folder.text("after"))
    #expect(try screen.variable("alternate_on") == "0")
    try screen.press("Enter")
    try screen.wait(for: "toy: losses") { $0.contains("toy: losses") && $0.contains("RUNNING") }
    #expect(try screen.variable("alternate_on") == "1")
    try screen.press("q")
    try screen.wait(for: "status 0")
  }

  // MARK: How it ends

  @Test(
    "However it is ended, the terminal is as it was, and the status says what happened",
    arguments: [
      (SIGTERM, nil), (SIGHUP, nil), (SIGINT, nil), (SIGQUIT, nil), (SIGILL, "Illegal instruction"),
      (SIGSEGV, "Segmentation"), (SIGABRT, "Aborted"), (SIGBUS, "Bus error"), (SIGFPE, "Floating point"),
      (SIGTRAP, "Trace"), (SIGXCPU, "CPU time limit"), (SIGUSR1, "User defined"), (SIGPIPE, nil),
    ])
  func signals(signal: Int32, message: String?) throws {
    let screen = try Screen(80, 24, Self.noting("$gantui toy"))
    try screen.wait(for: "RUNNING")
    kill(try screen.process(), signal)
    try expectRestored(screen, status: Int(128 + signal))
    let text = try screen.text()
    if let message { #expect(text.contains(message), "\(text)") }
  }

  @Test("When nothing could be run, it says why once more after q, with the status that scripts know")
  func nothingRan() throws {
    let screen = try Screen(
      100, 30, Self.noting("env GANTUI_DATA= XDG_DATA_HOME=/nonexistent HOME=/nonexistent $gantui gan/paper-mnist"))
    try screen.wait(for: "FAILED")
    try screen.press("q")
    try expectRestored(screen, status: 66)
    #expect(try screen.text().contains("Error: this experiment trains on MNIST"))
  }

  @Test("When its window is closed, it does not stay behind")
  func windowClosed() throws {
    let screen = try Screen(80, 24, Self.noting("$gantui toy"))
    try screen.wait(for: "RUNNING")
    let process = try screen.process()
    screen.close()
    try screen.waitForEnd(of: process)
  }

  @Test("When the shell that holds the terminal is killed, it does not stay behind")
  func shellKilled() throws {
    let screen = try Screen(80, 24, "echo $BASHPID > shell\n" + Self.noting("$gantui toy"))
    try screen.wait(for: "RUNNING")
    let process = try screen.process()
    kill(try screen.process(namedIn: "shell"), SIGKILL)
    try screen.waitForEnd(of: process)
  }

  @Test("When its parent is killed and somebody else goes on with the terminal, it leaves that alone and ends")
  func parentKilled() throws {
    let screen = try Screen(
      80, 24,
      """
      set -m
      bash -c 'echo $BASHPID > parent; (echo $BASHPID > pid; exec $gantui toy); true'
      """)
    try screen.wait(for: "RUNNING")
    let process = try screen.process()
    kill(try screen.process(namedIn: "parent"), SIGKILL)
    try screen.waitForEnd(of: process)
    try screen.wait(for: "a screen without panels") { !$0.contains("RUNNING") }
    #expect(try screen.variable("alternate_on") == "0")
  }

  // MARK: Where it runs

  @Test("In a locale without UTF-8 it draws with ASCII")
  func plainLocale() throws {
    let screen = try Screen(80, 24, Self.noting("env LC_ALL=C $gantui toy"))
    let text = try screen.wait(for: "toy: status") { $0.contains("toy: status") && $0.contains("RUNNING") }
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
    try screen.press("q")
    try screen.wait(for: "status 0")
  }

  @Test(
    "It runs where the terminal database does not know the terminal, or its name is not given",
    arguments: ["TERM=xterm-kitty", "--unset=TERM"])
  func unknownTerminal(setting: String) throws {
    let screen = try Screen(80, 24, Self.noting("env \(setting) $gantui toy"))
    try screen.wait(for: "toy: status") { $0.contains("toy: status") && $0.contains("RUNNING") }
    try screen.press("q")
    try expectRestored(screen, status: 0)
  }

  @Test("With --plain it only ever adds lines, and typed keys steer it", arguments: ["xterm-256color", "dumb"])
  func plain(terminal: String) throws {
    let screen = try Screen(100, 30, Self.noting("env TERM=\(terminal) $gantui toy --plain"))
    try screen.wait(for: "toy: running")
    #expect(try screen.variable("alternate_on") == "0")
    try screen.press("Space", "Enter")
    try screen.wait(for: "toy: paused, step")
    try screen.press("Space", "Enter", "q", "Enter")
    try screen.wait(for: "toy: stopped, step")
    try expectRestored(screen, status: 0)
  }

  @Test("It does not draw on a terminal that cannot move its cursor, and says what to do instead")
  func dumbTerminal() throws {
    let screen = try Screen(80, 24, Self.noting("env TERM=dumb $gantui toy"))
    try expectRestored(screen, status: 69)
    let text = try screen.text()
    #expect(text.contains("TERM=dumb") && text.contains("gantui train"))
  }
}
