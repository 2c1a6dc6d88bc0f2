// The memory that programs compute in. Programs that never run at the same time can share one: a game's two halves and
// its samplers then take no more than the largest of them.

/// A computation whose memory is planned but not yet taken.
package struct ProgramPlan {
  let compiler: Compiler
  let workers: Workers

  /// See `Program.init`.
  package init(
    _ graph: Graph, outputs: [Tensor], parameters: ParameterStore, workers: Workers,
    granularity: Granularity = .measured,
    precision: Precision = .f32
  ) {
    self.compiler = Compiler(
      graph, outputs: outputs.map(\.index), parameters, threads: workers.threads, granularity, precision)
    self.workers = workers
  }
}

/// An arena for values, and scratch for threads.
package final class Workspace {
  let arena: FloatBuffer
  private(set) var scratch = FloatBuffer(count: 0)

  /// Memory that nobody has written is not a number, so that whoever reads it is found out.
  ///
  /// - Parameter plans: all that are to fit.
  package init(for plans: [ProgramPlan]) {
    arena = FloatBuffer(count: plans.map(\.compiler.arenaSize).max() ?? 0, filledWith: .nan)
  }

  package func fits(_ plan: ProgramPlan) -> Bool { plan.compiler.arenaSize <= arena.count }

  func reserveScratch(_ floats: Int) {
    if floats > scratch.count { scratch = FloatBuffer(count: floats) }
  }
}
