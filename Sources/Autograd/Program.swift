// A compiled computation. Inputs are written, the instruction list is run, outputs are read: while it runs, nothing is
// allocated, no shape is checked, and nothing is dispatched beyond one switch an instruction.

import CKernels

package final class Program {
  /// Where inputs and outputs lie, by node.
  private let places: [Int: UnsafeMutablePointer<Float>]
  private let instructions: UnsafeBufferPointer<Instruction>
  private let kept: FloatBuffer
  private let workspace: Workspace
  /// Floats of scratch for each thread.
  private let scratchStride: Int
  /// Whether any instruction is worth more than one thread.
  private let isShared: Bool
  private let tables: Tables
  // Kept alive, because instructions point into them.
  private let parameters: ParameterStore
  private let random: RandomSource
  private let workers: Workers

  /// Where to write down what instructions take; `nil` leaves them untimed.
  package var profile: Profile?

  /// The run that threads take part in; set before they start, read by them.
  private var context: RunContext

  /// Compiles what `outputs` and the effects of `graph` need.
  ///
  /// - Parameters:
  ///   - outputs: values that can be read after a run; everything else may be overwritten while it goes on.
  ///   - parameters: the store whose layout gave the graph its parameters.
  ///   - random: what random nodes draw from; each run takes one count of it.
  ///   - workers: the team that runs the program. Small programs use its first member alone.
  ///   - granularity: what is small.
  ///   - precision: of the factors of large products.
  package convenience init(
    _ graph: Graph, outputs: [Tensor], parameters: ParameterStore, random: RandomSource, workers: Workers,
    granularity: Granularity = .measured, precision: Precision = .f32
  ) {
    let plan = ProgramPlan(
      graph, outputs: outputs, parameters: parameters, workers: workers, granularity: granularity, precision: precision)
    self.init(plan, in: Workspace(for: [plan]), random: random)
  }

  /// Compiles what was planned, to compute in a workspace that other programs may use as well: outputs are to be read
  /// before another of them runs.
  package init(_ plan: ProgramPlan, in workspace: Workspace, random: RandomSource) {
    let (parameters, workers) = (plan.compiler.parameters, plan.workers)
    let compiled = plan.compiler.finish(in: workspace.arena)
    self.places = compiled.places
    self.kept = compiled.kept
    self.workspace = workspace
    self.tables = compiled.tables
    self.instructions = UnsafeBufferPointer(
      start: compiled.tables.store(compiled.instructions), count: compiled.instructions.count)
    self.scratchStride = compiled.scratch
    self.isShared = compiled.instructions.contains(where: \.isShared)
    workspace.reserveScratch(compiled.scratch * workers.threads)
    self.parameters = parameters
    self.random = random
    self.workers = workers
    self.context = RunContext(
      key: 0, counter: 0, scratch: workspace.scratch.base, scratchStride: scratchStride)
  }

  /// Instructions in the list.
  package var instructionCount: Int { instructions.count }

  /// Fills an input, row-major.
  package func write(_ values: [Float], to input: Tensor) {
    guard values.count == input.shape.count else {
      fatalError("write: \(values.count) values for the input \(input.shape)")
    }
    place(of: input).update(from: values, count: values.count)
  }

  /// Fills a scalar input.
  package func write(_ value: Float, to input: Tensor) { place(of: input).pointee = value }

  /// Fills an input from `count` rows of `data` (row-major, `width` floats each), chosen by index.
  package func write(rows: [Int], of data: [Float], width: Int, to input: Tensor) {
    guard rows.count * width == input.shape.count else {
      fatalError("write: \(rows.count) rows of \(width) for the input \(input.shape)")
    }
    let target = place(of: input)
    data.withUnsafeBufferPointer { source in
      for (position, row) in rows.enumerated() {
        guard let start = source.baseAddress, row >= 0, (row + 1) * width <= source.count else {
          fatalError("write: row \(row) of \(source.count / max(1, width))")
        }
        (target + position * width).update(from: start + row * width, count: width)
      }
    }
  }

  /// Runs the instruction list once.
  package func run() {
    random.counter += 1
    context = RunContext(
      key: random.key, counter: random.counter, scratch: workspace.scratch.base, scratchStride: scratchStride)
    let body: ck_body = { context, thread, threads in
      guard let context else { return }
      Unmanaged<Program>.fromOpaque(context).takeUnretainedValue().execute(Int(thread), of: Int(threads))
    }
    if isShared {
      ck_workers_run(workers.handle, body, Unmanaged.passUnretained(self).toOpaque())
    } else {
      execute(0, of: 1)
    }
  }

  /// One thread's way through the list.
  private func execute(_ thread: Int, of threads: Int) {
    if let profile, thread == 0 {
      for instruction in instructions { profile.time(instruction) { execute(instruction, 0, threads) } }
    } else {
      for instruction in instructions { execute(instruction, thread, threads) }
    }
  }

  private func execute(_ instruction: borrowing Instruction, _ thread: Int, _ threads: Int) {
    if instruction.meetsBefore { ck_workers_barrier(workers.handle) }
    if instruction.isShared || thread == 0 { instruction.run(context, part: thread, parts: threads) }
  }

  /// The value of an output or an input, row-major.
  package func read(_ tensor: Tensor) -> [Float] {
    Array(UnsafeBufferPointer(start: place(of: tensor), count: tensor.shape.count))
  }

  /// The value of a scalar output.
  package func scalar(_ tensor: Tensor) -> Float { place(of: tensor).pointee }

  private func place(of tensor: Tensor) -> UnsafeMutablePointer<Float> {
    guard let place = places[tensor.index] else {
      fatalError("this program neither reads nor keeps the tensor \(tensor.node.operation) \(tensor.shape)")
    }
    return place
  }
}
