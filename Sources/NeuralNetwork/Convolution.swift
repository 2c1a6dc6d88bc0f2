// Convolutional layers over images [N, H, W, C], with square filters as in most papers. A filter is stored [size, size, C, F];
// F is the side that the convolution makes.

import Autograd

/// `[N, H, W, C]` to `[N, H′, W′, F]`, H′ = ⌊(H + 2·padding − size) / stride⌋ + 1.
package struct Convolution: Layer {
  package let filter: Parameter
  package let bias: Parameter?
  private let stride: Int
  private let padding: Int

  /// - Parameter bias: `nil` for a layer without one: before a normalisation it would be subtracted again.
  package init(
    _ name: String, channels: Int, features: Int, size: Int, stride: Int = 1, padding: Int = 0,
    weights: Initialiser = .fanInUniform, bias: Initialiser? = nil, in builder: inout NetworkBuilder
  ) {
    let fan = (in: channels * size * size, out: features * size * size)
    self.filter = builder.add(name + ".filter", [size, size, channels, features], weights, fan: fan)
    self.bias = bias.map { builder.add(name + ".bias", [features], $0, fan: fan) }
    self.stride = stride
    self.padding = padding
  }

  package func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor {
    let result = x.convolved(with: x.graph.parameter(filter), stride: stride, padding: padding)
    return bias.map { result + x.graph.parameter($0) } ?? result
  }
}

/// `[N, H, W, C]` to `[N, H′, W′, F]`, H′ = (H − 1)·stride − 2·padding + size: the gradient of a convolution as a layer
/// (Zeiler et al. 2010; "fractionally strided" in the DCGAN paper). Stored as the filter of that convolution,
/// [size, size, F, C].
package struct TransposedConvolution: Layer {
  package let filter: Parameter
  package let bias: Parameter?
  private let stride: Int
  private let padding: Int

  package init(
    _ name: String, channels: Int, features: Int, size: Int, stride: Int = 1, padding: Int = 0,
    weights: Initialiser = .fanInUniform, bias: Initialiser? = nil, in builder: inout NetworkBuilder
  ) {
    // What PyTorch takes for the fan-in of its transposed layers, too: the filter's second axis there.
    let fan = (in: features * size * size, out: channels * size * size)
    self.filter = builder.add(name + ".filter", [size, size, features, channels], weights, fan: fan)
    self.bias = bias.map { builder.add(name + ".bias", [features], $0, fan: fan) }
    self.stride = stride
    self.padding = padding
  }

  package func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor {
    let result = x.transposeConvolved(with: x.graph.parameter(filter), stride: stride, padding: padding)
    return bias.map { result + x.graph.parameter($0) } ?? result
  }
}

/// Rows as images of that height, width and channels, or `[N, …]` as rows.
package enum Reshaping: Layer, Hashable {
  case image(height: Int, width: Int, channels: Int)
  case rows

  package func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor {
    let batch = x.shape[0]
    return switch self {
    case .image(let height, let width, let channels): x.reshaped([batch, height, width, channels])
    case .rows: x.reshaped([batch, x.shape.count / batch])
    }
  }
}
