// `gantui bench frame`: what the screen costs beside the training.

import Dashboard
import RunFiles
import Synchronization
import Training

/// Of one size, in microseconds.
struct FrameTimes {
  private let columns: Int
  private let rows: Int
  private let samples: [FrameBenchmark.Sample]

  private static let sizes = [(80, 24), (120, 40), (200, 60)]
  /// Steps that are trained to have something to draw, and how many moments of them are drawn.
  private static let steps = 400
  private static let moments = 20

  /// - Parameter report: gets each size when it has been measured.
  static func measure(seconds: Double, report: @escaping @Sendable (FrameTimes) -> Void) throws {
    let signal = try BackgroundWork.run {
      var courses: [[Snapshot]] = []
      for experiment in defaultExperiments {
        let course = Course()
        try await Trainer(experiment, options: TrainingOptions(seed: 1, threads: 1))
          .runToEnd(steps: steps, every: steps / moments) { course.add($0) }
        courses.append(course.snapshots)
      }
      for (columns, rows) in sizes where !Task.isCancelled {
        var benchmark = FrameBenchmark(
          snapshots: courses, size: .init(width: columns, height: rows),
          capabilities: .init(colours: .trueColour, glyphs: .braille))
        let samples = benchmark.run(for: .seconds(seconds / Double(sizes.count)))
        report(FrameTimes(columns: columns, rows: rows, samples: samples))
      }
    }
    if let signal { throw ExitStatus.ended(by: signal) }
  }

  /// The value that a share of the frames is below.
  private func quantile(_ share: Double, _ part: (FrameBenchmark.Sample) -> Duration) -> Double {
    let sorted = samples.map { part($0) / .microseconds(1) }.sorted()
    return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
  }

  var line: String {
    var line = JSONLine()
    line.add("workload", "frame")
    line.add("columns", columns)
    line.add("rows", rows)
    line.add("frames", samples.count)
    line.add("median_us", quantile(0.5, \.whole))
    line.add("p99_us", quantile(0.99, \.whole))
    line.add("update_us", quantile(0.5, \.update))
    line.add("render_us", quantile(0.5, \.render))
    line.add("diff_us", quantile(0.5, \.diff))
    return line.text
  }

  var sentence: String {
    func say(_ value: Double) -> String { fixed(value, decimals: 0) }
    return """
      frame \(columns)x\(rows): \(say(quantile(0.5, \.whole))) µs in the middle, \(say(quantile(0.99, \.whole))) µs for one \
      in a hundred (update \(say(quantile(0.5, \.update))), render \(say(quantile(0.5, \.render))), diff \
      \(say(quantile(0.5, \.diff)))), \(samples.count) frames

      """
  }
}

/// Snapshots that come from another thread, one after the other.
private final class Course: Sendable {
  private let list = Mutex<[Snapshot]>([])
  var snapshots: [Snapshot] { list.withLock(\.self) }
  func add(_ snapshot: Snapshot) { list.withLock { $0.append(snapshot) } }
}
