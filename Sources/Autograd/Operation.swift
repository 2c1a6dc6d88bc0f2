// Everything that a graph can contain. The set is closed: a new operation needs a case here, a derivative in
// `Gradient.swift` and a lowering in `Compiler+Lowering.swift`, and the compiler points at each place.

/// Element by element, one operand.
package enum Unary: Hashable, Sendable {
  /// `scale * x + offset`
  case affine(scale: Float, offset: Float)
  case exp, log, tanh, sigmoid
  /// `log(1 + exp x)`, computed as `max(x, 0) + log1p(exp(−|x|))`, so that it neither overflows nor cancels.
  case softplus
  case square, squareRoot, reciprocalSquareRoot, reciprocal, absolute
  /// `x` where positive, else `slope * x`. ReLU is slope 0 (Maas et al. 2013).
  case leakyReLU(slope: Float)
  /// The derivative of `leakyReLU`: 1 where positive, else `slope`.
  case leakyStep(slope: Float)
  /// −1, 0 or 1.
  case sign
}

/// Element by element, two operands of one shape.
package enum Binary: Hashable, Sendable {
  case add, subtract, multiply, divide, maximum, minimum
  /// 1 where left > right, else 0.
  case greater
}

/// A source of random numbers in the graph, drawn anew in every run.
package enum Distribution: Hashable, Sendable, BitwiseCopyable {
  case uniform(low: Float, high: Float)
  case normal(mean: Float, deviation: Float)
  /// `value` with probability `probability`, else 0: a dropout mask with its scale.
  case bernoulli(probability: Float, value: Float)
}

/// How an optimiser changes a range of parameters; see `Graph.update`.
package enum UpdateRule: Hashable, Sendable {
  /// Kingma & Ba 2015, Algorithm 1: `p −= rate · m̂ / (√v̂ + epsilon)`.
  case adam(beta1: Float, beta2: Float, epsilon: Float)
  /// `v = momentum · v − rate · g`, `p += v` (Sutskever et al. 2013, eq. 1–2). Momentum is an operand, so that it may follow a schedule.
  case momentum
}

package enum Operation: Hashable, Sendable {
  // Leaves.
  /// Filled by the caller before a run.
  case input(name: String)
  case constant(Float)
  case parameter(Parameter)
  case random(Distribution, stream: Int)

  // Element-wise: chains of these become one pass over memory.
  case unary(Unary)
  case binary(Binary)
  /// Repeats axes of extent 1 (after aligning to the right) up to the node's shape.
  case broadcast

  // Reductions.
  /// Sums over the axes on which the node's shape (aligned to the right) has extent 1: the adjoint of `broadcast`.
  case sum
  /// The largest along an axis, which keeps extent 1.
  case maximum(axis: Int)
  /// 1 at the first place of the largest along an axis, else 0: the derivative of `maximum`.
  case maximumMask(axis: Int)

  // Products.
  /// `op(A) · op(B)`, both matrices, `op` the transpose where told.
  case product(transposeLeft: Bool, transposeRight: Bool)

  // Convolutions; see `Tensor+Convolution.swift`.
  /// Images and a filter.
  case convolution(Window)
  /// The gradient that arrived, and the filter: the gradient with respect to the images, whose shape is the node's.
  case convolutionInputGradient(Window)
  /// The images and the gradient that arrived: the gradient with respect to the filter.
  case convolutionFilterGradient(Window)
  /// What lies under the window at each place.
  case patches(Window)
  /// The adjoint of `patches`.
  case fold(Window)

  // Moves.
  case reshape
  case transpose([Int])
  case concatenate(axis: Int)
  /// A range of an axis, from `start`, of the node's extent.
  case slice(axis: Int, start: Int)
  /// Zeros around on an axis: the adjoint of `slice`.
  case pad(axis: Int, start: Int)
  /// Rows of a table `[V, C]` at indices `[N]`.
  case gather
  /// Adds rows `[N, C]` into a table of zeros `[V, C]` at indices `[N]`: the adjoint of `gather`.
  case scatterAdd
  /// The operand's value, through which no gradient flows.
  case detach

  // Effects: they have no value that another node may use.
  /// Writes the operand into a slice of the state after everything else has been computed.
  case assign(Parameter)
  /// Changes a range of parameters by its gradients. Operands: the rate, the momentum if any, then the gradients.
  case update(UpdateRule, ParameterRange)

  var isEffect: Bool {
    switch self {
    case .assign, .update: true
    default: false
    }
  }
}
