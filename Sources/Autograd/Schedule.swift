// From the graph to an ordered list of steps. Element-wise nodes and the sums behind them are gathered into chains,
// each of which will be one pass over memory; everything else is a step of its own.
//
// The rule is greedy and simple: nodes come in the order of recording; a node may enter any chain over the same space
// that runs no earlier than its operands exist, and enters the first that already holds something it reads. A cheap
// function of one value is no value of its own: every chain that reads it computes it anew, which costs less than to
// keep it in memory from the forward to the backward pass.

/// A value in memory as a step reads it: a node that has memory of its own, and where in it the view begins.
struct View: Hashable {
  let node: Int
  /// Elements.
  let offset: Int
}

/// Element-wise nodes over one space, and the sums at their end.
struct Chain {
  struct Input: Hashable {
    let view: View
    let access: Access
  }

  /// More would not fit the tile interpreter's slots.
  static let maximumInputs = 16
  static let maximumMembers = 24

  /// Elements of the space, and its columns where an input or a sum fixes them.
  let count: Int
  var columns: Int?
  /// Element-wise nodes in order, and sums.
  var members: [Int] = []
  var sinks: [Int] = []
  var inputs: [Input] = []

  func holds(_ node: Int) -> Bool { members.contains(node) }
}

enum Step {
  case chain(Chain)
  case single(Int)
}

struct Schedule {
  let graph: Graph
  private(set) var steps: [Step] = []
  /// For each node: the step that computes it; −1 for what is there before the first.
  private var position: [Int: Int] = [:]
  /// Broadcasts that need memory of their own, because some user cannot read them spread.
  private var copied: Set<Int> = []
  /// Nodes that each chain computes anew.
  private var recomputed: Set<Int> = []

  /// Orders what `outputs` and the graph's effects need.
  init(_ graph: Graph, outputs: [Int]) {
    self.graph = graph
    let live = graph.ancestors(of: outputs + graph.effects)
    findCopies(live, outputs: Set(outputs))
    findRecomputed(live, outputs: Set(outputs))
    for index in live where !graph.nodes[index].operation.isEffect { place(index) }
    for index in graph.effects { append(.single(index), for: index) }
  }

  /// Whether a step computes this node, rather than that it is there from the beginning.
  func computes(_ index: Int) -> Bool { (position[index] ?? -1) >= 0 }

  // MARK: What a node reads

  /// The memory behind a node: reshapes, detached values and whole-row slices are views of their operand.
  func view(_ index: Int) -> View {
    let node = graph.nodes[index]
    switch node.operation {
    case .reshape, .detach: return view(node.operands[0])
    case .slice(let axis, let start):
      let (outer, _, inner) = graph.nodes[node.operands[0]].shape.split(at: axis)
      guard outer == 1 else { return View(node: index, offset: 0) }
      let base = view(node.operands[0])
      return View(node: base.node, offset: base.offset + start * inner)
    case .broadcast where !copied.contains(index): return view(node.operands[0])
    default: return View(node: index, offset: 0)
    }
  }

  /// What an element-wise node reads of each operand: the memory, and how it is spread over the node's space.
  func reads(_ index: Int) -> [(input: Chain.Input, columns: Int?)] {
    graph.nodes[index].operands.map { read($0) }
  }

  func read(_ operand: Int) -> (input: Chain.Input, columns: Int?) {
    let node = graph.nodes[operand]
    switch node.operation {
    // The same elements in the same order: what is spread stays spread.
    case .reshape, .detach: return read(node.operands[0])
    case .broadcast where !copied.contains(operand):
      guard let spread = Spread(graph.nodes[node.operands[0]].shape, over: node.shape) else { break }
      return (Chain.Input(view: view(operand), access: spread.access), spread.columns)
    default: break
    }
    return (Chain.Input(view: view(operand), access: .whole), nil)
  }

  // MARK: Broadcasts that need memory

  private mutating func findCopies(_ live: [Int], outputs: Set<Int>) {
    for index in live {
      let node = graph.nodes[index]
      switch node.operation {
      case .reshape, .detach: continue
      default: break
      }
      var columns: Int?
      for operand in node.operands {
        guard let source = broadcast(behind: operand) else { continue }
        let spread = Spread(graph.nodes[graph.nodes[source].operands[0]].shape, over: graph.nodes[source].shape)
        let agrees = spread.map { $0.columns == nil || columns == nil || $0.columns == columns } ?? false
        guard node.operation.joinsChains, agrees, joinable(index) else {
          copied.insert(source)
          continue
        }
        columns = spread?.columns ?? columns
      }
    }
    for output in outputs {
      if let source = broadcast(behind: output) { copied.insert(source) }
    }
  }

  /// The broadcast that a node is, or is a view of.
  private func broadcast(behind index: Int) -> Int? {
    switch graph.nodes[index].operation {
    case .broadcast: index
    case .reshape, .detach: broadcast(behind: graph.nodes[index].operands[0])
    default: nil
    }
  }

  /// Whether a node can be in a chain: element-wise nodes can, sums where they end one.
  private func joinable(_ index: Int) -> Bool {
    let node = graph.nodes[index]
    guard case .sum = node.operation else { return true }
    guard let spread = Spread(node.shape, over: graph.nodes[node.operands[0]].shape) else { return false }
    // A sum over a spread value would have to agree with it about the columns; it is rare, so it is not tried.
    return spread.access != .whole && broadcast(behind: node.operands[0]) == nil
  }

  // MARK: What is computed anew

  private mutating func findRecomputed(_ live: [Int], outputs: Set<Int>) {
    var readers: [Int: [Int]] = [:]
    for index in live {
      for operand in graph.nodes[index].operands { readers[operand, default: []].append(index) }
    }
    /// Whether all that read a node are chains, which can hold it.
    func isReadByChains(_ index: Int) -> Bool {
      guard !outputs.contains(index), let readers = readers[index] else { return false }
      return readers.allSatisfy { reader in
        switch graph.nodes[reader].operation {
        case .unary, .binary: true
        case .sum: joinable(reader)
        case .reshape, .detach: isReadByChains(reader)
        default: false
        }
      }
    }
    for index in live where graph.nodes[index].operation.isCheap {
      if broadcast(behind: graph.nodes[index].operands[0]) == nil, isReadByChains(index) { recomputed.insert(index) }
    }
  }

  /// What a node reads if what is computed anew is computed in its own chain: those nodes, in order, and what is read
  /// from elsewhere.
  private func needs(_ index: Int) -> (members: [Int], reads: [(input: Chain.Input, columns: Int?)]) {
    var members: [Int] = []
    var inputs: [(input: Chain.Input, columns: Int?)] = []
    for read in reads(index) {
      guard read.input.access == .whole, recomputed.contains(read.input.view.node) else {
        inputs.append(read)
        continue
      }
      let inner = needs(read.input.view.node)
      for member in inner.members + [read.input.view.node] where !members.contains(member) { members.append(member) }
      inputs += inner.reads
    }
    return (members, inputs)
  }

  // MARK: Placing

  private mutating func place(_ index: Int) {
    let operation = graph.nodes[index].operation
    switch operation {
    case _ where recomputed.contains(index): break
    case .input, .constant, .parameter: position[index] = -1
    case .reshape, .detach: break
    case .slice, .broadcast: if view(index).node == index { append(.single(index), for: index) }
    case .unary, .binary: join(index)
    case .sum where joinable(index): join(index)
    default: append(.single(index), for: index)
    }
  }

  private mutating func append(_ step: Step, for index: Int) {
    steps.append(step)
    position[index] = steps.count - 1
  }

  private mutating func join(_ index: Int) {
    let node = graph.nodes[index]
    var isSink = false
    if case .sum = node.operation { isSink = true }
    let (extra, reads) = needs(index)
    let count = isSink ? graph.nodes[node.operands[0]].shape.count : node.shape.count
    var columns = reads.compactMap(\.columns).first
    if isSink {
      columns = Spread(node.shape, over: graph.nodes[node.operands[0]].shape)?.columns
    }

    let earliest = reads.map { earliestStep(after: $0.input) }.max() ?? 0
    for candidate in max(0, earliest)..<max(0, earliest, steps.count) {
      guard case .chain(var chain) = steps[candidate], chain.count == count,
        chain.columns == nil || columns == nil || chain.columns == columns,
        reads.contains(where: { chain.holds($0.input.view.node) || chain.inputs.contains($0.input) })
      else { continue }
      guard add(index, isSink, extra, reads, columns, to: &chain) else { continue }
      steps[candidate] = .chain(chain)
      position[index] = candidate
      return
    }
    var chain = Chain(count: count)
    guard add(index, isSink, extra, reads, columns, to: &chain) else {
      fatalError("schedule: \(node) does not fit a chain")
    }
    append(.chain(chain), for: index)
  }

  /// The first step that may read an input: the producer's own chain, where the value is there element by element.
  private func earliestStep(after input: Chain.Input) -> Int {
    let producer = position[input.view.node] ?? -1
    guard producer >= 0, case .chain(let chain) = steps[producer], chain.holds(input.view.node),
      input.access == .whole, input.view.offset == 0
    else { return producer + 1 }
    return producer
  }

  private func add(
    _ index: Int, _ isSink: Bool, _ extra: [Int], _ reads: [(input: Chain.Input, columns: Int?)], _ columns: Int?,
    to chain: inout Chain
  ) -> Bool {
    let extra = extra.filter { !chain.holds($0) }
    var inputs = chain.inputs
    for read in reads where !(chain.holds(read.input.view.node) && read.input.access == .whole) {
      if !inputs.contains(read.input) { inputs.append(read.input) }
    }
    guard inputs.count <= Chain.maximumInputs,
      chain.members.count + chain.sinks.count + extra.count < Chain.maximumMembers
    else {
      return false
    }
    chain.inputs = inputs
    chain.columns = chain.columns ?? columns
    chain.members += extra
    if isSink { chain.sinks.append(index) } else { chain.members.append(index) }
    return true
  }
}

extension Operation {
  /// Whether computing this again costs less than reading it from memory.
  fileprivate var isCheap: Bool {
    switch self {
    case .unary(.affine), .unary(.leakyStep), .unary(.square), .unary(.absolute), .unary(.sign): true
    default: false
    }
  }

  /// Whether a node of this kind may be part of a chain.
  fileprivate var joinsChains: Bool {
    switch self {
    case .unary, .binary, .sum: true
    default: false
    }
  }
}

extension Graph {
  /// All nodes that `roots` need, roots included, in the order of recording.
  func ancestors(of roots: [Int]) -> [Int] {
    var needed = [Bool](repeating: false, count: nodes.count)
    for root in roots { needed[root] = true }
    for index in stride(from: nodes.count - 1, through: 0, by: -1) where needed[index] {
      for operand in nodes[index].operands { needed[operand] = true }
    }
    return needed.indices.filter { needed[$0] }
  }
}
