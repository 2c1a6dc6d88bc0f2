// The layers, as methods of a value on its way. Sizes are those of one sample; N is the batch.

import Autograd

extension Signal {
  /// What the layer makes of the value.
  private func through(_ layer: any Layer) -> Signal { Signal(layer(tensor, tape.mode), tape) }

  private func plain(_ description: String, _ layer: some Layer) -> Signal {
    through(tape.layer(description) { _, _ in layer })
  }

  /// The last axis: features of a row, channels of an image.
  package var features: Int { features(of: "features") }

  private func features(of what: String) -> Int {
    guard let last = tensor.shape.extents.last else { fatalError("network \(tape.name): \(what) of a scalar") }
    return last
  }

  // MARK: Rows

  /// `[N, inputs]` to `[N, units]`.
  ///
  /// - Parameter bias: `nil` for a layer without one.
  package func dense(
    _ units: Int, weights: Initialiser = .fanInUniform, bias: Initialiser? = .fanInUniform
  ) -> Signal {
    let inputs = features(of: "dense")
    return through(
      tape.layer("dense \(units)", kind: "dense", multiplications: inputs * units) { name, builder in
        Dense(name, inputs: inputs, outputs: units, weights: weights, bias: bias, in: &builder)
      })
  }

  /// The largest of `pieces` dense layers (Goodfellow et al. 2013): `[N, inputs]` to `[N, units]`.
  package func maxout(_ units: Int, pieces: Int, weights: Initialiser) -> Signal {
    let inputs = features(of: "maxout")
    return through(
      tape.layer(
        "maxout \(units) of \(pieces)", kind: "maxout", multiplications: inputs * units * pieces
      ) { name, builder in
        Maxout(name, inputs: inputs, units: units, pieces: pieces, weights: weights, in: &builder)
      })
  }

  /// One-hot rows `[N, entries]` as rows of a trained table: `[N, width]`. A word's embedding, or a class's.
  package func embedding(_ width: Int, weights: Initialiser = .normal(mean: 0, deviation: 1)) -> Signal {
    let entries = features(of: "embedding")
    return through(
      tape.layer("embedding \(width)", kind: "embedding", multiplications: entries * width) { name, builder in
        Dense(name, inputs: entries, outputs: width, weights: weights, bias: nil, in: &builder)
      })
  }

  /// Columns `range` of rows.
  package func columns(_ range: Range<Int>) -> Signal { Signal(tensor.slice(axis: 1, range), tape) }

  // MARK: Element by element

  package func relu() -> Signal { plain("relu", Activation.relu) }
  package func tanh() -> Signal { plain("tanh", Activation.tanh) }
  package func sigmoid() -> Signal { plain("sigmoid", Activation.sigmoid) }
  package func softplus() -> Signal { plain("softplus", Activation.softplus) }
  package func leakyReLU(_ slope: Float) -> Signal {
    plain("leaky relu \(slope)", Activation.leakyReLU(slope: slope))
  }

  /// A residual connection.
  package static func + (a: Signal, b: Signal) -> Signal { Signal(a.tensor + b.tensor, a.tape) }

  // MARK: Normalisation

  package func batchNorm(epsilon: Float = 1e-5, scale: Initialiser = .constant(1)) -> Signal {
    let features = features(of: "batch norm")
    return through(
      tape.layer("batch norm \(epsilon)", kind: "norm") { name, builder in
        BatchNorm(name, features: features, epsilon: epsilon, scale: scale, in: &builder)
      })
  }

  package func layerNorm() -> Signal {
    let features = features(of: "layer norm")
    return through(
      tape.layer("layer norm", kind: "norm") { name, builder in LayerNorm(name, features: features, in: &builder) })
  }

  /// Of images; without a scale and a shift to learn unless told.
  package func instanceNorm(isTrained: Bool = false) -> Signal {
    let features = features(of: "instance norm")
    return through(
      tape.layer(isTrained ? "trained instance norm" : "instance norm", kind: isTrained ? "norm" : nil) {
        InstanceNorm($0, features: features, isTrained: isTrained, in: &$1)
      })
  }

  /// - Parameter scale: what is kept is multiplied by it; 1 / keep unless told.
  package func dropout(keep: Float, scale: Float? = nil) -> Signal {
    let layer = Dropout(keep: keep, scale: scale)
    return plain("keep \(keep) times \(layer.scale)", layer)
  }

  // MARK: Images

  /// Rows as images `[N, height, width, channels]`. Rows of several images (a packed batch) become their channels.
  package func image(_ height: Int, _ width: Int, _ channels: Int) -> Signal {
    let (batch, count) = (tensor.shape[0], height * width * channels)
    let packed = tensor.shape.count / batch / count
    guard packed * count * batch == tensor.shape.count, packed > 0 else {
      fatalError("network \(tape.name): rows \(tensor.shape) are no images \(height)×\(width)×\(channels)")
    }
    if packed == 1 { return Signal(tensor.reshaped([batch, height, width, channels]), tape) }
    let side = tensor.reshaped([batch, packed, height * width, channels]).transposed([0, 2, 1, 3])
    return Signal(side.reshaped([batch, height, width, packed * channels]), tape)
  }

  /// Images as rows.
  package func rows() -> Signal {
    let batch = tensor.shape[0]
    return Signal(tensor.reshaped([batch, tensor.shape.count / batch]), tape)
  }

  /// To so many channels, without a bias unless told.
  package func convolve(
    _ channels: Int, size: Int, stride: Int = 1, padding: Int = 0, weights: Initialiser = .fanInUniform,
    bias: Initialiser? = nil
  ) -> Signal {
    let features = features(of: "convolution")
    func places(_ extent: Int) -> Int { (extent + 2 * padding - size) / stride + 1 }
    let pixels = places(tensor.shape[1]) * places(tensor.shape[2])
    return through(
      tape.layer(
        "convolution \(channels) of \(size), stride \(stride), padding \(padding)", kind: "convolution",
        multiplications: pixels * size * size * features * channels
      ) { name, builder in
        Convolution(
          name, channels: features, features: channels, size: size, stride: stride, padding: padding, weights: weights,
          bias: bias, in: &builder)
      })
  }

  /// To so many channels, without a bias unless told.
  package func transposeConvolve(
    _ channels: Int, size: Int, stride: Int = 1, padding: Int = 0, weights: Initialiser = .fanInUniform,
    bias: Initialiser? = nil
  ) -> Signal {
    let features = features(of: "transposed convolution")
    return through(
      tape.layer(
        "transposed convolution \(channels) of \(size), stride \(stride), padding \(padding)", kind: "transposed",
        multiplications: tensor.shape[1] * tensor.shape[2] * size * size * features * channels
      ) { name, builder in
        TransposedConvolution(
          name, channels: features, features: channels, size: size, stride: stride, padding: padding, weights: weights,
          bias: bias, in: &builder)
      })
  }

  /// So many times as high and as wide.
  package func upsample(by factor: Int, _ interpolation: Interpolation) -> Signal {
    plain("\(interpolation) \(factor) times", Upsampling(by: factor, interpolation))
  }

  package func pixelShuffle(_ shuffle: PixelShuffle) -> Signal { plain("\(shuffle)", shuffle) }

  package func pool(_ kind: Pooling.Kind, _ window: Window) -> Signal {
    plain("\(kind) pooling \(window)", Pooling(kind, window))
  }

  /// Both, feature beside feature: a U-Net's skip, or a condition. A row beside an image is repeated at every pixel.
  package func joined(_ other: Signal) -> Signal {
    var right = other.tensor
    if tensor.shape.rank == 4, right.shape.rank == 2 {
      let (n, features) = (right.shape[0], right.shape[1])
      right = right.reshaped([n, 1, 1, features]).broadcast(to: [n, tensor.shape[1], tensor.shape[2], features])
    }
    return Signal(Tensor.concatenate([tensor, right], axis: tensor.shape.rank - 1), tape)
  }
}
