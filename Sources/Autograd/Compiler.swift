// From a schedule to memory and instructions. What is decided here is decided once: where each value lies, which
// steps two threads share, and in what form each chain runs.

import CKernels

/// What a program consists of.
struct Compiled {
  let instructions: [Instruction]
  /// Where inputs and outputs lie, by node.
  let places: [Int: UnsafeMutablePointer<Float>]
  /// What lives as long as the program.
  let kept: FloatBuffer
  let tables: Tables
  /// Floats of scratch for each thread.
  let scratch: Int
}

struct Compiler {
  let graph: Graph
  let schedule: Schedule
  let parameters: ParameterStore
  let threads: Int
  let granularity: Granularity
  let precision: Precision
  let tables = Tables()

  private let outputs: [Int]
  private let plan: MemoryPlan
  /// Values that live as long as the program: inputs, constants, and gradients (between which running statistics have
  /// zeros, so that no optimiser moves them).
  private let fixed: [Int: Int]
  private let kept: FloatBuffer
  /// Where each update's gradients lie, by the update's node.
  private let gradientBlocks: [Int: Int]
  private var arena: FloatBuffer?

  private(set) var instructions: [Instruction] = []
  private(set) var scratch = 0
  /// Whether the instruction before is shared by the threads; it decides where they must meet.
  private var previousIsShared = false

  init(
    _ graph: Graph, outputs: [Int], _ parameters: ParameterStore, threads: Int, _ granularity: Granularity,
    _ precision: Precision
  ) {
    self.graph = graph
    self.outputs = outputs
    self.parameters = parameters
    let schedule = Schedule(graph, outputs: outputs)
    self.schedule = schedule
    self.granularity = granularity
    self.precision = precision
    self.threads = threads > 1 && graph.cost(schedule) >= granularity.program ? threads : 1

    var fixed: [Int: Int] = [:]
    var blocks: [Int: Int] = [:]
    var size = 0
    for index in graph.ancestors(of: outputs + graph.effects) {
      switch graph.nodes[index].operation {
      case .input, .constant:
        fixed[index] = size
        size += MemoryPlan.padded(graph.nodes[index].shape.count)
      case .update(_, let range):
        blocks[index] = size
        size += range.elements.count
      default: break
      }
    }
    Self.placeGradients(graph, schedule, blocks, &fixed)
    self.fixed = fixed
    self.gradientBlocks = blocks
    let lifetimes = Lifetimes(graph, schedule, outputs: outputs)
    self.plan = MemoryPlan(lifetimes.values.filter { fixed[$0.node] == nil }, steps: schedule.steps.count)
    self.kept = FloatBuffer(count: size)
  }

  /// Floats that the arena must have.
  var arenaSize: Int { plan.size }

  /// Lowers every step.
  ///
  /// - Parameter arena: of at least `arenaSize` floats.
  consuming func finish(in arena: FloatBuffer) -> Compiled {
    self.arena = arena
    for (index, offset) in fixed {
      if case .constant(let value) = graph.nodes[index].operation { kept.base[offset] = value }
    }
    for step in schedule.steps {
      switch step {
      case .chain(let chain): lower(chain)
      case .single(let index): lower(index)
      }
    }
    var places: [Int: UnsafeMutablePointer<Float>] = [:]
    for index in outputs + graph.nodes.indices.filter({ fixed[$0] != nil }) {
      let view = schedule.view(index)
      places[index] = place(view)
    }
    return Compiled(
      instructions: instructions, places: places, kept: kept, tables: tables, scratch: MemoryPlan.padded(scratch))
  }

  // MARK: Places

  /// The address of a view, in the arena or among the parameters.
  func place(_ view: View) -> UnsafeMutablePointer<Float> {
    if case .parameter(let parameter) = graph.nodes[view.node].operation {
      return parameters.values.base + parameter.offset + view.offset
    }
    if let offset = fixed[view.node] { return kept.base + offset + view.offset }
    guard let arena, let offset = plan.offsets[view.node] else {
      fatalError("compiler: \(graph.nodes[view.node].operation) has no memory")
    }
    return arena.base + offset + view.offset
  }

  /// The address of a node's value.
  func place(_ node: Int) -> UnsafeMutablePointer<Float> { place(schedule.view(node)) }

  func hasPlace(_ node: Int) -> Bool { fixed[node] != nil || plan.offsets[node] != nil }

  /// Where the gradients of an update's range begin.
  func gradients(of update: Int) -> UnsafeMutablePointer<Float> {
    guard let offset = gradientBlocks[update] else { fatalError("compiler: node \(update) is no update") }
    return kept.base + offset
  }

  /// Lets a gradient be computed where its optimiser reads it, in the order of the parameters, so that nothing is copied.
  private static func placeGradients(
    _ graph: Graph, _ schedule: Schedule, _ blocks: [Int: Int], _ fixed: inout [Int: Int]
  ) {
    for (index, block) in blocks {
      guard case .update(_, let range) = graph.nodes[index].operation else { continue }
      let gradients = graph.nodes[index].operands.suffix(range.parameters.count)
      for (parameter, gradient) in zip(range.parameters, gradients) {
        let view = schedule.view(gradient)
        guard view.offset == 0, fixed[view.node] == nil, schedule.computes(view.node),
          graph.nodes[view.node].shape.count == parameter.shape.count
        else { continue }
        fixed[view.node] = block + parameter.offset - range.elements.lowerBound
      }
    }
  }

  // MARK: Emitting

  mutating func emit(_ kind: Instruction.Kind, sharing: Bool = false) {
    let isShared = sharing && threads > 1
    let meets = threads > 1 && !instructions.isEmpty && (isShared || previousIsShared)
    instructions.append(Instruction(kind: kind, isShared: isShared, meetsBefore: meets))
    previousIsShared = isShared
  }

  mutating func reserveScratch(_ floats: Int) { scratch = max(scratch, floats) }
}

/// From when to when each value in the arena is needed.
private struct Lifetimes {
  private(set) var values: [MemoryPlan.Value] = []

  init(_ graph: Graph, _ schedule: Schedule, outputs: [Int]) {
    let end = schedule.steps.count
    var born: [Int: Int] = [:]
    var last: [Int: Int] = [:]
    for (position, step) in schedule.steps.enumerated() {
      switch step {
      case .single(let index):
        if !graph.nodes[index].operation.isEffect { born[index] = position }
        for operand in graph.nodes[index].operands { last[schedule.view(operand).node] = position }
      case .chain(let chain):
        for index in chain.members + chain.sinks { born[index] = position }
        for input in chain.inputs { last[input.view.node] = position }
      }
    }
    for output in outputs { last[schedule.view(output).node] = end }
    // A value that nobody reads after its own step needs no memory: it stays in its chain's tiles.
    for (index, begin) in born.sorted(by: { $0.key < $1.key }) {
      guard let finish = last[index] else { continue }
      values.append(.init(node: index, count: graph.nodes[index].shape.count, lifetime: begin...max(begin, finish)))
    }
  }
}
