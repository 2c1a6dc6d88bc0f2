// The 1-D games: densities that are known exactly, so that everything a GAN is said to learn can be checked. The first
// is the game of Figure 1 in Goodfellow et al., "Generative adversarial nets" (2014).

import Glibc

/// A density on the line: a mixture of Gaussians, or a uniform one.
package struct Density1D: Hashable, Sendable, CustomStringConvertible {
  /// A bump of the density.
  package struct Mode: Hashable, Sendable {
    package var centre: Double
    /// The standard deviation of the mode's part of the data.
    package var deviation: Double
    /// The share of the data in it, 0…1; the shares of all modes add up to 1.
    package var share: Double

    package init(centre: Double, deviation: Double, share: Double) {
      self.centre = centre
      self.deviation = deviation
      self.share = share
    }
  }

  private enum Shape: Hashable, Sendable {
    case gaussians([Mode])
    case uniform(ClosedRange<Double>)
  }

  private let shape: Shape
  /// The stretch of the axis worth showing; it holds practically all data, and room for a generator on its way.
  package let range: ClosedRange<Double>

  /// A mixture of Gaussians. The shares are scaled to add up to 1.
  package static func mixture(of modes: [Mode], range: ClosedRange<Double>) -> Density1D {
    precondition(modes.allSatisfy { $0.deviation > 0 && $0.share > 0 }, "Density1D: deviations and shares are positive")
    let total = modes.reduce(0) { $0 + $1.share }
    let scaled = modes.map { Mode(centre: $0.centre, deviation: $0.deviation, share: $0.share / total) }
    return Density1D(shape: .gaussians(scaled), range: range)
  }

  /// N(`mean`, `deviation`), shown within eight deviations of its mean.
  package static func gaussian(mean: Double, deviation: Double) -> Density1D {
    mixture(
      of: [Mode(centre: mean, deviation: deviation, share: 1)],
      range: mean - 8 * deviation...mean + 8 * deviation)
  }

  /// The same density everywhere in `interval`; half of its width is shown on either side.
  package static func uniform(in interval: ClosedRange<Double>) -> Density1D {
    let margin = (interval.upperBound - interval.lowerBound) / 2
    return Density1D(
      shape: .uniform(interval), range: interval.lowerBound - margin...interval.upperBound + margin)
  }

  /// N(4, 0.5), the usual 1-D game since J. Glover's "An introduction to generative adversarial networks (with code in
  /// TensorFlow)" (2016): its mean is far from where a fresh generator starts, and its width is not that of the noise.
  package static let toy = gaussian(mean: 4, deviation: 0.5)

  /// Three equal modes, 7.5 deviations apart: nothing lies between them, so a dropped mode is plain to see.
  package static let toyMixture = mixture(
    of: [1, 4, 7].map { Mode(centre: $0, deviation: 0.4, share: 1) }, range: -1...9)

  package var modes: [Mode] {
    switch shape {
    case .gaussians(let modes): modes
    case .uniform(let interval):
      [
        Mode(
          centre: (interval.lowerBound + interval.upperBound) / 2,
          deviation: (interval.upperBound - interval.lowerBound) / 12.squareRoot(), share: 1)
      ]
    }
  }

  /// Where the data are: within three deviations of a mode (99.7 % of them), or all of a uniform one. Ascending
  /// intervals without overlap.
  package var support: [ClosedRange<Double>] {
    switch shape {
    case .uniform(let interval): return [interval]
    case .gaussians(let modes):
      let parts = modes.map { $0.centre - 3 * $0.deviation...$0.centre + 3 * $0.deviation }
      return parts.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, part in
        if let last = merged.last, last.upperBound >= part.lowerBound {
          merged[merged.count - 1] = last.lowerBound...max(last.upperBound, part.upperBound)
        } else {
          merged.append(part)
        }
      }
    }
  }

  /// The probability density at `x`, per unit of x.
  package func density(at x: Double) -> Double {
    switch shape {
    case .uniform(let interval): interval.contains(x) ? 1 / (interval.upperBound - interval.lowerBound) : 0
    case .gaussians(let modes):
      modes.reduce(0) { sum, mode in
        let z = (x - mode.centre) / mode.deviation
        return sum + mode.share * exp(-z * z / 2) / (mode.deviation * (2 * Double.pi).squareRoot())
      }
    }
  }

  /// The probability of a value of at most `x`.
  package func cumulative(at x: Double) -> Double {
    switch shape {
    case .uniform(let interval):
      min(1, max(0, (x - interval.lowerBound) / (interval.upperBound - interval.lowerBound)))
    case .gaussians(let modes):
      modes.reduce(0) { $0 + $1.share * erfc(($1.centre - x) / ($1.deviation * 2.0.squareRoot())) / 2 }
    }
  }

  /// Overwrites `batch` with independent samples.
  package func fill(_ batch: inout [Float], using random: inout CounterRandom) {
    switch shape {
    case .uniform(let interval):
      random.fillUniforms(&batch, in: Float(interval.lowerBound)...Float(interval.upperBound))
    case .gaussians(let modes) where modes.count == 1:
      random.fillNormals(&batch, mean: Float(modes[0].centre), deviation: Float(modes[0].deviation))
    case .gaussians(let modes):
      random.fillNormals(&batch)
      var choices = InlineArray<256, Float>(repeating: 0)
      for index in batch.indices {
        if index % 256 == 0 {
          var span = choices.mutableSpan
          random.fillUniforms(&span)
        }
        var choice = Double(choices[index % 256])
        let mode = modes.first { mode in
          choice -= mode.share
          return choice < 0
        }
        let chosen = mode ?? modes[modes.count - 1]
        batch[index] = Float(chosen.centre) + Float(chosen.deviation) * batch[index]
      }
    }
  }

  /// `N(4, 0.5)`, `0.33 N(1, 0.4) + …`, `U(0, 1)`.
  package var description: String {
    switch shape {
    case .uniform(let interval): "U(\(short(interval.lowerBound)), \(short(interval.upperBound)))"
    case .gaussians(let modes) where modes.count == 1: Self.name(of: modes[0])
    case .gaussians(let modes):
      modes.map { "\(short(($0.share * 100).rounded() / 100)) \(Self.name(of: $0))" }.joined(separator: " + ")
    }
  }

  private static func name(of mode: Mode) -> String { "N(\(short(mode.centre)), \(short(mode.deviation)))" }
}

/// A number without the `.0` of a whole one.
func short(_ value: Double) -> String {
  value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
}
