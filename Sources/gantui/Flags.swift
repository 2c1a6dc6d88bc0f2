// What several commands take: which experiment, on which data, from which seed, shown how.

import ArgumentParser
import Dashboard
import Figures
import GenerativeModels
import NCursesBackend
import Training

struct TrainingFlags: ParsableArguments {
  @Option(
    parsing: .unconditional, help: "Decides first weights, noise and the order of the data (default: 1).",
    transform: wholeNumber(0...UInt64.max))
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "The folder of MNIST's four files, gzipped or not, or of a set in the same form.",
      discussion: """
        Without it, $GANTUI_DATA and $XDG_DATA_HOME/gantui are looked into; “digits” makes do with built-in digits \
        where there are none.
        """, valueName: "dir"))
  var data: String?

  @OptionGroup var threads: ThreadsFlag

  @OptionGroup var precision: PrecisionFlag

  @OptionGroup var game: GameFlags

  /// - Parameters:
  ///   - experiments: how many share the machine at the same time.
  ///   - checkpoint: the settings of a run that is gone on with, which hold where nothing else is said.
  func options(sharedBy experiments: Int = 1, goingOnWith checkpoint: RunConfiguration? = nil) -> TrainingOptions {
    TrainingOptions(
      seed: seed ?? checkpoint?.number("seed") ?? 1,
      threads: threads.threads ?? checkpoint?.number("threads") ?? threads.count(sharedBy: experiments),
      precision: precision.precision ?? checkpoint?["precision"].flatMap(TrainingOptions.Precision.init(rawValue:))
        ?? .f32,
      // What is said later holds.
      changes: (checkpoint?.changes ?? []) + game.changes,
      dataDirectory: data ?? checkpoint?.dataFolder.flatMap { $0.isEmpty ? nil : $0 },
      isDirectoryOfRun: data == nil && checkpoint?.dataFolder != nil,
      // A run of built-in digits does not care where others are.
      environment: data == nil && checkpoint?.dataFolder == "" ? [:] : TrainingOptions.dataEnvironment())
  }
}

struct ThreadsFlag: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      How many threads may work on a step (default: one for each core that it may use, shared out among experiments). \
      Small networks use one.
      """, valueName: "n"),
    transform: wholeNumber(RunLimits.threads))
  var threads: Int?

  func count(sharedBy experiments: Int = 1) -> Int {
    threads ?? max(1, Cores.allowed / experiments)
  }
}

struct PrecisionFlag: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How exactly matrix products are computed: f32, split or bf16 (default: f32).",
      discussion: """
        bf16 rounds what is multiplied to 8 bits of mantissa, split to 16; sums, weights and losses stay single \
        precision. bf16 needs a processor with AVX512_BF16 or AMX, split one with AMX; elsewhere both are f32.
        """, valueName: "name"))
  var precision: TrainingOptions.Precision?
}

/// What a person wants otherwise than the model has it.
struct GameFlags: ParsableArguments {
  @Option(
    name: .customLong("set"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A setting of the model, such as loss=rpgan, r1=0.5, batch=32; may be given again.",
      discussion: "“gantui help EXPERIMENT” lists the settings of each.", valueName: "key=value"),
    transform: Self.change)
  var settings: [SettingChange] = []

  @Option(
    help: ArgumentHelp(
      """
      What D and G make smaller; of G minimax has log(1 - D(G(z))), non-saturating -log D(G(z)). Others are in “gantui help \
      toy” (default: the experiment's).
      """, valueName: "loss"))
  var loss: String?

  @Option(
    help: ArgumentHelp(
      "Who moves when: alternating, as in Algorithm 1, or simultaneous, on the same fakes (default: the experiment's).",
      valueName: "order"))
  var order: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("k of Algorithm 1: updates of D for each of G (default: the experiment's).", valueName: "n"))
  var k: String?

  private static func change(_ text: String) throws -> SettingChange {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { throw ValidationError("--set takes key=value, not “\(text)”") }
    return SettingChange(parts[0], parts[1])
  }

  /// The settings that are asked for, in the order in which they hold.
  var changes: [SettingChange] {
    [("loss", loss), ("order", order), ("k", k)].compactMap { key, value in
      value.map { SettingChange(key, $0) }
    } + settings
  }

  /// What these flags say has to mean something in every experiment that they are for; in the simultaneous order there is
  /// no k.
  func check(for experiments: [Experiment]) throws {
    for experiment in experiments {
      let settings: KnobSettings
      do {
        settings = try experiment.settings(TrainingOptions(changes: changes))
      } catch {
        throw ValidationError("\(error)")
      }
      guard settings.has("k"), settings.has("order"), settings.count("k") > 1,
        settings.choice("order") == "simultaneous"
      else { continue }
      let mend = order == nil ? "add --order alternating" : "leave out --order simultaneous"
      throw ValidationError(
        "--k \(settings.count("k")) needs the alternating order, but both players of “\(experiment.name)” move at once: "
          + mend)
    }
  }
}

extension RunConfiguration {
  fileprivate func number<Number: LosslessStringConvertible>(_ key: String) -> Number? {
    self[key].flatMap(Number.init)
  }

  /// The settings of the model that a run was trained with.
  fileprivate var changes: [SettingChange] {
    guard let name = self["experiment"], let knobs = try? Experiment.named(name).card.knobs else { return [] }
    return knobs.compactMap { knob in self[knob.key].map { SettingChange(knob.key, $0) } }
  }
}

/// How many steps, where the number is not optional.
struct StepsFlag: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Steps to train, each an update of D and one of G.", valueName: "n"),
    transform: wholeNumber(stepLimits))
  var steps: Int
}

/// `--color` and `--glyphs`, spelt as programs spell them.
struct LookFlags: ParsableArguments {
  enum Colour: String, CaseIterable, ExpressibleByArgument {
    case auto, always, never
    case sixteen = "16"
    case palette = "256"
    case direct = "true"
  }
  enum Glyphs: String, CaseIterable, ExpressibleByArgument {
    case braille, quadrant, block, ascii
  }

  @Option(
    help: ArgumentHelp(
      "A theme of “gantui list themes”, or a theme file, FILE.toml or btop's FILE.theme.", valueName: "name|file"),
    completion: .themes)
  var theme: String?

  @Option(help: "Whether to use colours, or so many; auto, the default, obeys the terminal, and NO_COLOR.")
  var color: Colour?

  @Option(help: "Which characters to draw with (default: the finest that are safe).")
  var glyphs: Glyphs?

  var options: TerminalOptions {
    var options = TerminalOptions()
    options.colours =
      switch color {
      case .auto, nil: .auto
      case .always: .always
      case .never: .never
      case .sixteen: .depth(.ansi16)
      case .palette: .depth(.indexed256)
      case .direct: .depth(.trueColour)
      }
    options.glyphs =
      switch glyphs {
      case .braille: .braille
      case .quadrant: .quadrant
      case .block: .block
      case .ascii: .ascii
      case nil: nil
      }
    return options
  }
}

/// An experiment by its name, for `@Argument(transform:)`.
func experiment(named name: String) throws -> Experiment {
  do {
    return try Experiment.named(name)
  } catch {
    throw ValidationError(unknown("experiment", name, among: Experiment.all.map(\.name)))
  }
}

/// What is shown when nobody says what: a game of which every number is known, and one to look at.
let defaultExperiments = Experiment.all.filter { ["toy", "digits"].contains($0.name) }

extension ScreenshotFormat: ExpressibleByArgument {}
extension TrainingOptions.Precision: ExpressibleByArgument {}
