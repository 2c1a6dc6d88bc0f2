// Networks as values: a list of layers that can be compared, printed, and built whenever a model is. A preset is then
// a table that reads like the one in its paper.

import Autograd
import NeuralNetwork

/// A feed-forward network over rows: `[N, inputs]` to `[N, outputs]`. Between `image` and `rows` the values are images.
package struct NetworkDescription: Hashable, Sendable {
  package enum Layer: Hashable, Sendable {
    case dense(Int, weights: Initialiser = .fanInUniform, bias: Initialiser = .fanInUniform)
    case activation(Activation)
    case batchNorm(epsilon: Float = 1e-5, scale: Initialiser = .constant(1))
    case layerNorm
    /// Of images; without a scale and a shift to learn unless told.
    case instanceNorm(isTrained: Bool = false)
    case maxout(units: Int, pieces: Int, weights: Initialiser)
    /// What is kept is multiplied by `scale`.
    case dropout(keep: Float, scale: Float)
    /// From here on the features are images `[height, width, channels]`.
    case image(height: Int, width: Int, channels: Int)
    /// Images become rows again.
    case rows
    /// To so many channels, without a bias.
    case convolution(Int, size: Int, stride: Int, padding: Int, weights: Initialiser = .fanInUniform)
    case transposedConvolution(Int, size: Int, stride: Int, padding: Int, weights: Initialiser = .fanInUniform)
    /// So many times as high and as wide.
    case upsampling(by: Int, Interpolation)
    case pixelShuffle(PixelShuffle)
    case pooling(Pooling)
  }

  package var layers: [Layer]

  package init(_ layers: [Layer]) { self.layers = layers }

  /// Dense layers of the given widths, each but the last followed by `activation`.
  package static func multilayer(
    _ widths: [Int], _ activation: Activation, weights: Initialiser = .fanInUniform, bias: Initialiser = .fanInUniform
  ) -> NetworkDescription {
    let stack = widths.flatMap { [Layer.dense($0, weights: weights, bias: bias), .activation(activation)] }
    return NetworkDescription(stack.dropLast())
  }

  /// Whether a sample's result depends on the other samples of its batch: such a network must not see real and
  /// generated samples in one call.
  package var mixesSamples: Bool {
    layers.contains { if case .batchNorm = $0 { true } else { false } }
  }

  /// Features of the last layer, for a network that takes `inputs`.
  package func outputs(for inputs: Int) -> Int {
    layers.reduce(Extent.row(inputs)) { extent, layer in extent.after(layer) }.count
  }

  /// Creates the layers and registers their parameters, named by kind and place: `dense1.weight`.
  func build(inputs: Int, in builder: inout NetworkBuilder) -> Sequential {
    var extent = Extent.row(inputs)
    var counts: [String: Int] = [:]
    func name(_ kind: String) -> String {
      counts[kind, default: 0] += 1
      return "\(kind)\(counts[kind, default: 1])"
    }
    return Sequential(
      layers.map { layer -> any NeuralNetwork.Layer in
        defer { extent = extent.after(layer) }
        let features = extent.features
        switch layer {
        case .dense(let units, let weights, let bias):
          return Dense(name("dense"), inputs: features, outputs: units, weights: weights, bias: bias, in: &builder)
        case .activation(let activation): return activation
        case .batchNorm(let epsilon, let scale):
          return BatchNorm(name("norm"), features: features, epsilon: epsilon, scale: scale, in: &builder)
        case .layerNorm: return LayerNorm(name("norm"), features: features, in: &builder)
        case .instanceNorm(let isTrained):
          return InstanceNorm(name("norm"), features: features, isTrained: isTrained, in: &builder)
        case .maxout(let units, let pieces, let weights):
          return Maxout(
            name("maxout"), inputs: features, units: units, pieces: pieces, weights: weights, in: &builder)
        case .dropout(let keep, let scale): return Dropout(keep: keep, scale: scale)
        case .image(let height, let width, let channels):
          return Reshaping.image(height: height, width: width, channels: channels)
        case .rows: return Reshaping.rows
        case .convolution(let channels, let size, let stride, let padding, let weights):
          return Convolution(
            name("convolution"), channels: features, features: channels, size: size, stride: stride, padding: padding,
            weights: weights, in: &builder)
        case .transposedConvolution(let channels, let size, let stride, let padding, let weights):
          return TransposedConvolution(
            name("transposed"), channels: features, features: channels, size: size, stride: stride, padding: padding,
            weights: weights, in: &builder)
        case .upsampling(let factor, let interpolation): return Upsampling(by: factor, interpolation)
        case .pixelShuffle(let shuffle): return shuffle
        case .pooling(let pooling): return pooling
        }
      })
  }
}

/// What a sample looks like between two layers.
enum Extent: Hashable {
  case row(Int)
  case image(height: Int, width: Int, channels: Int)

  var count: Int {
    switch self {
    case .row(let width): width
    case .image(let height, let width, let channels): height * width * channels
    }
  }

  /// The last axis, which layers mix or normalise.
  var features: Int {
    switch self {
    case .row(let width): width
    case .image(_, _, let channels): channels
    }
  }

  func after(_ layer: NetworkDescription.Layer) -> Extent {
    switch (layer, self) {
    case (.dense(let units, _, _), .row), (.maxout(let units, _, _), .row): return .row(units)
    case (.activation, _), (.batchNorm, _), (.layerNorm, _), (.dropout, _): return self
    case (.image(let height, let width, let channels), .row(let count)) where count == height * width * channels:
      return .image(height: height, width: width, channels: channels)
    case (.rows, _): return .row(count)
    case (.convolution(let channels, let size, let stride, let padding, _), .image(let height, let width, _)):
      func places(_ extent: Int) -> Int { (extent + 2 * padding - size) / stride + 1 }
      return .image(height: places(height), width: places(width), channels: channels)
    case (.transposedConvolution(let channels, let size, let stride, let padding, _), .image(let height, let width, _)):
      func extent(_ places: Int) -> Int { (places - 1) * stride - 2 * padding + size }
      return .image(height: extent(height), width: extent(width), channels: channels)
    case (.instanceNorm, .image): return self
    case (.upsampling(let factor, _), .image(let height, let width, let channels)):
      return .image(height: height * factor, width: width * factor, channels: channels)
    case (.pixelShuffle(.enlarging(let factor)), .image(let height, let width, let channels))
    where channels % (factor * factor) == 0:
      return .image(height: height * factor, width: width * factor, channels: channels / (factor * factor))
    case (.pixelShuffle(.reducing(let factor)), .image(let height, let width, let channels))
    where height % factor == 0 && width % factor == 0:
      return .image(height: height / factor, width: width / factor, channels: channels * factor * factor)
    case (.pooling(let pooling), .image(let height, let width, let channels)):
      let places = pooling.window.places(on: [1, height, width, channels])
      return .image(height: places.height, width: places.width, channels: channels)
    default: fatalError("NetworkDescription: \(layer) does not take \(self)")
    }
  }
}
