// How fast the engine is, on networks that other libraries can be timed with too.

import ArgumentParser
import Glibc
import Training

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure training steps per second.",
    discussion: """
      A step is one Adam update of D and one of G, on fresh noise each. After warming up, windows of about half a \
      second are timed; the median counts. With --json every workload is an object on a line.
      """)

  @Argument(
    help: ArgumentHelp(
      "What to time (default: all): \(Workload.all.map(\.name).joined(separator: ", ")).", valueName: "workload"),
    completion: .list(Workload.all.map(\.name)), transform: workload(named:))
  var workloads: [Workload] = []

  @OptionGroup var threads: ThreadsFlag

  @Option(
    parsing: .unconditional, help: ArgumentHelp("How long to time each workload (default: 5).", valueName: "s"),
    transform: positiveNumber(atMost: 3600))
  var seconds = 5.0

  @Flag(help: "Print NDJSON.")
  var json = false

  private static func workload(named name: String) throws -> Workload {
    guard let workload = Workload.all.first(where: { $0.name == name }) else {
      throw ValidationError(unknown("workload", name, among: Workload.all.map(\.name)))
    }
    return workload
  }

  func run() {
    let threads = threads.count()
    for workload in workloads.isEmpty ? Workload.all : workloads {
      let result = Benchmark(workload, threads: threads).run(seconds: seconds)
      StandardOutput.write(json ? line(workload, threads, result) : sentence(workload, threads, result))
    }
  }

  private func line(_ workload: Workload, _ threads: Int, _ result: Benchmark.Result) -> String {
    var line = JSONLine()
    line.add("workload", workload.name)
    line.add("threads", threads)
    line.add("steps_per_second", result.median)
    line.add("gflops", result.median * workload.operationsPerStep / 1e9)
    line.add("windows", result.windows.count)
    line.add("min", result.windows.min())
    line.add("max", result.windows.max())
    line.add("peak_rss_mb", peakMemory)
    return line.text
  }

  private func sentence(_ workload: Workload, _ threads: Int, _ result: Benchmark.Result) -> String {
    let (low, high) = (result.windows.min() ?? .nan, result.windows.max() ?? .nan)
    let gigaflops = result.median * workload.operationsPerStep / 1e9
    return """
      \(workload.name), \(threads) \(threads == 1 ? "thread" : "threads"): \
      \(fixed(result.median, decimals: 1)) steps/s (\(fixed(low, decimals: 1)) to \(fixed(high, decimals: 1)) in \
      \(result.windows.count) windows), \(fixed(gigaflops, decimals: 1)) GFLOP/s, at most \
      \(fixed(peakMemory, decimals: 0)) MB

      """
  }

  /// The most memory that this process has had so far, in MiB.
  private var peakMemory: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1024
  }
}
