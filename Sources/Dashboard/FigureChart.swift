// A chart of an experiment: all figures that its model declares under one chart's name, over the steps, beside what they are
// compared with. What the training tells is known at every step, in buckets; what a look measures, at the steps of the looks.

import Figures
import TerminalUI
import Training

/// A chart as a look at it wants it.
struct FigureChart {
  /// The name that its figures declare.
  let name: String
  private let look: ChartLook
  private let fixedRange: ClosedRange<Double>?
  /// The step that the crosshair stands on; `nil` where it is not.
  private let crosshair: Int?
  private var curves: [Curve]
  private let references: [SeriesChart.Reference]
  private var columns = Columns(steps: 0...0)
  /// Courses that the run has left for the one that it is on, from where they part: of each the told figures.
  private var shadows: [[[MetricBucket]]] = []

  /// Steps from which on the scale is for the latest of them, and as many looks.
  private static let (settled, settledLooks) = (100, 16)

  private struct Curve {
    var figure: Figure
    var role: Role
    var stroke: PlotCanvas.Stroke
    var values: Values

    enum Values {
      case told(MetricHistory.Stretch)
      case looked(FigureHistory)
    }

    var told: MetricHistory.Stretch? { if case .told(let stretch) = values { stretch } else { nil } }
    var looked: FigureHistory? { if case .looked(let history) = values { history } else { nil } }
  }

  init(of state: State, _ id: PanelID, chart index: Int) {
    let snapshot = state.snapshots[id.experiment]
    let charts = snapshot.experiment.charts
    name = charts.indices.contains(index) ? charts[index] : ""
    look = state.chartLook
    fixedRange = look.fixedRanges?[id]
    crosshair = state.focus == id ? state.crosshair : nil
    let chart = name
    let figures = snapshot.experiment.figures.filter { $0.chart == chart }
    references = figures.references(snapshot.readings)
    curves = zip(figures, zip(figures.roles, figures.strokes)).map { figure, look in
      let values: Curve.Values =
        figure.cadence == .everyStep
        ? .told(MetricHistory.Stretch(start: 0, stepsPerBucket: 1, buckets: []))
        : .looked(snapshot.looked[figure.key] ?? FigureHistory())
      return Curve(figure: figure, role: look.0, stroke: look.1, values: values)
    }
    if curves.contains(where: { $0.told != nil }) { fillTold(snapshot) } else { spanLooks(snapshot) }
  }

  private mutating func fillTold(_ snapshot: Snapshot) {
    let reached = snapshot.history.steps
    let courses = snapshot.abandoned.filter { $0.history.steps > $0.from }
    let end = max(reached, courses.map(\.history.steps).max() ?? 0)
    let start = end - min(end, look.window(of: end))
    for (index, curve) in curves.enumerated() where curve.told != nil {
      let history = snapshot.history[curve.figure.key] ?? MetricHistory()
      curves[index].values = .told(history.latest(max(0, reached - start)))
    }
    let longest = curves.compactMap(\.told).max { $0.buckets.count < $1.buckets.count }
    columns = Columns(
      steps: Double(longest?.start ?? 0)...Double(end), width: longest?.stepsPerBucket ?? 1,
      count: longest?.buckets.count ?? 0, reached: reached)
    if !courses.isEmpty { add(courses, from: start) }
  }

  private mutating func spanLooks(_ snapshot: Snapshot) {
    let last = curves.compactMap { $0.looked?.stretches.last?.steps.upperBound }.max() ?? 0
    let end = max(snapshot.step, Int(exactly: last) ?? 0)
    columns = Columns(steps: Double(end - min(end, look.window(of: end)))...Double(end))
  }

  /// Puts all courses into buckets of one width.
  private mutating func add(_ courses: [AbandonedCourse], from start: Int) {
    let keys = curves.filter { $0.told != nil }.map(\.figure.key)
    let others = courses.map { course in
      keys.map { key in
        let history = course.history[key] ?? MetricHistory()
        return history.latest(max(0, history.steps - start))
      }
    }
    let width = (others.joined().map(\.stepsPerBucket) + [columns.width ?? 1]).max() ?? 1
    let (first, end) = (start / width * width, Int(columns.steps.upperBound))
    let count = (end - first + width - 1) / width
    shadows = zip(courses, others).map { course, stretches in
      stretches.map { stretch in
        let buckets = stretch.rebinned(start: first, width: width, count: count)
        let common = min(count, max(0, course.from - first) / width)
        return Array(repeating: .unknown, count: common) + buckets[common...]
      }
    }
    let own = min(count, (max(0, columns.reached - first) + width - 1) / width)
    for (index, curve) in curves.enumerated() {
      guard let stretch = curve.told else { continue }
      curves[index].values = .told(
        .init(start: first, stepsPerBucket: width, buckets: stretch.rebinned(start: first, width: width, count: own)))
    }
    columns = Columns(steps: Double(first)...Double(end), width: width, count: own, reached: columns.reached)
  }

  // MARK: Drawing

  /// Why there is nothing to be seen; `nil` where there is something.
  var emptiness: String? {
    if columns.steps.upperBound <= 0 { return "no step yet" }
    let isKnown = curves.contains { !($0.told?.buckets.isEmpty ?? true) || !($0.looked?.stretches.isEmpty ?? true) }
    if isKnown { return nil }
    return curves.allSatisfy { $0.figure.cadence == .rarely } ? "measured with each checkpoint" : "not measured yet"
  }

  func chart(isTalkative: Bool) -> SeriesChart {
    let total = max(columns.count, shadows.first?.first?.count ?? 0)
    let told = curves.filter { $0.told != nil }
    var chart = SeriesChart(
      series: curves.map { curve in
        .init(
          role: curve.role, label: name(of: curve), buckets: buckets(of: curve, total: total), stroke: curve.stroke)
      }
        + shadows.reversed().flatMap { shadow in
          zip(told, shadow).map { .init(role: .dim, label: nil, buckets: buckets($1), stroke: $0.stroke) }
        },
      references: references.map { .init(value: $0.value, label: isTalkative ? $0.label : $0.label.untilColon) },
      xRange: columns.steps, xLabel: "steps", xNote: isTalkative ? xNote : "",
      unit: curves.lazy.map(\.figure.unit.word).first { !$0.isEmpty } ?? "", scale: look.scale, fixedRange: fixedRange)
    let looks = curves.compactMap { $0.looked?.stretches.count }.max() ?? 0
    chart.favoursLatest =
      columns.steps.upperBound - columns.steps.lowerBound >= Double(Self.settled)
      && (!told.isEmpty || looks >= Self.settledLooks)
    if let crosshair { chart.crosshair = .init(bucket: columns.column(of: crosshair), readings: []) }
    return chart
  }

  /// One that is alone has the chart's own name.
  private func name(of curve: Curve) -> String { curves.count == 1 ? "" : curve.figure.shortName }

  private func buckets(of curve: Curve, total: Int) -> [SeriesChart.Bucket] {
    switch curve.values {
    case .told(let stretch):
      return buckets(stretch.buckets + Array(repeating: .unknown, count: max(0, total - stretch.buckets.count)))
    case .looked(let history):
      return history.spread(over: columns.steps, columns: max(1, total), hasExtent: curves.count <= 2)
    }
  }

  private func buckets(_ buckets: [MetricBucket]) -> [SeriesChart.Bucket] {
    buckets.map { bucket in
      .init(
        minimum: Double(bucket.minimum), mean: bucket.mean, maximum: Double(bucket.maximum), count: bucket.count,
        broken: bucket.broken > 0, smoothed: look.smoothing.map { Double(bucket.smoothed[$0]) })
    }
  }

  /// A value of the chart is of one step as long as there are few, and else a mean.
  private var xNote: String {
    if !shadows.isEmpty { return "dim: courses that were left" }
    guard let width = columns.width, width > 1 else { return "" }
    return "values are means of \(width.grouped)"
  }

  // MARK: Crosshair

  /// The step where the crosshair is after moving by so many columns of the screen, −1, 0 or 1; at the latest one where
  /// there was no crosshair. `nil` where there is no step.
  func crosshair(movedBy direction: Int, in area: Rect) -> Int? {
    guard emptiness == nil, columns.count > 0 else { return nil }
    guard let crosshair else { return columns.reached }
    let column = columns.column(of: crosshair)
    let beside = chart(isTalkative: area.width >= ChartPanel.talkativeWidth).bucketsBeside(column, in: area)
    let wanted = direction < 0 ? beside.lowerBound - 1 : direction > 0 ? beside.upperBound : column
    return columns.step(of: min(max(0, wanted), columns.count - 1))
  }

  /// What the figures were at the crosshair, in ever fewer words: the exact value of a single step; of several the mean,
  /// the least and the greatest; what was measured last, where looks have measured it.
  func readings(of beside: Range<Int>) -> [[SeriesChart.Piece]] {
    // Courses that were left may go on where this one has not come to yet.
    let beside = beside.clamped(to: 0..<columns.count)
    guard let last = beside.last else { return [] }
    var latest = 0.0
    let readings = curves.map { curve -> ChartReading in
      switch curve.values {
      case .told(let stretch):
        let bucket = stretch.buckets[beside.clamped(to: stretch.buckets.indices)].merged
        return ChartReading(name: name(of: curve), role: curve.role, bucket: bucket, smoothing: look.smoothing)
      case .looked(let history):
        let known = history.stretches.last { columns.column(of: Int(exactly: $0.steps.lowerBound) ?? 0) <= last }
        latest = max(latest, known?.steps.upperBound ?? 0)
        return ChartReading(name: name(of: curve), role: curve.role, bucket: known?.values)
      }
    }
    let (first, end) =
      columns.width.map { (Int(columns.steps.lowerBound) + beside.lowerBound * $0 + 1, columns.step(of: last)) }
      ?? (Int(exactly: latest) ?? 0, Int(exactly: latest) ?? 0)
    let place = first == end ? "step \(end.grouped)" : "steps \(first.grouped)–\(end.grouped)"
    func line(_ place: String, _ words: (ChartReading) -> [SeriesChart.Piece]) -> [SeriesChart.Piece] {
      [.init(place, .text)] + readings.flatMap { [.init(place.isEmpty ? "" : "  ", .text)] + words($0) }
    }
    return [
      line(place) { $0.mean + $0.extent + $0.smoothed + $0.trouble }, line(place) { $0.mean + $0.extent + $0.trouble },
      line(place) { $0.mean + $0.trouble }, line(place) { $0.brief }, line(end.grouped) { $0.brief },
      line("") { $0.brief },
    ]
  }
}

/// Where steps are in a chart.
private struct Columns {
  let steps: ClosedRange<Double>
  /// Steps of a column, if it holds whole ones: it begins after the last step of the column before.
  let width: Int?
  /// Up to the last step of the run; courses that were left may have more.
  let count: Int
  /// The last step of the run.
  let reached: Int

  init(steps: ClosedRange<Double>, width: Int, count: Int, reached: Int) {
    self.steps = steps
    self.width = width
    self.count = count
    self.reached = reached
  }

  /// For figures that are not known at every step.
  init(steps: ClosedRange<Double>) {
    self.steps = steps
    width = nil
    count = Int(min(Double(FigureHistory.mostColumns), max(1, steps.upperBound - steps.lowerBound)))
    reached = Int(steps.upperBound)
  }

  /// The column of a step, or the nearest that is shown.
  func column(of step: Int) -> Int {
    guard let width else { return FigureHistory.column(of: Double(step), in: steps, columns: count) }
    return min(max(0, (step - 1 - Int(steps.lowerBound)) / width), max(0, count - 1))
  }

  /// A step of a column: its last one where it holds whole ones, else its first.
  func step(of column: Int) -> Int {
    if let width { return min(Int(steps.lowerBound) + (column + 1) * width, reached) }
    guard column < count - 1 else { return reached }
    let start = steps.lowerBound + (steps.upperBound - steps.lowerBound) * Double(column) / Double(count)
    let step = Int(start.rounded(.up))
    return self.column(of: step) < column ? step + 1 : step
  }
}

extension ArraySlice<MetricBucket> {
  fileprivate var merged: MetricBucket? { dropFirst().reduce(into: first) { $0?.merge($1) } }
}

extension String {
  /// Of `log 2: V = −log 4` what is said where there is little room.
  fileprivate var untilColon: String { String(prefix { $0 != ":" }) }
}
