// What one figure of a chart was at the crosshair, in words; and how the figures of a chart are told apart.

import Figures
import TerminalUI
import Training

struct ChartReading {
  var name: String
  var role: Role
  var bucket: MetricBucket?
  var smoothing: Int?

  private typealias Piece = SeriesChart.Piece

  private func exact(_ value: Float) -> String { "\(value)".replacing("-", with: "−") }
  private func named(_ text: String) -> String { name.isEmpty ? text : "\(name) \(text)" }

  var mean: [SeriesChart.Piece] {
    guard let bucket, bucket.count > 0 else { return [Piece(named("–"), role)] }
    return [Piece(named(exact(Float(bucket.mean))), role)]
  }

  var brief: [SeriesChart.Piece] {
    guard let bucket, bucket.count > 0 else { return mean }
    return [Piece(named(NumberLabel.short(bucket.mean)) + " ", role)]
  }

  var extent: [SeriesChart.Piece] {
    guard let bucket, bucket.count > 1 else { return [] }
    return [Piece(" (\(exact(bucket.minimum)) to \(exact(bucket.maximum)))", .dim)]
  }

  var smoothed: [SeriesChart.Piece] {
    guard let smoothing, let bucket else { return [] }
    return [Piece(" smoothed \(NumberLabel.fixed(Double(bucket.smoothed[smoothing]), decimals: 4))", .dim)]
  }

  var trouble: [SeriesChart.Piece] {
    guard let bucket, bucket.broken > 0 else { return [] }
    return [Piece(" \(bucket.steps == 1 ? "" : "\(bucket.broken.grouped) ")not finite", .bad)]
  }
}

extension [Figure] {
  /// A colour for each: its own, or where another figure of the chart has it, one that is left.
  var roles: [Role] {
    var left: [Role] = [.discriminator, .generator, .dataDensity, .optimum, .modelDensity, .discriminatorOutput]
    return map { figure in
      let role = left.contains(figure.colour.role) ? figure.colour.role : left.first ?? figure.colour.role
      left.removeAll { $0 == role }
      return role
    }
  }

  /// To be told apart without colours.
  var strokes: [PlotCanvas.Stroke] {
    let strokes: [PlotCanvas.Stroke] = [.solid, .dotted, .dashed, .thin]
    return indices.map { strokes[$0 % strokes.count] }
  }

  /// What they are compared with, equal values once.
  func references(_ readings: Readings) -> [SeriesChart.Reference] {
    var found: [SeriesChart.Reference] = []
    for figure in self {
      let reference: SeriesChart.Reference? =
        switch figure.reference {
        case .line(let value, let label)?: .init(value: value, label: label)
        case .figure(let key, let label)?: readings[key].map { .init(value: $0, label: label) }
        case nil: nil
        }
      if let reference, !found.contains(where: { $0.value == reference.value }) { found.append(reference) }
    }
    return found
  }
}

extension Figure {
  /// In a chart of losses, whose each is: `D` for `D's loss`.
  var shortName: String { label.hasSuffix("'s loss") ? String(label.dropLast(7)) : label }
}

extension Figure.Colour {
  fileprivate var role: Role {
    switch self {
    case .discriminator: .discriminator
    case .generator: .generator
    case .data: .dataDensity
    case .optimum: .optimum
    }
  }
}

extension Figure.Unit {
  /// Beside an axis.
  var word: String {
    switch self {
    case .nats: "nats"
    case .decibels: "dB"
    case .none, .share, .count: ""
    }
  }
}
