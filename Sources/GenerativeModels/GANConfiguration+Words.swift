// Settings in short words, as a run's file has them: whatever decides how a game goes on shows. How weights begin does not:
// it is over when a run is gone on with.

extension NetworkDescription: CustomStringConvertible {
  /// `dense 256, norm, leaky 0.2, dense 784, tanh`.
  package var description: String { layers.map(\.description).joined(separator: ", ") }
}

extension NetworkDescription.Layer: CustomStringConvertible {
  package var description: String {
    switch self {
    case .dense(let units, _, _): "dense \(units)"
    case .activation(let activation): activation.description
    case .batchNorm(let epsilon, _): "batch norm \(epsilon)"
    case .layerNorm: "layer norm"
    case .instanceNorm(let isTrained): isTrained ? "trained instance norm" : "instance norm"
    case .maxout(let units, let pieces, _): "maxout \(units) of \(pieces)"
    case .dropout(let keep, let scale): "keep \(keep) times \(scale)"
    case .image(let height, let width, let channels): "image \(height)×\(width)×\(channels)"
    case .rows: "rows"
    case .convolution(let channels, let size, let stride, let padding, _):
      "convolution \(channels) of \(size), stride \(stride), padding \(padding)"
    case .transposedConvolution(let channels, let size, let stride, let padding, _):
      "transposed convolution \(channels) of \(size), stride \(stride), padding \(padding)"
    case .upsampling(let factor, let interpolation): "\(interpolation) \(factor) times"
    case .pixelShuffle(.enlarging(let factor)): "pixels shuffled \(factor) times"
    case .pixelShuffle(.reducing(let factor)): "pixels unshuffled \(factor) times"
    case .pooling(let pooling): "\(pooling)"
    }
  }
}
