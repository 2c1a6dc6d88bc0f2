import Dashboard
import Glibc
import TerminalUI
import Testing
import Training

private struct FailingFolder: FileCreating {
  func create(_ name: String, ending: String) throws(FileError) -> any Appending {
    throw FileError(path: "\(name).\(ending)", reason: "Permission denied")
  }
}

/// Keeps what it is given.
private final class Album: FileCreating {
  final class Page: Appending {
    let path: String
    var text = ""
    /// Whether the disk is full.
    var isFull = false

    init(path: String) { self.path = path }

    func append(_ text: String) throws(FileError) {
      guard !isFull else { throw FileError(path: path, reason: "No space left on device") }
      self.text += text
    }
  }

  var pages: [Page] = []

  func create(_ name: String, ending: String) throws(FileError) -> any Appending {
    pages.append(Page(path: "\(name).\(ending)"))
    return pages[pages.count - 1]
  }
}

@Suite("The loop")
struct LoopTests {
  private func dashboard(
    _ terminal: ScriptedTerminal, _ trainer: FakeTrainer, files: any FileCreating = FailingFolder()
  ) -> Dashboard<State> {
    Dashboard(
      experiments: [trainer.experiment], device: terminal, themes: [.standard], files: files, now: { terminal.time })
  }

  @Test("The first frame is there before anything else happens")
  func first() {
    let terminal = ScriptedTerminal([])
    var dashboard = dashboard(terminal, FakeTrainer())
    #expect(dashboard.run() == .hungUp)
    #expect(terminal.frames.count == 1)
    #expect(terminal.frames[0].text.contains("PREPARING"))
  }

  @Test("While nothing changes nothing is drawn, and the loop sleeps without a deadline")
  func idle() {
    let terminal = ScriptedTerminal([[.wake], [.wake], []])
    var dashboard = dashboard(terminal, FakeTrainer())
    _ = dashboard.run()
    #expect(terminal.frames.count == 1)
    #expect(terminal.deadlines == [nil, nil, nil, nil])
  }

  @Test(
    "A notice takes the place of the hints for three seconds, one of a failure for ten; then nothing is due any more")
  func noticesEnd() throws {
    for (key, seconds) in [("s", 3), ("S", 10)] {
      let terminal = ScriptedTerminal([
        [.key(.character(key == "s" ? "s" : "S"))], [.timeout], [.timeout], [.timeout], [],
      ])
      terminal.size = Size(width: 200, height: 24)
      let trainer = FakeTrainer()
      trainer.publish(Fixtures.toy())
      let start = terminal.time
      var dashboard = dashboard(terminal, trainer)
      _ = dashboard.run()
      let footers = terminal.frames.map { $0.lines.last ?? "" }
      let words = key == "s" ? "half steps are for" : "no screenshot"
      #expect(footers.contains { $0.contains(words) })
      #expect(footers.last?.contains("? help") == true && footers.last?.contains(words) == false)
      #expect(try #require(terminal.deadlines.compactMap(\.self).last) - start >= .seconds(seconds))
      #expect(terminal.deadlines.compactMap(\.self).contains(start + .seconds(seconds)))
      #expect(terminal.deadlines.last == .some(nil), "at rest again")
    }
  }

  @Test("A theme on the terminal's own background is painted until that is known to suit it")
  func ground() throws {
    let terminal = ScriptedTerminal([[.ground(.light)], [.timeout], []])
    terminal.capabilities = Capabilities(colours: .trueColour, glyphs: .braille)
    terminal.capabilities.ground = .unknown
    terminal.meanwhile[1] = { terminal.capabilities.ground = .light }
    var dashboard = Dashboard(
      experiments: [FakeTrainer().experiment], device: terminal,
      themes: [try #require(Theme.bundled(named: "daylight"))],
      files: FailingFolder(), now: { terminal.time })
    _ = dashboard.run()
    let backgrounds = try [#require(terminal.frames.first), #require(terminal.frames.last)].map {
      $0[x: 0, y: 0].style.background
    }
    #expect(backgrounds == [.rgb(red: 255, green: 255, blue: 255), .terminal])
  }

  @Test("Snapshots that come faster than 30 a second are drawn 30 times a second")
  func rate() throws {
    let trainer = FakeTrainer()
    let terminal = ScriptedTerminal([[.wake], [.wake], [.wake], [.timeout], []])
    for round in 1...3 {
      terminal.meanwhile[round] = {
        var snapshot = Fixtures.toy()
        snapshot.step = round
        trainer.publish(snapshot)
      }
    }
    let start = terminal.time
    var dashboard = dashboard(terminal, trainer)
    _ = dashboard.run()
    #expect(terminal.frames.count == 2)
    #expect(terminal.frames[1].text.contains("step 3"))
    #expect(try #require(terminal.deadlines[1]) - start == .milliseconds(33))
    #expect(terminal.deadlines[4] == nil, "at rest again")
  }

  @Test("Over a network there are ten frames a second, but a key is answered as soon as anywhere")
  func network() throws {
    let trainer = FakeTrainer()
    let terminal = ScriptedTerminal([[.wake], [.timeout], [.key(.character("?"))], []])
    terminal.capabilities.isRemote = true
    terminal.meanwhile[1] = { trainer.publish(Fixtures.toy()) }
    terminal.meanwhile[3] = { trainer.publish(Fixtures.toy()) }
    let start = terminal.time
    var dashboard = dashboard(terminal, trainer)
    _ = dashboard.run()
    #expect(try #require(terminal.deadlines[1]) - start == .milliseconds(100))
    #expect(try #require(terminal.deadlines[3]) - start == .milliseconds(108))
  }

  @Test("A key is answered at once, and keys that come faster than frames 30 times a second")
  func answers() throws {
    let trainer = FakeTrainer()
    let key = Event.key(.character("?"))
    let terminal = ScriptedTerminal([[.wake], [.timeout], [key], [.timeout], [key], []])
    terminal.meanwhile[1] = { trainer.publish(Fixtures.toy()) }
    let start = terminal.time
    var dashboard = dashboard(terminal, trainer)
    _ = dashboard.run()
    #expect(try #require(terminal.deadlines[3]) - start == .milliseconds(33 + 8))
    #expect(try #require(terminal.deadlines[5]) - start == .milliseconds(33 + 8 + 33))
  }

  @Test("A frame that was interrupted is sent again, though nothing has changed")
  func interrupted() {
    let terminal = ScriptedTerminal([[.wake], [.timeout], []])
    terminal.interrupted = [1]
    var dashboard = dashboard(terminal, FakeTrainer())
    _ = dashboard.run()
    #expect(terminal.frames.count == 2)
    #expect(terminal.frames.first == terminal.frames.last)
    #expect(terminal.deadlines.last == .some(nil), "at rest again")
  }

  @Test("Keys reach the trainer, and Ctrl-L and Ctrl-Z the terminal")
  func keys() {
    let trainer = FakeTrainer()
    let terminal = ScriptedTerminal([
      [.key(.character(" "))], [.key(.control("l"))], [.timeout], [.key(.control("z"))], [.timeout],
    ])
    var dashboard = dashboard(terminal, trainer)
    _ = dashboard.run()
    #expect(trainer.commands.withLock(\.self) == [.pause, .stop])
    #expect(terminal.log == ["invalidate", "suspend", "invalidate"])
    #expect(terminal.frames.count == 3, "repainted although nothing had changed")
  }

  @Test("y copies the figures, m is for the mouse, and F12 shows what frames cost")
  func extras() {
    let terminal = ScriptedTerminal([
      [.key(.character("y"))], [.key(.character("m"))], [.key(.function(12))], [.timeout], [.key(.left)], [.timeout],
    ])
    terminal.size = Size(width: 120, height: 40)
    let trainer = FakeTrainer()
    trainer.publish(Fixtures.toy())
    var dashboard = dashboard(terminal, trainer)
    _ = dashboard.run()
    #expect(terminal.log.first?.hasPrefix("copy experiment\ttoy\nstep\t0\n") == true)
    #expect(terminal.hearsMouse)
    #expect(terminal.frames.last?.lines.last?.contains("last frame 1 B, update ") == true)
  }

  @Test("A size that was another one for a moment is drawn for anew")
  func brieflyResized() {
    let terminal = ScriptedTerminal([[.resize(Size(width: 80, height: 24))], [.timeout]])
    var dashboard = dashboard(terminal, FakeTrainer())
    _ = dashboard.run()
    #expect(terminal.frames.count == 2)
  }

  @Test("A new size is drawn in full")
  func resize() {
    let terminal = ScriptedTerminal([[.resize(Size(width: 30, height: 10))], [.timeout]])
    var dashboard = dashboard(terminal, FakeTrainer())
    _ = dashboard.run()
    #expect(terminal.frames.last?.size == Size(width: 30, height: 10))
  }

  @Test("q waits for the trainer to stop, but not for ever")
  func quit() {
    let trainer = FakeTrainer()
    let patient = ScriptedTerminal([[.key(.character("q"))], [.timeout], [.wake]])
    patient.meanwhile[3] = { trainer.publish(Fixtures.toy(phase: .stopped)) }
    var dashboard = dashboard(patient, trainer)
    #expect(dashboard.run() == .quit)
    #expect(trainer.commands.withLock(\.self) == [.stop])

    let deaf = ScriptedTerminal([[.key(.character("q"))], [.timeout], [.timeout], [.timeout]])
    var other = self.dashboard(deaf, FakeTrainer())
    #expect(other.run() == .quit)
    #expect(deaf.frames.last?.text.contains("STOPPING") == true)
  }

  @Test("A signal ends the loop with its number")
  func signal() {
    var dashboard = dashboard(ScriptedTerminal([[.terminate(signal: 15)]]), FakeTrainer())
    #expect(dashboard.run() == .terminated(signal: 15))
  }

  @Test("A screenshot that cannot be written says why at the foot of the screen")
  func failedScreenshot() {
    let terminal = ScriptedTerminal([[.key(.character("S"))], [.timeout]])
    terminal.size = Size(width: 120, height: 40)
    var dashboard = dashboard(terminal, FakeTrainer())
    _ = dashboard.run()
    #expect(
      terminal.frames.last?.lines.last
        == " no screenshot: gantui-toy-0.txt cannot be written: Permission denied; start gantui in a folder you may write to"
    )
  }

  @Test("A screenshot is what is on the screen, and its name is said")
  func screenshot() {
    let album = Album()
    let terminal = ScriptedTerminal([[.key(.character("z"))], [.key(.character("S"))], [.timeout]])
    var dashboard = dashboard(terminal, FakeTrainer(), files: album)
    _ = dashboard.run()
    #expect(album.pages.map(\.path) == ["gantui-toy-0.txt"])
    #expect(album.pages[0].text.contains("unzoom"))
    #expect(terminal.frames.last?.lines.last == " screenshot: gantui-toy-0.txt")
  }

  @Test("R records every frame with its time until R is pressed again, and the screen says REC meanwhile")
  func recording() {
    let album = Album()
    let terminal = ScriptedTerminal(
      [.character("R"), .character("?"), .escape, .character("R")].flatMap { [[.key($0)], [.timeout]] })
    var dashboard = dashboard(terminal, FakeTrainer(), files: album)
    _ = dashboard.run()
    #expect(album.pages.map(\.path) == ["gantui-toy-0.cast"])
    let lines = album.pages[0].text.split(separator: "\n")
    #expect(lines[0] == "{\"version\":2,\"width\":80,\"height\":24,\"title\":\"gantui: toy\"}")
    #expect(lines.count == 5, "header, three frames, end")
    let times = lines.dropFirst().compactMap { Double($0.dropFirst().prefix { $0 != "," }) }
    #expect(times.count == 4 && times[0] > 0 && zip(times[0...1], times[1...2]).allSatisfy(<), "\(times)")
    #expect(terminal.frames.map { $0.lines[0].contains("REC") } == [false, true, true, true, false])
    #expect(terminal.frames.last?.lines.last == " recorded: gantui-toy-0.cast")
  }

  @Test("A recording is ended by whatever ends the program, and by a full disk, which is said")
  func endOfRecording() {
    let album = Album()
    let leaving = ScriptedTerminal([[.key(.character("R"))], [.timeout], [.terminate(signal: 15)]])
    var first = dashboard(leaving, FakeTrainer(), files: album)
    _ = first.run()
    #expect(album.pages[0].text.hasSuffix("?25h\"]\n"))
    let terminal = ScriptedTerminal([
      [.key(.character("R"))], [.timeout], [.key(.character("z"))], [.timeout], [.timeout],
    ])
    terminal.size = Size(width: 140, height: 40)
    terminal.meanwhile[3] = { album.pages[1].isFull = true }
    var second = dashboard(terminal, FakeTrainer(), files: album)
    _ = second.run()
    #expect(terminal.frames.last?.lines[0].contains("REC") == false)
    #expect(terminal.frames.last?.text.contains("the recording has ended: gantui-toy-0.cast") == true)
  }

  @Test("A theme's file is read again when it has changed, and by Ctrl-R; what is wrong in it is said")
  func reloading() throws {
    var template = Array("/tmp/gantui-theme-XXXXXX".utf8CString)
    let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
    let path = "\(folder)/own.toml"
    defer {
      unlink(path)
      rmdir(folder)
    }
    func save(_ colour: String) {
      guard let file = fopen(path, "w") else { return }
      fputs("[ui]\ntext = \"\(colour)\"\naccent = 33\n[series]\nd = 33\ng = 208\n", file)
      fclose(file)
    }
    save("#010203")
    let terminal = ScriptedTerminal(
      [[.timeout], [.timeout], [.timeout], [.timeout], [.timeout], [.key(.control("r"))], [.timeout]])
    terminal.size = Size(width: 140, height: 40)
    terminal.capabilities = Capabilities(colours: .trueColour, glyphs: .braille)
    terminal.meanwhile[2] = { save("#0a0b0c0d") }
    terminal.meanwhile[5] = { save("#040506") }
    let selection = try ThemeSelection(path)
    var dashboard = Dashboard(
      experiments: [FakeTrainer().experiment], device: terminal, themes: selection.themes, themeFile: selection.file,
      now: { terminal.time })
    _ = dashboard.run()
    func has(_ frame: Frame?, _ colour: Colour) -> Bool {
      frame?.cells.contains { $0.style.foreground == colour } ?? false
    }
    #expect(has(terminal.frames.first, .rgb(red: 1, green: 2, blue: 3)))
    #expect(terminal.frames.contains { $0.text.contains("own.toml:2: ui.text: expected a colour") })
    #expect(has(terminal.frames.last, .rgb(red: 4, green: 5, blue: 6)))
    #expect(terminal.frames.last?.lines.last == " theme: own, read again")
  }

  @Test("Screenshots are never written over one another")
  func screenshots() throws {
    var template = Array("/tmp/gantui-screenshots-XXXXXX".utf8CString)
    let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
    let files = FileFolder(path: folder)
    let paths = try ["one\n", "two\n", "three\n"].map { text in
      let file = try files.create(Fixtures.toy().screenshotName, ending: "txt")
      try file.append(text)
      return file.path
    }
    #expect(paths == ["", "-2", "-3"].map { "\(folder)/gantui-toy-12340\($0).txt" })
    let file = try #require(fopen(paths[0], "r"))
    var bytes = [UInt8](repeating: 0, count: 16)
    #expect(fread(&bytes, 1, 16, file) == 4)
    #expect(bytes.prefix(4).elementsEqual("one\n".utf8))
    fclose(file)
    for path in paths { unlink(path) }
    rmdir(folder)
    let error = #expect(throws: FileError.self) { _ = try files.create("a", ending: "txt") }
    #expect(error?.description.contains("No such file or directory") == true)
  }

  @Test("A name from a paper's folder is a file name")
  func names() {
    var snapshot = Fixtures.toy()
    snapshot.experiment.name = "gan/paper-mnist"
    #expect(snapshot.screenshotName == "gantui-gan-paper-mnist-12340")
  }
}
