// Layers that bring activations to mean 0 and variance 1, and dropout.

import Autograd

/// Batch normalisation (Ioffe & Szegedy 2015, Algorithm 1) of `[N, C]`, or of `[N, H, W, C]` over N, H and W.
///
/// In training the statistics are the batch's, with the biased variance; the running ones, used in inference, follow
/// with the unbiased variance: `running = (1 − momentum) · running + momentum · batch`, as in PyTorch.
package struct BatchNorm: Layer {
  package let scale: Parameter
  package let shift: Parameter
  package let runningMean: Parameter
  package let runningVariance: Parameter
  private let epsilon: Float
  private let momentum: Float

  /// - Parameters:
  ///   - epsilon: added to the variance. 1e-5 is PyTorch's default.
  ///   - momentum: the weight of the new batch in the running statistics. 0.1 is PyTorch's default.
  package init(
    _ name: String, features: Int, epsilon: Float = 1e-5, momentum: Float = 0.1, scale: Initialiser = .constant(1),
    in builder: inout NetworkBuilder
  ) {
    self.epsilon = epsilon
    self.momentum = momentum
    self.scale = builder.add(name + ".scale", [features], scale)
    self.shift = builder.add(name + ".shift", [features], .constant(0))
    self.runningMean = builder.add(name + ".running_mean", [features], .constant(0), isTrained: false)
    self.runningVariance = builder.add(name + ".running_variance", [features], .constant(1), isTrained: false)
  }

  package func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor {
    let graph = x.graph
    if mode == .inference {
      let deviation = (graph.parameter(runningVariance) + epsilon).reciprocalSquareRoot()
      let factor = graph.parameter(scale) * deviation
      return x * factor + (graph.parameter(shift) - graph.parameter(runningMean) * factor)
    }
    let axes = Array(0..<(x.shape.rank - 1))
    let mean = x.mean(axes: axes)
    let centred = x - mean
    let variance = centred.square().mean(axes: axes)
    if mode == .training { follow(mean, variance, count: x.shape.count / mean.shape.count) }
    return centred * (graph.parameter(scale) * (variance + epsilon).reciprocalSquareRoot()) + graph.parameter(shift)
  }

  private func follow(_ mean: Tensor, _ variance: Tensor, count: Int) {
    let graph = mean.graph
    let unbiased = variance * (Float(count) / Float(max(1, count - 1)))
    for (parameter, batch) in [(runningMean, mean), (runningVariance, unbiased)] {
      let old = graph.latest(parameter) * (1 - momentum)
      graph.assign(old + batch.reshaped(parameter.shape) * momentum, to: parameter)
    }
  }
}

/// Layer normalisation (Ba et al. 2016, eq. 4): each sample over its own features, the last axis.
package struct LayerNorm: Layer {
  package let scale: Parameter
  package let shift: Parameter
  private let epsilon: Float

  package init(_ name: String, features: Int, epsilon: Float = 1e-5, in builder: inout NetworkBuilder) {
    self.epsilon = epsilon
    self.scale = builder.add(name + ".scale", [features], .constant(1))
    self.shift = builder.add(name + ".shift", [features], .constant(0))
  }

  package func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor {
    let axis = x.shape.rank - 1
    let centred = x - x.mean(axes: [axis])
    let deviation = (centred.square().mean(axes: [axis]) + epsilon).reciprocalSquareRoot()
    return centred * deviation * x.graph.parameter(scale) + x.graph.parameter(shift)
  }
}

/// Instance normalisation (Ulyanov et al. 2016, "Instance normalization: the missing ingredient for fast stylization",
/// eq. 2–4): each channel of each image over its own pixels, in training as in inference.
package struct InstanceNorm: Layer {
  package let scale: Parameter?
  package let shift: Parameter?
  private let epsilon: Float

  /// - Parameters:
  ///   - isTrained: whether each channel has a scale and a shift to learn. PyTorch's layer has none unless asked, nor has
  ///     CycleGAN's code.
  ///   - epsilon: added to the biased variance. 1e-5 is PyTorch's default.
  package init(
    _ name: String, features: Int, isTrained: Bool = false, epsilon: Float = 1e-5, in builder: inout NetworkBuilder
  ) {
    self.epsilon = epsilon
    self.scale = isTrained ? builder.add(name + ".scale", [features], .constant(1)) : nil
    self.shift = isTrained ? builder.add(name + ".shift", [features], .constant(0)) : nil
  }

  package func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor {
    guard x.shape.rank == 4 else { fatalError("instance norm: takes images [N, H, W, C], got \(x.shape)") }
    let centred = x - x.mean(axes: [1, 2])
    let value = centred * (centred.square().mean(axes: [1, 2]) + epsilon).reciprocalSquareRoot()
    guard let scale, let shift else { return value }
    return value * x.graph.parameter(scale) + x.graph.parameter(shift)
  }
}

/// Dropout (Srivastava et al. 2014): in training each element is kept with probability `keep` and multiplied by
/// `scale`, else 0; in inference it is the identity.
package struct Dropout: Layer, Hashable {
  package let keep: Float
  package let scale: Float

  /// - Parameter scale: 1 / keep unless told, which keeps the expectation.
  package init(keep: Float, scale: Float? = nil) {
    self.keep = keep
    self.scale = scale ?? 1 / keep
  }

  package func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor {
    if mode == .inference || keep >= 1 { return x }
    return x * x.graph.random(.bernoulli(probability: keep, value: scale), x.shape)
  }
}
