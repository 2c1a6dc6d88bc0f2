// Parameters live in one flat buffer with named slices: an optimiser's step is one kernel over one buffer, a
// checkpoint is one write, and all programs of a model (D's step, G's step, sampling) share it.

/// A named slice of the flat buffer.
package struct Parameter: Hashable, Sendable {
  package let name: String
  package let shape: Shape
  /// The first element's place in the flat buffer; a multiple of 16, so that every slice begins a cache line.
  package let offset: Int
  /// Whether an optimiser changes it; a running statistic is only assigned.
  package let isTrained: Bool
}

/// A part of the flat buffer that one optimiser owns, with its moments' place and its step counter.
package struct ParameterRange: Hashable, Sendable {
  package let name: String
  /// Elements of the flat buffer. Padding and running statistics among them have no gradient and keep their values.
  package let elements: Range<Int>
  /// Those that are trained.
  package let parameters: [Parameter]
  /// Where the two moments of each element begin; `elements.count` each.
  let firstMoment: Int
  let secondMoment: Int
  /// Which of the counters counts this range's updates.
  let counter: Int

  /// Its place among the ranges of its layout.
  package var number: Int { counter }
}

/// Lays out the flat buffer before it exists.
package struct ParameterLayout: Sendable {
  package private(set) var parameters: [Parameter] = []
  package private(set) var ranges: [ParameterRange] = []
  /// Elements so far, padding included.
  package private(set) var count = 0

  package init() {}

  /// Appends a slice. Names must be unique: they are the keys of checkpoints.
  package mutating func add(_ name: String, _ shape: Shape, isTrained: Bool = true) -> Parameter {
    guard !parameters.contains(where: { $0.name == name }) else { fatalError("parameter \(name) is laid out twice") }
    let parameter = Parameter(name: name, shape: shape, offset: reserve(shape.count), isTrained: isTrained)
    parameters.append(parameter)
    return parameter
  }

  /// Makes everything added since `start` (a former `count`) one optimiser's range, and reserves its moments.
  package mutating func makeRange(_ name: String, since start: Int) -> ParameterRange {
    let elements = start..<count
    let members = parameters.filter { $0.isTrained && elements.contains($0.offset) }
    let first = reserve(elements.count)
    let second = reserve(elements.count)
    let range = ParameterRange(
      name: name, elements: elements, parameters: members, firstMoment: first, secondMoment: second,
      counter: ranges.count)
    ranges.append(range)
    return range
  }

  /// A named part of the flat buffer.
  package struct Slice: Hashable, Sendable {
    package let name: String
    package let shape: Shape
    package let elements: Range<Int>
  }

  /// All that a training knows: parameters and running statistics under their names, then both moments of what is trained.
  /// What is not in any of them is padding, and 0.
  package var slices: [Slice] {
    func slice(_ name: String, _ parameter: Parameter, at offset: Int) -> Slice {
      Slice(name: name, shape: parameter.shape, elements: offset..<offset + parameter.shape.count)
    }
    let own = parameters.map { slice($0.name, $0, at: $0.offset) }
    let moments = ranges.flatMap { range in
      [("first", range.firstMoment), ("second", range.secondMoment)].flatMap { order, start in
        range.parameters.map {
          slice("\(order)_moment.\($0.name)", $0, at: start + $0.offset - range.elements.lowerBound)
        }
      }
    }
    return own + moments
  }

  private mutating func reserve(_ elements: Int) -> Int {
    let offset = count
    count += (elements + 15) / 16 * 16
    return offset
  }
}
