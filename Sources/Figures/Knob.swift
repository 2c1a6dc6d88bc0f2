// What a person may choose about a model: declared by the model, set with `--set key=value`, listed by help.

package struct Knob: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case number(ClosedRange<Double>)
    case count(ClosedRange<Int>)
    case choice([String])
  }

  package enum Value: Hashable, Sendable, CustomStringConvertible {
    case number(Double)
    case count(Int)
    case choice(String)

    package var description: String {
      switch self {
      case .number(let number): number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
      case .count(let count): "\(count)"
      case .choice(let name): name
      }
    }
  }

  /// By which `--set` knows it.
  package let key: String
  package let kind: Kind
  package let initial: Value
  /// One line for a person.
  package let meaning: String

  private init(_ key: String, _ kind: Kind, _ initial: Value, _ meaning: String) {
    self.key = key
    self.kind = kind
    self.initial = initial
    self.meaning = meaning
  }

  package static func number(
    _ key: String, _ initial: Double, in range: ClosedRange<Double>, _ meaning: String
  ) -> Knob { Knob(key, .number(range), .number(initial), meaning) }

  package static func count(_ key: String, _ initial: Int, in range: ClosedRange<Int>, _ meaning: String) -> Knob {
    Knob(key, .count(range), .count(initial), meaning)
  }

  package static func choice(_ key: String, _ initial: String, of names: [String], _ meaning: String) -> Knob {
    Knob(key, .choice(names), .choice(initial), meaning)
  }

  /// What it may be set to, in words.
  package var domain: String {
    switch kind {
    case .number(let range): "\(Value.number(range.lowerBound)) to \(Value.number(range.upperBound))"
    case .count(let range): "\(range.lowerBound) to \(range.upperBound)"
    case .choice(let names): names.joined(separator: ", ")
    }
  }

  /// `nil` for what is no value of this knob.
  package func value(_ text: String) -> Value? {
    switch kind {
    case .number(let range): Double(text).flatMap { range.contains($0) ? .number($0) : nil }
    case .count(let range): Int(text).flatMap { range.contains($0) ? .count($0) : nil }
    case .choice(let names): names.contains(text) ? .choice(text) : nil
    }
  }
}

/// Why a setting is refused: what was said, and what there is.
package enum KnobError: Error, Hashable, Sendable, CustomStringConvertible {
  case unknown(key: String, knobs: [Knob])
  case refused(text: String, knob: Knob)

  package var description: String {
    switch self {
    case .unknown(let key, let knobs):
      "there is no “\(key)” to set; there are: " + knobs.map { "\($0.key) (\($0.domain))" }.joined(separator: ", ")
    case .refused(let text, let knob): "\(knob.key) cannot be “\(text)”: it is one of \(knob.domain)"
    }
  }
}

/// The knobs of a model, and where they stand.
package struct KnobSettings: Hashable, Sendable {
  package let knobs: [Knob]
  private var changes: [String: Knob.Value] = [:]

  package init(_ knobs: [Knob]) { self.knobs = knobs }

  package mutating func set(_ key: String, to text: String) throws(KnobError) {
    guard let knob = knobs.first(where: { $0.key == key }) else { throw .unknown(key: key, knobs: knobs) }
    guard let value = knob.value(text) else { throw .refused(text: text, knob: knob) }
    changes[key] = value == knob.initial ? nil : value
  }

  /// What stands elsewhere than where the model has it, in the order of the knobs.
  package var changed: [(key: String, value: Knob.Value)] {
    knobs.compactMap { knob in changes[knob.key].map { (knob.key, $0) } }
  }

  package func value(_ key: String) -> Knob.Value {
    guard let knob = knobs.first(where: { $0.key == key }) else {
      fatalError("settings: the knob “\(key)” is used and not declared")
    }
    return changes[key] ?? knob.initial
  }

  /// Samples of a move; 1 for a model that has none.
  package var batchSize: Int { has("batch") ? count("batch") : 1 }

  package func has(_ key: String) -> Bool { knobs.contains { $0.key == key } }

  package func number(_ key: String) -> Double {
    guard case .number(let number) = value(key) else { fatalError("settings: “\(key)” is no number") }
    return number
  }

  package func count(_ key: String) -> Int {
    guard case .count(let count) = value(key) else { fatalError("settings: “\(key)” is no count") }
    return count
  }

  package func choice(_ key: String) -> String {
    guard case .choice(let name) = value(key) else { fatalError("settings: “\(key)” is no choice") }
    return name
  }
}
