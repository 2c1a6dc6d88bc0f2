// Layers without weights that change how many pixels there are. Images are [N, H, W, C].

import Autograd

/// `[N, H, W, C]` to `[N, H·factor, W·factor, C]`. Before a convolution it replaces a transposed one, whose windows overlap
/// unevenly and leave a chequerboard (Odena et al., "Deconvolution and checkerboard artifacts", Distill 2016).
package struct Upsampling: Layer, Hashable {
  package let factor: Int
  package let interpolation: Interpolation

  package init(by factor: Int, _ interpolation: Interpolation) {
    self.factor = factor
    self.interpolation = interpolation
  }

  package func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor { x.upsampled(by: factor, interpolation) }
}

/// Channels become pixels, or pixels channels: "sub-pixel convolution" behind a convolution (Shi et al. 2016).
package enum PixelShuffle: Layer, Hashable {
  /// `[N, H, W, C·factor²]` to `[N, H·factor, W·factor, C]`.
  case enlarging(by: Int)
  /// The inverse.
  case reducing(by: Int)

  package func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor {
    switch self {
    case .enlarging(let factor): x.pixelsShuffled(by: factor)
    case .reducing(let factor): x.pixelsUnshuffled(by: factor)
    }
  }
}

/// `[N, H, W, C]` to `[N, H′, W′, C]`, H′ = ⌊(H + 2·padding − size) / stride⌋ + 1.
package struct Pooling: Layer, Hashable {
  package enum Kind: Hashable, Sendable {
    case maximum
    /// The mean; the zeros of the padding are part of it.
    case average
  }

  package let kind: Kind
  package let window: Window

  package init(_ kind: Kind, _ window: Window) {
    self.kind = kind
    self.window = window
  }

  package func callAsFunction(_ x: Tensor, _ mode: Mode) -> Tensor {
    switch kind {
    case .maximum: x.maximumPooled(window)
    case .average: x.averagePooled(window)
    }
  }
}
