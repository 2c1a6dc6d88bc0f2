// How fast the engine is, on networks that other libraries can be timed with too.

import ArgumentParser
import Glibc
import RunFiles
import Training

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure training steps per second, and the time that a frame takes.",
    discussion: """
      A step is one Adam update of D and one of G, on fresh noise each. After warming up, windows of about half a \
      second are timed; the median counts. With --json every workload is an object on a line. The share of the peak \
      is of what as many cores could do in single precision if they only multiplied and added. “frame” is the time from \
      snapshots of toy and digits to what a terminal has to be told, in three sizes.
      """)

  @Argument(
    help: ArgumentHelp(
      "What to time (default: all): \(Self.names.joined(separator: ", ")).", valueName: "workload"),
    completion: .list(Self.names), transform: subject(named:))
  var subjects: [Subject] = []

  @OptionGroup var threads: ThreadsFlag

  @OptionGroup var precision: PrecisionFlag

  @Option(
    parsing: .unconditional, help: ArgumentHelp("How long to time each workload (default: 5).", valueName: "s"),
    transform: positiveNumber(atMost: 3600))
  var seconds = 5.0

  @Flag(help: "Print NDJSON.")
  var json = false

  @Flag(help: "Print what share of a step each kind of instruction takes.")
  var profile = false

  enum Subject: Sendable {
    case training(Workload)
    case frame
  }

  private static let names = Workload.all.map(\.name) + ["frame"]

  private static func subject(named name: String) throws -> Subject {
    if name == "frame" { return .frame }
    guard let workload = Workload.all.first(where: { $0.name == name }) else {
      throw ValidationError(unknown("workload", name, among: names))
    }
    return .training(workload)
  }

  func run() throws {
    let subjects = subjects.isEmpty ? Workload.all.map(Subject.training) + [.frame] : subjects
    let workloads = subjects.compactMap { if case .training(let workload) = $0 { workload } else { nil } }
    if !workloads.isEmpty { time(workloads) }
    if workloads.count < subjects.count {
      try FrameTimes.measure(seconds: seconds) { [json] in StandardOutput.write(json ? $0.line : $0.sentence) }
    }
  }

  private func time(_ workloads: [Workload]) {
    let threads = threads.count()
    let peak = Benchmark.peak() * Double(min(threads, Cores.allowed))
    for workload in workloads {
      let benchmark = Benchmark(workload, threads: threads, precision: precision.precision ?? .f32)
      let row = Row(
        workload: workload, threads: threads, precision: (precision.precision ?? .f32).here,
        result: benchmark.run(seconds: seconds), operationsPerStep: benchmark.operationsPerStep, peak: peak)
      StandardOutput.write(json ? row.line : row.sentence)
      if profile { Self.write(benchmark.profile(steps: max(1, Int(row.result.median.rounded()))), json, workload) }
    }
  }

  /// One line for each kind of instruction.
  private static func write(_ shares: [Benchmark.Share], _ json: Bool, _ workload: Workload) {
    let total = shares.reduce(0) { $0 + $1.seconds }
    for share in shares {
      let gigaflops = share.operations > 0 ? share.operations / share.seconds / 1e9 : nil
      if json {
        var line = JSONLine()
        line.add("workload", workload.name)
        line.add("instructions", share.kind)
        line.add("share", share.seconds / total)
        line.add("gflops", gigaflops)
        StandardOutput.write(json: line.text)
      } else {
        let speed = gigaflops.map { ", \(fixed($0, decimals: 1)) GFLOP/s" } ?? ""
        StandardOutput.write("  \(share.kind): \(fixed(100 * share.seconds / total, decimals: 1)) %\(speed)\n")
      }
    }
  }
}

/// What was measured of a workload, as a line of JSON or as a sentence.
private struct Row {
  let workload: Workload
  let threads: Int
  /// The one that was computed in.
  let precision: TrainingOptions.Precision
  let result: Benchmark.Result
  let operationsPerStep: Double
  /// Floating-point operations per second of all cores.
  let peak: Double

  private var operations: Double { result.median * operationsPerStep }

  var line: String {
    var line = JSONLine()
    line.add("workload", workload.name)
    line.add("threads", threads)
    line.add("precision", precision.rawValue)
    line.add("steps_per_second", result.median)
    line.add("gflops", operations / 1e9)
    line.add("fraction_of_peak", operations / peak)
    line.add("windows", result.windows.count)
    line.add("min", result.windows.min())
    line.add("max", result.windows.max())
    line.add("peak_rss_mb", peakMemory)
    return line.text
  }

  var sentence: String {
    let (low, high) = (result.windows.min() ?? .nan, result.windows.max() ?? .nan)
    return """
      \(workload.name), \(threads) \(threads == 1 ? "thread" : "threads"), \(precision.rawValue): \
      \(fixed(result.median, decimals: 1)) steps/s (\(fixed(low, decimals: 1)) to \(fixed(high, decimals: 1)) in \
      \(result.windows.count) windows), \(fixed(operations / 1e9, decimals: 1)) GFLOP/s, \
      \(fixed(100 * operations / peak, decimals: 0)) % of the peak, at most \(fixed(peakMemory, decimals: 0)) MB

      """
  }

  /// The most memory that this process has had so far, in MiB.
  private var peakMemory: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1024
  }
}
