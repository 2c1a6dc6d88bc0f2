// The commands that print or write something and are done, and what they say to mistakes.

import Glibc
import TestSupport
import Testing

@Suite("Commands")
struct CommandTests {
  @Test("--version says which it is")
  func version() throws {
    for arguments in [["--version"], ["run", "--version"], ["train", "--version"]] {
      let outcome = try Running(Program.path, arguments, environment: Program.environment).finish()
      #expect(outcome.status == 0 && outcome.output.hasPrefix("gantui 0."), "\(outcome)")
    }
  }

  @Test("The shell is offered names of experiments, themes, theme files, and runs")
  func completion() throws {
    let folder = Folder()
    var environment = Program.environment
    environment["XDG_STATE_HOME"] = folder.path
    _ = try Program.run("train", "toy", "--steps", "1", environment: environment)
    let run = try #require(Folder.names(in: folder.path + "/gantui/runs").first)
    folder.write("dusk.toml", [])
    func offered(_ arguments: String...) throws -> [String] {
      try Running(Program.path, ["---completion"] + arguments, environment: environment).finish().lines
    }
    #expect(try offered("replay", "--", "positional@0", "0", "0").prefix(2) == ["last", run])
    #expect(try offered("compare", "--", "positional@0", "0", "0").contains(run))
    for command in ["run", "train", "sample"] {
      #expect(try offered(command, "--", "--resume", "0", "0").contains(run), "\(command)")
    }
    let themes = try offered("run", "--", "--theme", "0", "0")
    #expect(themes.contains("okabe-ito") && themes.contains("daylight"))
    let script = try Program.run("--generate-completion-script", "bash").output
    #expect(script.contains("toy-mixture") && script.contains("---completion run -- --theme"))
  }

  // MARK: Mistakes

  @Test(
    "A wrong command line ends with 64 and says what is wrong",
    arguments: [
      (["train"], "<experiment>"),
      (["train", "toy"], "--steps"),
      (
        ["train", "toy", "--steps", "0"],
        "The value '0' is invalid for '--steps <n>': must be a whole number from 1 to 1000000000000"
      ),
      (["train", "toy", "--steps", "many"], "'--steps <n>': must be a whole number from 1 to"),
      (["train", "toy", "--steps", "1e3"], "The value '1e3' is invalid for '--steps <n>': must be a whole number"),
      (["train", "toy", "--steps", "-3"], "The value '-3' is invalid for '--steps <n>': must be a whole number"),
      (["train", "toy", "--steps=-3"], "The value '-3' is invalid for '--steps <n>': must be a whole number"),
      (["train", "toy", "--steps"], "Missing value for '--steps <n>'"),
      (["train", "toy", "--steps", "1", "--every", "-2"], "'--every <n>': must be a whole number from 1 to"),
      (["train", "toy", "--steps", "1", "--threads", "-1"], "must be a whole number from 1 to 1024"),
      (["train", "toy", "--steps", "1", "--seed", "-1"], "from 0 to 18446744073709551615"),
      (["train", "toy", "--steps", "1", "--k", "0"], "k cannot be “0”: it is one of 1 to"),
      (["train", "toy", "--steps", "1", "--k", "2", "--order", "simultaneous"], "leave out --order simultaneous"),
      (["train", "gan/paper-mnist", "--steps", "1", "--k", "5"], "“gan/paper-mnist” move at once: add --order"),
      (["screenshot", "toy", "gan/tutorial-mnist", "--steps", "1", "--k", "5"], "“gan/tutorial-mnist” move at once"),
      (["gan/paper-mnist", "--k", "5"], "“gan/paper-mnist” move at once: add --order alternating"),
      (["toy", "--pace", "-5"], "must be a number above 0 and at most 1000000000"),
      (["toy", "--pace", "nan"], "must be a number above 0"),
      (["bench", "--threads", "0"], "must be a whole number from 1 to 1024"),
      (["train", "tyo", "--steps", "1"], "did you mean “toy”?"),
      (["trian", "toy"], "did you mean “gantui train”?"),
      (["--stpes", "5", "toy"], "Unknown option '--stpes'"),
      (["--size", "80x24", "toy"], "Unknown option '--size'"),
      (["train", "--sed", "5", "toy", "--steps", "1"], "Unknown option '--sed'"),
      (["screenshot", "--sise", "80x24", "toy", "--steps", "1"], "Unknown option '--sise'"),
      (["run", "tyo"], "did you mean “toy”?"),
      (["screenshot", "tyo", "--steps", "1"], "did you mean “toy”?"),
      (["unheard-of"], "There are toy, toy-mixture, ring, ring/naive, grid, digits"),
      (["--theme", "papre", "toy"], "there is no theme “papre”"),
      (["--color", "sometimes"], "sometimes"),
      (["screenshot", "--steps", "1", "--size", "12"], "120x40"),
      (["screenshot", "--steps", "1", "--size", "0x10"], "0x10"),
      (["screenshot", "--steps", "1", "--format", "pdf"], "pdf"),
      (["screenshot", "--steps", "1", "--theme", "papre"], "okabe-ito, midnight"),
      (["sample", "toy", "--steps", "1", "--count", "3", "--output", "x.csv"], ".npy or .png"),
      (["sample", "toy", "--steps", "1", "--count", "3", "--output", "x.png"], "file.npy"),
      (["sample", "toy", "--steps", "1", "--count", "0", "--output", "x.npy"], "must be a whole number from 1"),
      (
        ["sample", "digits", "--steps", "1", "--count", "60001", "--output", "x.npy"],
        "at most 60000 for images in an .npy"
      ),
      (
        ["sample", "digits", "--steps", "1", "--count", "10001", "--output", "x.png"],
        "at most 10000 for images in a .png"
      ),
      (
        ["sample", "dcgan/paper", "--steps", "1", "--count", "11485", "--output", "x.npy"],
        "at most 11484 for images in an .npy"
      ),
      (
        ["sample", "digits", "--class", "3", "--steps", "1", "--count", "1", "--output", "x.npy"],
        "“digits” cannot be asked for a class: it is not conditioned on classes"
      ),
      (
        ["sample", "cgan", "--class", "10", "--steps", "1", "--count", "1", "--output", "x.npy"],
        "--class must be a class from 0 to 9, or all, not 10"
      ),
      (
        ["sample", "cgan", "--class", "three", "--steps", "1", "--count", "1", "--output", "x.npy"],
        "The value 'three' is invalid for '--class <n|all>'"
      ),
      (["sample", "dirac", "--steps", "1", "--count", "1", "--output", "x.npy"], "“dirac” makes no samples"),
      (["interpolate", "dirac", "--steps", "1", "--output", "x.npy"], "“dirac” makes no samples"),
      (["arithmetic", "dirac", "--steps", "1", "--output", "x.npy"], "“dirac” makes no samples"),
      (["arithmetic", "cgan", "--steps", "1", "--output", "x.npy"], "“gantui sample cgan --class N”"),
      (
        ["interpolate", "toy", "--steps", "1", "--output", "x.npy"], "“toy” are points, not images; images are made by"
      ),
      (["interpolate", "digits", "--steps", "1", "--output", "x.csv"], ".npy or .png, unlike “x.csv”"),
      (["interpolate", "digits", "--steps", "1", "--points", "2", "--output", "x.npy"], "from 3 to 10000"),
      (["interpolate", "digits", "--steps", "1", "--path", "arc", "--output", "x.npy"], "'slerp' and 'lerp'"),
      (
        ["interpolate", "digits", "--steps", "1", "--pairs", "5001", "--output", "x.npy"],
        "--pairs times --points must be at most 60000 for images in an .npy"
      ),
      (["arithmetic", "ring", "--steps", "1", "--output", "x.npy"], "“ring” are points, not images"),
      (
        ["arithmetic", "digits", "--steps", "1", "--output", "x.npy", "--concepts", "thick 3", "thin 3"],
        "must be three, a, b and c of a − b + c, not 2"
      ),
      (
        ["arithmetic", "digits", "--steps", "1", "--output", "x.npy", "--concepts", "thick 3", "thn 3", "thin 8"],
        "there is no trait “thn”; did you mean “thin”? There are thick, thin, left, right."
      ),
      (
        ["arithmetic", "digits", "--steps", "1", "--output", "x.npy", "--concepts", "thick", "thin 3", "thin 8"],
        "must be a trait and a class, such as \"thick 3\""
      ),
      (["screenshot", "--steps", "1", "--output", "x.png"], ".txt, .ansi, .svg or .html, unlike “x.png”"),
      (["list", "weather"], "weather"),
      (["bench", "toy2d"], "did you mean “toy1d”?"),
      (["bench", "--seconds", "-1"], "must be a number above 0 and at most 3600"),
    ])
  func usage(arguments: [String], message: String) throws {
    let outcome = try Running(Program.path, arguments, environment: Program.environment).finish()
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("Error: ") && outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test(
    "Where the output is not a terminal, or where it is asked to, the live view prints lines without escape codes",
    arguments: [["toy"], ["run", "toy", "--color", "always"], ["toy", "--plain"]])
  func noTerminal(arguments: [String]) throws {
    let program = try Running(Program.path, arguments, environment: Program.environment)
    #expect(try program.line(containing: "toy: a Gaussian").contains("seed 1"))
    _ = try program.line(containing: "toy: running")
    program.send(SIGTERM)
    let outcome = try program.finish()
    #expect(outcome.status == 128 + SIGTERM && outcome.errors.isEmpty)
    #expect(!outcome.output.contains("\u{1B}"))
  }

  @Test("Lines are 7 bits where the locale is")
  func plainLocale() throws {
    let environment = Program.environment.merging(["LC_ALL": "C"]) { $1 }
    let program = try Running(Program.path, ["toy", "--plain"], environment: environment)
    _ = try program.line(containing: "toy: running")
    program.send(SIGINT)
    let outcome = try program.finish()
    #expect(outcome.status == 128 + SIGINT && outcome.output.unicodeScalars.allSatisfy(\.isASCII))
  }

  @Test("Help names every command, and how the program ends")
  func help() throws {
    let outcome = try Program.run("--help")
    #expect(outcome.status == 0)
    for word in ["run", "train", "screenshot", "sample", "interpolate", "arithmetic", "list", "bench", "64", "128 + n"]
    {
      #expect(outcome.output.contains(word))
    }
  }

  @Test("Help is in 7 bits but for quotation marks: manual pages that are made of it lose everything else")
  func manual() throws {
    let outcome = try Program.run("--experimental-dump-help")
    #expect(outcome.status == 0 && outcome.output.contains("a - b + c"))
    let others = outcome.output.unicodeScalars.filter { !$0.isASCII && $0 != "“" && $0 != "”" }
    #expect(String(String.UnicodeScalarView(others)).isEmpty)
  }

  // MARK: Lists

  @Test("Experiments, themes and keys are listed, one a line, with what they mean")
  func lists() throws {
    let experiments = try Program.run("list", "experiments").lines
    #expect(experiments.contains { $0.hasPrefix("toy ") && $0.contains("Gaussian") })
    #expect(experiments.contains { $0.hasPrefix("gan/paper-mnist ") })
    #expect(experiments.contains { $0.hasPrefix("dcgan/paper ") && $0.contains("64×64") })
    let themes = try Program.run("list", "themes").lines
    #expect(themes.count >= 5 && themes[0].hasPrefix("okabe-ito"))
    #expect(themes.filter { $0.hasSuffix("light") }.count >= 2)
    let keys = try Program.run("list", "keys").lines
    #expect(keys.contains { $0.hasPrefix("Space ") && $0.contains("pause") })
    #expect(keys.contains { $0.hasPrefix("q Ctrl-C ") && $0.contains("quit") })
  }

  @Test("Settings are taken from their file, the command line comes first, and a slip in it is named")
  func settings() throws {
    let folder = Folder()
    let sub = "\(folder.path)/gantui"
    mkdir(sub, 0o755)
    defer { rmdir(sub) }
    folder.write("gantui/config.toml", Array("theme = \"papre\"\ncolour = 3\nseed = 5\n".utf8))
    defer { unlink("\(sub)/config.toml") }
    let environment = Program.environment.merging(["XDG_CONFIG_HOME": folder.path]) { $1 }
    let program = try Running(Program.path, ["toy", "--plain"], environment: environment)
    _ = try program.line(containing: "seed 5")
    program.send(SIGTERM)
    let outcome = try program.finish()
    #expect(outcome.status == 128 + SIGTERM)
    #expect(outcome.errors.contains("there is no theme “papre”"))
    #expect(outcome.errors.contains("\(sub)/config.toml:2: colour: unknown key, skipped"))
    let named = try Running(Program.path, ["toy", "--plain", "--seed", "6"], environment: environment)
    _ = try named.line(containing: "seed 6")
    named.send(SIGTERM)
    _ = try named.finish()
    let config = try Program.run("--default-config")
    #expect(config.status == 0 && config.output.contains("# theme = \"okabe-ito\""))
    #expect(try Program.run("keys").output == Program.run("list", "keys").output)
    #expect(try Program.run("--generate-completion-script", "bash").output.contains("gantui"))
  }

  @Test("Keys are listed as the settings have them, and what is wrong there is named")
  func ownKeys() throws {
    let folder = Folder()
    let sub = "\(folder.path)/gantui"
    mkdir(sub, 0o755)
    defer { rmdir(sub) }
    folder.write("gantui/config.toml", Array("[keys]\nquit = \"Q\"\npasue = \"p\"\n".utf8))
    defer { unlink("\(sub)/config.toml") }
    let environment = Program.environment.merging(["XDG_CONFIG_HOME": folder.path]) { $1 }
    let outcome = try Running(Program.path, ["keys"], environment: environment).finish()
    #expect(outcome.status == 0 && outcome.lines.contains { $0.hasPrefix("Q Ctrl-C ") && $0.contains("quit") })
    #expect(outcome.errors.hasPrefix("\(sub)/config.toml:3: keys.pasue: unknown action, skipped"))
  }

  // MARK: Screenshots

  @Test(
    "A screenshot has the size asked for, names what it shows, and is plain text",
    arguments: [("120x40", 120, 40), ("80x24", 80, 24), ("40x12", 40, 12), ("20x5", 20, 5)])
  func screenshot(size: String, width: Int, height: Int) throws {
    let outcome = try Program.run("screenshot", "toy", "--steps", "20", "--size", size)
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(!outcome.output.contains("\u{1B}"))
    let rows = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(rows.count == height)
    #expect(rows.allSatisfy { $0.unicodeScalars.count <= width })
    #expect(rows[0].contains("toy") && rows[0..<min(2, height)].contains { $0.contains("20") })
  }

  @Test("Colours are of the theme that is named, and there are none where none are wanted")
  func ansi() throws {
    let folder = Folder()
    let path = "\(folder.path)/screen.ansi"
    let arguments = ["screenshot", "toy", "--steps", "5", "--size", "60x16", "--format", "ansi"]
    let paper = try Running(
      Program.path, arguments + ["--theme", "paper", "--output", path], environment: Program.environment
    ).finish()
    #expect(paper.status == 0 && paper.output.isEmpty)
    // The page of Themes/paper.toml: #faf6ec.
    #expect(folder.text("screen.ansi").contains("48;2;250;246;236"))
    let named = ["screenshot", "toy", "--steps", "5", "--size", "60x16", "--theme", "paper", "--output", path]
    #expect(try Running(Program.path, named, environment: Program.environment).finish().status == 0)
    #expect(folder.text("screen.ansi").contains("48;2;250;246;236"), "the ending says what is meant")
    let plain = try Running(Program.path, arguments + ["--color", "never"], environment: Program.environment).finish()
    #expect(!plain.output.contains("38;2;") && !plain.output.contains("48;2;"))
  }

  @Test("Glyphs can be kept to ASCII")
  func ascii() throws {
    let outcome = try Program.run("screenshot", "toy", "ring", "--steps", "5", "--glyphs", "ascii")
    #expect(outcome.status == 0 && outcome.output.unicodeScalars.allSatisfy(\.isASCII))
  }

  @Test("A theme of one's own is taken from its file, and one that is broken is named with its line")
  func themeFile() throws {
    let folder = Folder()
    folder.write(
      "own.toml",
      Array("[ui]\ntext = \"#010203\"\naccent = \"red\"\n[series]\nd = \"blue\"\ng = \"red\"\n".utf8))
    folder.write("broken.toml", Array("name = \"own\"\n[ui]\ntext = \"#01020\"\n".utf8))
    func take(_ theme: String) throws -> Outcome {
      try Program.run("screenshot", "toy", "--steps", "1", "--format", "ansi", "--theme", theme)
    }
    #expect(try take("\(folder.path)/own.toml").output.contains("38;2;1;2;3"))
    let broken = try take("\(folder.path)/broken.toml")
    #expect(broken.status == 65 && broken.errors.contains("\(folder.path)/broken.toml:3: ui.text: expected a colour"))
    let directory = try take("\(folder.path)/")
    #expect(directory.status == 65 && directory.errors.contains("\(folder.path)/: it is not a file"))
    folder.write("deep.toml", Array("text = ".utf8) + Array(repeating: UInt8(ascii: "["), count: 500_000))
    let deep = try take("\(folder.path)/deep.toml")
    #expect(deep.status == 65 && deep.errors.contains("deep.toml:1: text: expected at most 256"))
    let missing = try take("\(folder.path)/missing.toml")
    #expect(missing.status == 65 && missing.errors.contains("missing.toml: No such file"))
  }

  // MARK: Samples

  @Test(
    "Samples come as NumPy arrays of the experiment's shape",
    arguments: [("toy", [7]), ("ring", [7, 2]), ("digits", [7, 28, 28])])
  func samples(experiment: String, shape: [Int]) throws {
    let folder = Folder()
    let outcome = try Program.run(
      "sample", experiment, "--steps", "2", "--count", "7", "--output", "\(folder.path)/x.npy")
    #expect(outcome.status == 0 && outcome.output.isEmpty && outcome.errors.isEmpty)
    let file = try #require(NumPyFile(folder.read("x.npy")))
    #expect(file.shape == shape && file.values.count == shape.reduce(1, *))
    #expect(file.values.allSatisfy(\.isFinite) && Set(file.values).count > 1)
    if shape.count == 3 { #expect(file.values.allSatisfy { (0...1).contains($0) }) }
  }

  @Test("Digits also come as a picture: four by four of them with their margins")
  func picture() throws {
    let folder = Folder()
    let outcome = try Program.run(
      "sample", "digits", "--steps", "1", "--count", "16", "--output", "\(folder.path)/x.PNG")
    #expect(outcome.status == 0)
    let bytes = folder.read("x.PNG")
    #expect(Array(bytes.prefix(8)) == [0x89] + Array("PNG\r\n\u{1A}\n".utf8))
    // IHDR: width and height, big-endian; 8 bits, grey.
    #expect(Array(bytes[16..<26]) == [0, 0, 1, 8, 0, 0, 1, 8, 8, 0])
  }

  @Test("A file that cannot be written is said before anything is trained")
  func unwritable() throws {
    let outcome = try Program.run(
      "sample", "toy", "--steps", "1000000000", "--count", "1", "--output", "/nonexistent/x.npy")
    #expect(outcome.status == 73)
    #expect(outcome.errors.contains("/nonexistent/x.npy cannot be written: No such file or directory"))
    let folder = Folder()
    mkdir("\(folder.path)/x.npy", 0o755)
    defer { rmdir("\(folder.path)/x.npy") }
    let directory = try Program.run(
      "sample", "toy", "--steps", "1000000000", "--count", "1", "--output", "\(folder.path)/x.npy")
    #expect(directory.status == 73 && directory.errors.contains("x.npy cannot be written: Is a directory"))
  }

  // MARK: Measuring

  @Test("bench frame says what a frame takes in three sizes")
  func benchFrame() throws {
    let outcome = try Program.run("bench", "frame", "--seconds", "0.03", "--json")
    let lines = try outcome.lines.map(JSONValue.object)
    #expect(outcome.status == 0 && lines.map { $0["columns"] } == [.number(80), .number(120), .number(200)])
    for line in lines {
      #expect(line["workload"] == .text("frame"))
      let (median, worst) = (try #require(line["median_us"]?.number), try #require(line["p99_us"]?.number))
      #expect(median > 0 && median <= worst)
    }
  }

  @Test("bench measures the workloads that it is asked for")
  func bench() throws {
    let outcome = try Program.run("bench", "toy1d", "--seconds", "0.1", "--threads", "1", "--json")
    let line = try JSONValue.object(try #require(outcome.lines.first))
    #expect(outcome.status == 0 && outcome.lines.count == 1)
    #expect(line["workload"] == .text("toy1d") && line["threads"] == .number(1))
    let rate = try #require(line["steps_per_second"]?.number)
    let (low, high) = (try #require(line["min"]?.number), try #require(line["max"]?.number))
    #expect(low > 0 && low <= rate && rate <= high)
    // 6.64 MFLOP a step.
    #expect(try abs(#require(line["gflops"]?.number) / rate * 1e9 - 6_635_520) < 1)
    #expect(try #require(line["peak_rss_mb"]?.number) > 1)
  }
}
