// What a model measures, declared once: by the key that files know it by, the label that a person reads, and what it means.
// Screen, journal, help, TensorBoard and tables are loops over such declarations.

/// One figure of a model.
package struct Figure: Hashable, Sendable, Identifiable {
  /// The name in files, flags and TensorBoard: a contract; new ones may join.
  package struct Key: Hashable, Sendable, RawRepresentable, ExpressibleByStringLiteral, Comparable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
    package init(stringLiteral value: String) { rawValue = value }
    package static func < (a: Key, b: Key) -> Bool { a.rawValue < b.rawValue }
  }

  /// How a value is said.
  package enum Unit: Hashable, Sendable {
    case none, nats, decibels
    /// A share of 0…1, said in percent.
    case share
    /// A whole number, said with the figure that it is a part of.
    case count(of: Key?)
  }

  /// Which of a theme's colours a curve takes.
  package enum Colour: String, Hashable, Sendable { case discriminator, generator, data, optimum }

  /// A value to compare with: a number, or another figure.
  package enum Reference: Hashable, Sendable {
    case line(Double, String)
    case figure(Key, String)
  }

  /// How often there is a new value.
  package enum Cadence: String, Hashable, Sendable {
    /// The training tells it at every step.
    case everyStep = "step"
    /// Measured at each look, on held-out data and noise of its own.
    case everyLook = "look"
    /// Measured when a checkpoint is saved, or on request: it takes seconds.
    case rarely
  }

  /// What may be read into it, whatever its name: verdicts go by this.
  package enum Sense: String, Hashable, Sendable {
    case lossOfDiscriminator, lossOfGenerator, loss
    case scoreOnReal, scoreOnFake
    /// Less is closer to the data.
    case divergence
    /// More is closer to the data.
    case coverage
    case none
  }

  package var key: Key
  /// As short as a column: `D(G(z))`.
  package var label: String
  package var unit: Unit
  /// Figures of the same chart are drawn over one another; `nil` for a number only.
  package var chart: String?
  package var colour: Colour
  package var reference: Reference?
  /// The key of its standard error, where there is one.
  package var error: Key?
  package var cadence: Cadence
  package var sense: Sense
  /// One sentence for somebody who sees the label for the first time. Empty for a figure that is only a part of another.
  package var meaning: String

  package var id: Key { key }

  package init(
    _ key: Key, _ label: String, unit: Unit = .none, chart: String? = nil, colour: Colour = .data,
    reference: Reference? = nil, error: Key? = nil, cadence: Cadence = .everyLook, sense: Sense = .none,
    meaning: String = ""
  ) {
    self.key = key
    self.label = label
    self.unit = unit
    self.chart = chart
    self.colour = colour
    self.reference = reference
    self.error = error
    self.cadence = cadence
    self.sense = sense
    self.meaning = meaning
  }
}

/// The values of one moment, all of them from one look. What does not apply, or is not finite, is not there.
package struct Readings: Hashable, Sendable {
  private var values: [Figure.Key: Double] = [:]

  package init(_ values: [Figure.Key: Double] = [:]) {
    for (key, value) in values { self[key] = value }
  }

  package subscript(key: Figure.Key) -> Double? {
    get { values[key] }
    set { values[key] = newValue.flatMap { $0.isFinite ? $0 : nil } }
  }

  package var isEmpty: Bool { values.isEmpty }
  /// In a fixed order.
  package var keys: [Figure.Key] { values.keys.sorted() }

  /// Takes in later values.
  package mutating func merge(_ other: Readings) { values.merge(other.values) { $1 } }
}
