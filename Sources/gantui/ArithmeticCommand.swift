// Trains, then calculates with what pictures mean: thick 3 − thin 3 + thin 8 = ?

import ArgumentParser
import GenerativeModels
import Training

struct ArithmeticCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "arithmetic", abstract: "Train, then write pictures of a sum of concepts, as z.",
    discussion: """
      A concept is a trait (\(Concept.Trait.allCases.map(\.rawValue).joined(separator: ", "))) and a class of the data. \
      Of \(LatentArithmetic.candidates) samples a nearest-neighbour judge finds those of the class. They are put in the \
      order of their ink or of their lean; after the first tenth, among which are many blots, three are taken, and the \
      mean of their z stands for the concept. The pictures of a - b + c, with a little noise around it, should show \
      what a has beyond b, given to c (Radford, Metz, Chintala 2016, section 6.3.2).

      FILE.npy is a NumPy array of float32, [3, 7, height, width] from 0 to 1: a row for each concept with its three \
      samples and the picture of their mean z, then a row of the nine pictures of the result, which is in their middle. \
      FILE.png is a sheet of the same, with the signs of the sum beside the means. A file that is there already is replaced. Printed are the judge's word on each, \
      its ink as a share of what real pictures of that class have (the median), and how far it leans to the right.
      """)

  @OptionGroup var subject: TrainedExperiment

  @OptionGroup var length: LengthFlag

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("a, b and c of a - b + c (default: \"thick 3\" \"thin 3\" \"thin 8\").", valueName: "concept"),
    transform: concept(_:))
  var concepts: [Concept] = []

  @OptionGroup var training: TrainingFlags
  @OptionGroup var file: SampleFile

  private static let standard = [Concept(.thick, 3), Concept(.thin, 3), Concept(.thin, 8)]
  private var chosen: [Concept] { concepts.isEmpty ? Self.standard : concepts }

  func validate() throws {
    _ = try length.steps(subject.resume)
    if let experiment = subject.experiment { try check(experiment) }
  }

  private func check(_ experiment: Experiment) throws {
    try training.game.check(for: [experiment])
    _ = try experiment.pictureSide()
    guard experiment.classCount == nil else {
      let others = Experiment.all.filter { $0.imageSide != nil && $0.sampler != nil && $0.classCount == nil }
      throw ValidationError(
        "“\(experiment.name)” is told the class beside z, so that no sum of z is one of classes: ask for a class with "
          + "“gantui sample \(experiment.name) --class N”, or take \(others.map(\.name).joined(separator: ", "))")
    }
    guard chosen.count == 3 else {
      throw ValidationError("--concepts must be three, a, b and c of a − b + c, not \(chosen.count)")
    }
  }

  /// Reads `thick 3`.
  private static func concept(_ text: String) throws -> Concept {
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 2, let label = UInt8(words[1]) else {
      throw ValidationError("must be a trait and a class, such as \"thick 3\"")
    }
    guard let trait = Concept.Trait(rawValue: words[0]) else {
      throw ValidationError(unknown("trait", words[0], among: Concept.Trait.allCases.map(\.rawValue)))
    }
    return Concept(trait, label)
  }

  func run() throws {
    let found = try subject.resume.found()
    try check(try subject.named(found))
    try file.checkPlace()
    let trainer = try subject.trainer(training, found)
    let (steps, concepts, file) = (try length.steps(subject.resume), chosen, file)
    let signal = try BackgroundWork.run {
      try await trainer.runToEnd(steps: steps, every: steps) { _ in }
      guard !Task.isCancelled else { return }
      let sum = try await trainer.arithmetic(concepts)
      // Air between samples, their mean, and the neighbourhood of the result.
      try file.write(
        sum.pictures, gaps: [3, 4],
        signs: [.init(.minus, row: 1, column: 3), .init(.plus, row: 2, column: 3), .init(.equals, row: 1, column: 4)])
      StandardOutput.write(Self.report(sum))
    }
    if let signal { throw ExitStatus.ended(by: signal) }
  }

  private static func report(_ sum: LatentArithmetic) -> String {
    let names = sum.concepts.map(\.description)
    let result = "\(names[0]) − \(names[1]) + \(names[2])"
    let width = result.count
    func line(_ name: String, _ finding: PictureFinding, _ others: [PictureFinding], _ what: String) -> String {
      let labels = others.map { "\($0.label)" }.joined(separator: " ")
      return name + String(repeating: " ", count: width - name.count)
        + "  judged \(finding.label), ink \(fixed(finding.thickness, decimals: 2)), "
        + "leans \(fixed(finding.lean * 180 / .pi, decimals: 0))°; \(what) \(labels)\n"
    }
    var text = ""
    for (row, name) in names.enumerated() {
      text += line(name, sum.means[row], sum.samples[row], "its samples")
    }
    text += line(result, sum.result, sum.neighbourhood, "with those around it")
    if let expected = LatentArithmetic.expected(of: sum.concepts) { text += "expected: \(expected)\n" }
    return text + sum.judge.sentence + "\n"
  }
}
