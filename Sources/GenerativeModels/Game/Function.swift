// A part of a model that can be called on rows of numbers. It is compiled when first asked for, by number of rows.

import Autograd

/// A forward pass, not yet compiled.
struct Function {
  let name: String
  /// Features of each argument's rows.
  let inputs: [Int]
  let standIns: [Parameter: Parameter]
  /// Rows that are worked through at once at the most.
  let longest: Int
  let record: ([Tensor]) -> Tensor

  /// A forward pass, compiled for a number of rows.
  struct Compiled {
    private let inputs: [Tensor]
    private let output: Tensor
    private let program: Program

    init(
      _ function: Function, rows: Int, _ store: ParameterStore, _ workers: Workers, _ workspace: Workspace
    ) {
      let graph = Graph(standIns: function.standIns)
      inputs = function.inputs.enumerated().map { graph.input("argument \($0.offset)", [rows, $0.element]) }
      output = function.record(inputs)
      // Nothing is drawn in a forward pass; a program still asks for a source.
      let plan = ProgramPlan(graph, outputs: [output], parameters: store, workers: workers)
      program = Program(
        plan, in: workspace.fits(plan) ? workspace : Workspace(for: [plan]), random: RandomSource(key: 0))
    }

    /// Any number of rows; what is missing in the last part is filled with zeros and cut off.
    func callAsFunction(_ arguments: [[Float]]) -> [Float] {
      let (part, width) = (inputs[0].shape[0], output.shape.count / inputs[0].shape[0])
      let count = arguments[0].count / inputs[0].shape[1]
      var result: [Float] = []
      result.reserveCapacity(count * width)
      for start in stride(from: 0, to: count, by: part) {
        let end = min(count, start + part)
        for (input, rows) in zip(inputs, arguments) {
          let features = input.shape[1]
          let piece =
            rows[start * features..<end * features]
            + [Float](repeating: 0, count: (part - (end - start)) * features)
          program.write(Array(piece), to: input)
        }
        program.run()
        result += program.read(output)
      }
      return Array(result.prefix(count * width))
    }
  }
}
