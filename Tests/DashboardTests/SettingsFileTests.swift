// The file of settings: what is written into it, when, and what is read again.

import Dashboard
import Glibc
import TerminalUI
import Testing
import Training

/// A folder that stands for ~/.config, gone with the test.
private final class Home {
  let path: String
  private let gantui: String
  var config: String { gantui + "/config.toml" }

  init(_ text: String? = nil) {
    var template = Array("/tmp/gantui-home-XXXXXX".utf8CString)
    path = mkdtemp(&template).map { String(cString: $0) } ?? ""
    gantui = path + "/gantui"
    if let text { save(text) }
  }

  deinit {
    for name in names { unlink("\(gantui)/\(name)") }
    rmdir(gantui)
    rmdir(path)
  }

  var file: SettingsFile { SettingsFile { [path] in $0 == "XDG_CONFIG_HOME" ? path : nil } }

  func save(_ text: String) {
    mkdir(gantui, 0o755)
    guard let file = fopen(config, "w") else { return }
    fputs(text, file)
    fclose(file)
  }

  /// `nil` if there is no file.
  var text: String? {
    guard let file = fopen(config, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  var names: [String] {
    guard let folder = opendir(gantui) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }
}

@Suite("The file of settings")
struct SettingsFileTests {
  private func settings(_ text: String) throws -> Settings { try Settings.read(text, file: "c").settings }

  @Test("Only what differs is written, in its place; the rest of the file is the person's")
  func written() throws {
    let home = Home("# mine\nhue = 3\ntheme = \"paper\"  # at noon\nsmoothing = 10\n\n[keys]\nquit = \"Q\"\n")
    chmod(home.config, 0o640)
    var file = home.file
    let session = try settings("theme = \"ember\"\nsmoothing = 10\nscale = \"log\"\nlayout = \"all\"\n")
    #expect(try file.write(session) == [.theme, .scale])
    #expect(
      home.text
        == "# mine\nhue = 3\ntheme = \"ember\"  # at noon\nsmoothing = 10\nscale = \"log\"\n\n[keys]\nquit = \"Q\"\n")
    #expect(home.names == ["config.toml"], "no other file stays")
    var information = stat()
    stat(home.config, &information)
    #expect(information.st_mode & 0o777 == 0o640)
    #expect(try file.write(session) == [], "nothing differs any more")
    #expect(file.settings.text(.theme) == "ember", "what was written holds")
  }

  @Test("Where there is none a file is made, with the folder that it needs")
  func made() throws {
    let home = Home()
    var file = home.file
    #expect(try file.write(try settings("theme = \"okabe-ito\"\nmouse = false\n")) == [], "all as usual")
    #expect(home.text == nil)
    #expect(try file.write(try settings("pace = 0.5\nhide = [\"status\"]\n")) == [.hide, .pace])
    #expect(home.text == "hide = [\"status\"]\npace = 0.5\n")
  }

  @Test("A link stays a link, and what it leads to is written")
  func link() throws {
    let home = Home("")
    rename(home.config, home.config + ".real")
    symlink("config.toml.real", home.config)
    var file = home.file
    _ = try file.write(try settings("mouse = true"))
    var information = stat()
    lstat(home.config, &information)
    #expect(information.st_mode & S_IFMT == S_IFLNK && home.text == "mouse = true\n")
  }

  @Test("A file that is broken, or cannot be written, is said, and stays as it is")
  func unwritable() throws {
    let home = Home("theme = \n")
    var broken = home.file
    #expect(throws: SettingsError.self) { try broken.write(try settings("mouse = true")) }
    #expect(home.text == "theme = \n")
    var nowhere = SettingsFile()
    #expect(throws: SettingsError.noPlace) { try nowhere.write(Settings()) }
    var blocked = SettingsFile { $0 == "XDG_CONFIG_HOME" ? "/dev/null" : nil }
    let error = #expect(throws: SettingsError.self) { try blocked.write(try settings("mouse = true")) }
    #expect(
      error?.description == "/dev/null/gantui/config.toml cannot be written: Not a directory; it is as it was")
  }

  @Test("Of a file that is meant for another program, the first slips are named and the others counted")
  func strangers() {
    let home = Home((0..<5_000).map { "key\($0) = \($0)\n" }.joined() + "seed = 5\n")
    var file = home.file
    let problems = file.read()
    #expect(problems.count == 21 && problems.last?.message == "and 4980 more like these")
    #expect(problems.first?.line == 1 && file.settings.number(.seed) == 5)
  }

  @Test("A file that is broken when it is read again leaves the settings as they were")
  func brokenLater() {
    let home = Home("seed = 5")
    var file = home.file
    #expect(file.read() == [] && file.settings.number(.seed) == 5)
    home.save("seed = 6\ntheme =")
    #expect(file.read().map(\.line) == [2] && file.settings.number(.seed) == 5)
    unlink(home.config)
    #expect(file.read() == [] && file.settings.number(.seed) == nil)
  }

  // MARK: In the loop

  private func dashboard(_ terminal: ScriptedTerminal, _ home: Home) -> Dashboard<State> {
    var file = home.file
    _ = file.read()
    terminal.size = Size(width: 160, height: 40)
    terminal.capabilities = Capabilities(colours: .indexed256, glyphs: .braille)
    let trainer = FakeTrainer()
    var snapshot = Snapshot(experiment: Fixtures.toySummary)
    snapshot.isAutomatic = true
    trainer.publish(snapshot)
    return Dashboard(
      experiments: [trainer.experiment], device: terminal, themes: ThemeSelection.bundled, settings: file,
      now: { terminal.time })
  }

  @Test("W asks, naming the file; y writes what the keys have made of the view, and that is said")
  func asked() throws {
    let home = Home("# mine\n")
    let terminal = ScriptedTerminal(
      ["t", "e", "]", "x", "p", "p", "W", "y"].flatMap { [[.key(.character($0))], [.timeout]] })
    var dashboard = dashboard(terminal, home)
    _ = dashboard.run()
    let question = terminal.frames.dropLast().last?.text ?? ""
    #expect(question.contains("Write what has changed to \(home.config)?"), "\(question)")
    #expect(
      home.text == "# mine\ntheme = \"midnight\"\nlayout = \"losses\"\nsmoothing = 10\nscale = \"log\"\n")
    #expect(
      terminal.frames.last?.lines.last == " settings: theme, layout, smoothing, scale written to \(home.config)")
  }

  @Test(
    "Nothing is written without a yes, whatever else is pressed", arguments: ["n", "W", "q", " "] as [Unicode.Scalar])
  func refused(key: Unicode.Scalar) {
    let home = Home()
    let terminal = ScriptedTerminal(["t", "e", "W", key].map { [.key(.character($0))] })
    var dashboard = dashboard(terminal, home)
    _ = dashboard.run()
    #expect(home.text == nil && home.names == [])
  }

  @Test("A full disk or a place that is none is said on the screen")
  func failed() {
    let terminal = ScriptedTerminal([[.key(.character("W"))], [.timeout]])
    terminal.size = Size(width: 120, height: 30)
    var dashboard = Dashboard(
      experiments: [FakeTrainer().experiment], device: terminal, themes: [.standard], now: { terminal.time })
    _ = dashboard.run()
    #expect(terminal.frames.last?.lines.last?.hasPrefix(" there is no place for settings: set HOME or XDG_") == true)
  }

  @Test("Ctrl-R puts in force what has changed in the file, and says what is wrong in it")
  func reloaded() {
    let home = Home("smoothing = 10\n[keys]\nzoom = \"v\"\n")
    let again = [Event.key(.control("r"))]
    let terminal = ScriptedTerminal([
      again, [.timeout], again, [.timeout], again, [.timeout], [.key(.character("L"))], [.timeout],
    ])
    terminal.meanwhile[1] = { home.save("smoothing = 100\ntheme = \"paper\"\nseed = 3\n[keys]\nzoom = \"V\"\n") }
    terminal.meanwhile[3] = { home.save("smoothing = 11\ntheme = \"paper\"\nseed = 3\n[keys]\nzum = \"V\"\n") }
    var dashboard = dashboard(terminal, home)
    _ = dashboard.run()
    #expect(terminal.frames.first?.text.contains("v zoom") == true)
    #expect(terminal.frames.first?.text.contains("smoothed 10") == true)
    let second = terminal.frames[1]
    #expect(second.lines.last == " settings: theme, smoothing, seed, keys read again; at the next start: seed")
    #expect(second.text.contains("smoothed 100") && second.lines[0].contains("paper"))
    let third = terminal.frames[2]
    #expect(
      third.lines.last
        == " \(home.config):5: keys.zum: unknown action, skipped; “gantui --default-config” lists all of them")
    let log = terminal.frames.last?.text ?? ""
    #expect(log.contains("config.toml:1: smoothing: expected one of 0, 10, 100, 1000, 10000; skipped"))
    #expect(log.contains("settings: smoothing, keys read again"))
  }

  @Test("A flag holds, whatever the file says when it is read again")
  func flags() throws {
    let home = Home("pace = 3\n")
    var flags = Settings()
    flags.say(.steady(7))
    var file = SettingsFile(flags: flags) { [path = home.path] in $0 == "XDG_CONFIG_HOME" ? path : nil }
    _ = file.read()
    #expect(file.settings.pace == .steady(7))
    home.save("pace = 4\nseed = 2\n")
    _ = file.read()
    #expect(file.settings.pace == .steady(7) && file.settings.number(.seed) == 2)
  }
}
