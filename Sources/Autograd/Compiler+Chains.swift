// A chain as one instruction: slots for its values, pairs of steps that the interpreter does as one, its sums.

import CKernels

extension Compiler {
  mutating func lower(_ chain: Chain) {
    let form = ChainForm(chain, graph, schedule, isStored: hasPlace)
    let columns = chain.columns ?? chain.count
    let rows = chain.count / columns
    let sharing = threads > 1 && chain.count * max(1, form.steps.count) >= granularity.elements

    let inputs = chain.inputs.map { ck_fused_input(data: UnsafePointer(place($0.view)), access: $0.access.code) }
    let outputs = form.stored.map { Optional(place($0)) }
    let sums = chain.sinks.map { (index: $0, spread: sinkKind($0)) }
    let parts = sharing ? threads : 1
    var pieces = 0
    var sinks: [ck_sink] = []
    var joins: [Instruction.Kind] = []
    for sum in sums {
      let place = place(sum.index)
      let count = graph.nodes[sum.index].shape.count
      let slot = form.slot(of: graph.nodes[sum.index].operands[0], schedule)
      if parts == 1 || sum.spread == CK_SUM_COLUMNS_AWAY {
        sinks.append(ck_sink(data: place, stride: 0, kind: Int32(sum.spread.rawValue), slot: slot))
      } else {
        // Every thread sums into a piece of its own; the pieces are added in order, so the result is the same each time.
        let stride = MemoryPlan.padded(count)
        let piece = tables.store([Float](repeating: 0, count: stride * parts))
        sinks.append(ck_sink(data: piece, stride: stride, kind: Int32(sum.spread.rawValue), slot: slot))
        joins.append(.addParts(piece, stride: stride, parts: Int32(parts), to: place, count: count))
        pieces += 1
      }
    }
    let fused = tables.store([
      ck_fused(
        rows: Int64(rows), columns: Int64(columns), inputs: tables.store(inputs), outputs: tables.store(outputs),
        steps: tables.store(form.steps), sinks: tables.store(sinks), input_count: Int32(inputs.count),
        output_count: Int32(outputs.count), temporary_count: Int32(form.temporaries),
        step_count: Int32(form.steps.count), sink_count: Int32(sinks.count))
    ])
    reserveScratch(Int(ck_fused_scratch(fused)))
    emit(.chain(fused), sharing: sharing)
    for join in joins { emit(join) }
  }

  private func sinkKind(_ index: Int) -> ck_sink_kind {
    let node = graph.nodes[index]
    switch Spread(node.shape, over: graph.nodes[node.operands[0]].shape)?.access {
    case .row: return CK_SUM_ROWS_AWAY
    case .column: return CK_SUM_COLUMNS_AWAY
    case .scalar: return CK_SUM_ALL
    case .whole, nil: fatalError("compiler: \(node) is no sum that a chain can end in")
    }
  }
}

extension Access {
  fileprivate var code: Int32 {
    switch self {
    case .whole: Int32(CK_WHOLE.rawValue)
    case .row: Int32(CK_ROW.rawValue)
    case .column: Int32(CK_COLUMN.rawValue)
    case .scalar: Int32(CK_SCALAR.rawValue)
    }
  }
}

/// The steps of a chain and the slots of its values: inputs first, then what is stored, then temporaries, which are
/// used again as soon as their last reader is through.
private struct ChainForm {
  private(set) var steps: [ck_step] = []
  /// Members whose value some other step, or the caller, reads.
  let stored: [Int]
  private(set) var temporaries = 0

  private let inputs: [Chain.Input]
  private var slots: [Int: Int32] = [:]

  init(_ chain: Chain, _ graph: Graph, _ schedule: Schedule, isStored: (Int) -> Bool) {
    self.inputs = chain.inputs
    self.stored = chain.members.filter(isStored)
    for (position, index) in stored.enumerated() { slots[index] = Int32(chain.inputs.count + position) }

    let pairs = Pairs(chain, graph, schedule, stored: Set(stored))
    let emitted = chain.members.filter { !pairs.absorbed.contains($0) }
    var lastReader: [Int: Int] = [:]
    for (position, index) in emitted.enumerated() {
      for operand in pairs.operands(of: index, schedule) { lastReader[operand.view.node] = position }
    }
    for index in chain.sinks { lastReader[schedule.view(graph.nodes[index].operands[0]).node] = .max }

    let firstTemporary = Int32(chain.inputs.count + stored.count)
    var free: [Int32] = []
    for (position, index) in emitted.enumerated() {
      let operands = pairs.operands(of: index, schedule)
      let operandSlots = operands.map(slot)
      // A tile may be overwritten by the step that reads it last: the interpreter works element by element.
      for operand in Set(operands.map(\.view.node)) where lastReader[operand] == position {
        if let slot = slots[operand], slot >= firstTemporary { free.append(slot) }
      }
      if slots[index] == nil {
        if free.isEmpty {
          slots[index] = firstTemporary + Int32(temporaries)
          temporaries += 1
        } else {
          slots[index] = free.removeLast()
        }
      }
      var step = pairs.step(of: index, graph)
      step.result = slots[index] ?? 0
      step.a = operandSlots[0]
      step.b = operandSlots.count > 1 ? operandSlots[1] : operandSlots[0]
      steps.append(step)
    }
  }

  /// The slot that a sum reads.
  func slot(of operand: Int, _ schedule: Schedule) -> Int32 {
    slot(of: Chain.Input(view: schedule.view(operand), access: .whole))
  }

  private func slot(of input: Chain.Input) -> Int32 {
    if input.access == .whole, let slot = slots[input.view.node] { return slot }
    guard let position = inputs.firstIndex(of: input) else { fatalError("compiler: a chain reads what it has not") }
    return Int32(position)
  }
}

/// Finds pairs of steps that the interpreter does as one: the first must be read by the second alone.
private struct Pairs {
  /// Members that vanish into their reader.
  private(set) var absorbed: Set<Int> = []
  private var forms: [Int: (operation: ck_operation, p: Float, operands: [Int])] = [:]
  private let graph: Graph

  init(_ chain: Chain, _ graph: Graph, _ schedule: Schedule, stored: Set<Int>) {
    self.graph = graph
    var readers: [Int: Int] = [:]
    for index in chain.members + chain.sinks {
      for operand in graph.nodes[index].operands { readers[schedule.view(operand).node, default: 0] += 1 }
    }
    func isPrivate(_ index: Int) -> Bool {
      chain.holds(index) && !stored.contains(index) && readers[index] == 1
    }
    for index in chain.members {
      let node = graph.nodes[index]
      switch node.operation {
      case .unary(.leakyReLU(let slope)):
        let inner = node.operands[0]
        guard case .binary(.add) = graph.nodes[inner].operation, isPrivate(inner) else { continue }
        absorb([inner], into: index, CK_ADD_LEAKY_RELU, slope, graph.nodes[inner].operands)
      case .binary(.multiply):
        guard let (factor, other) = privateFactor(node, isPrivate) else { continue }
        let inner = graph.nodes[factor]
        if case .unary(.leakyStep(let slope)) = inner.operation {
          absorb([factor], into: index, CK_MULTIPLY_LEAKY_STEP, slope, [other, inner.operands[0]])
        } else if inner.operation == .unary(.affine(scale: -1, offset: 1)), isPrivate(inner.operands[0]),
          graph.nodes[inner.operands[0]].operation == .unary(.square)
        {
          let square = inner.operands[0]
          absorb([factor, square], into: index, CK_MULTIPLY_TANH_SLOPE, 0, [other, graph.nodes[square].operands[0]])
        }
      default: continue
      }
    }
  }

  private mutating func absorb(
    _ members: [Int], into index: Int, _ operation: ck_operation, _ p: Float, _ operands: [Int]
  ) {
    absorbed.formUnion(members)
    forms[index] = (operation, p, operands)
  }

  /// The operand of a product that nobody else reads and that a pair may swallow, and the other one.
  private func privateFactor(_ node: Node, _ isPrivate: (Int) -> Bool) -> (factor: Int, other: Int)? {
    let (a, b) = (node.operands[0], node.operands[1])
    for (factor, other) in [(b, a), (a, b)] where isPrivate(factor) && factor != other {
      switch graph.nodes[factor].operation {
      case .unary(.leakyStep), .unary(.affine(scale: -1, offset: 1)): return (factor, other)
      default: continue
      }
    }
    return nil
  }

  func operands(of index: Int, _ schedule: Schedule) -> [Chain.Input] {
    forms[index].map { $0.operands.map { schedule.read($0).input } } ?? schedule.reads(index).map(\.input)
  }

  func step(of index: Int, _ graph: Graph) -> ck_step {
    if let form = forms[index] { return ck_step(form.operation, p: form.p) }
    switch graph.nodes[index].operation {
    case .unary(let unary): return ck_step(unary)
    case .binary(let binary): return ck_step(binary)
    default: fatalError("compiler: \(graph.nodes[index].operation) is not element-wise")
    }
  }
}

extension ck_step {
  fileprivate init(_ operation: ck_operation, p: Float = 0, q: Float = 0) {
    self.init(operation: Int32(operation.rawValue), result: 0, a: 0, b: 0, p: p, q: q)
  }

  fileprivate init(_ unary: Unary) {
    switch unary {
    case .affine(let scale, let offset): self.init(CK_AFFINE, p: scale, q: offset)
    case .exp: self.init(CK_EXP)
    case .log: self.init(CK_LOG)
    case .tanh: self.init(CK_TANH)
    case .sigmoid: self.init(CK_SIGMOID)
    case .softplus: self.init(CK_SOFTPLUS)
    case .square: self.init(CK_SQUARE)
    case .squareRoot: self.init(CK_SQUARE_ROOT)
    case .reciprocalSquareRoot: self.init(CK_RECIPROCAL_SQUARE_ROOT)
    case .reciprocal: self.init(CK_RECIPROCAL)
    case .absolute: self.init(CK_ABSOLUTE)
    case .leakyReLU(let slope): self.init(CK_LEAKY_RELU, p: slope)
    case .leakyStep(let slope): self.init(CK_LEAKY_STEP, p: slope)
    case .sign: self.init(CK_SIGN)
    }
  }

  fileprivate init(_ binary: Binary) {
    switch binary {
    case .add: self.init(CK_ADD)
    case .subtract: self.init(CK_SUBTRACT)
    case .multiply: self.init(CK_MULTIPLY)
    case .divide: self.init(CK_DIVIDE)
    case .maximum: self.init(CK_MAXIMUM)
    case .minimum: self.init(CK_MINIMUM)
    case .greater: self.init(CK_GREATER)
    }
  }
}
