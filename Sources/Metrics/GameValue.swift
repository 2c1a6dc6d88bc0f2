// The game's own figures: Goodfellow et al., "Generative adversarial nets" (2014), equation 1 and section 4.

import Glibc

/// V(D, G) and what follows from it, from D's logits on real and on generated samples. In nats; NaN without samples.
package struct GameValue: Hashable, Sendable {
  /// Mean log D(x) over real samples.
  package let realTerm: Double
  /// Mean log(1 − D(G(z))) over generated samples.
  package let fakeTerm: Double
  /// Mean log D(G(z)) over generated samples.
  package let mistakenTerm: Double
  /// The standard error of `value`, from the spread of both terms over the samples.
  package let standardError: Double
  /// Mean D(x), 0…1.
  package let meanReal: Double
  /// Mean D(G(z)), 0…1.
  package let meanFake: Double

  /// - Parameters:
  ///   - realLogits: D's logit, log(D/(1 − D)), of each real sample.
  ///   - fakeLogits: that of each generated one. The two need not be equally many.
  package init(realLogits: [Float], fakeLogits: [Float]) {
    realTerm = Self.mean(of: realLogits, Self.logSigmoid)
    fakeTerm = Self.mean(of: fakeLogits) { Self.logSigmoid(-$0) }
    mistakenTerm = Self.mean(of: fakeLogits, Self.logSigmoid)
    standardError =
      (Self.squaredError(of: realLogits, mean: realTerm, Self.logSigmoid)
      + Self.squaredError(of: fakeLogits, mean: fakeTerm) { Self.logSigmoid(-$0) }).squareRoot()
    meanReal = Self.mean(of: realLogits) { exp(Self.logSigmoid($0)) }
    meanFake = Self.mean(of: fakeLogits) { exp(Self.logSigmoid($0)) }
  }

  /// V(D, G) = E log D(x) + E log(1 − D(G(z))); −log 4 for D = ½.
  package var value: Double { realTerm + fakeTerm }

  /// ½(BCE on real + BCE on generated) = −V/2; log 2 for D = ½.
  package var discriminatorLoss: Double { -value / 2 }

  /// The minimax game's loss of G: E log(1 − D(G(z))).
  package var minimaxLoss: Double { fakeTerm }

  /// The loss of G that does not saturate (section 3): −E log D(G(z)).
  package var nonSaturatingLoss: Double { -mistakenTerm }

  /// JSD(p_data ‖ p_g) ≥ log 2 + V/2 = log 2 − L_D, since V(D, G) ≤ V(D*, G), and ≥ 0 in any case. A bound only for
  /// samples on which D was not trained: an overfit D inflates it.
  package var divergenceBound: Double {
    let bound = log(2) - discriminatorLoss
    return bound < 0 ? 0 : bound
  }

  /// The standard error of the bound: half that of V.
  package var divergenceBoundError: Double { standardError / 2 }

  /// log σ(x) without overflow: −log(1 + e⁻ˣ) for x ≥ 0, x − log(1 + eˣ) below.
  package static func logSigmoid(_ x: Double) -> Double { min(x, 0) - log1p(exp(-abs(x))) }

  private static func mean(of logits: [Float], _ function: (Double) -> Double) -> Double {
    logits.reduce(0) { $0 + function(Double($1)) } / Double(logits.count)
  }

  /// The square of the mean's standard error: σ²/n, with the unbiased σ².
  private static func squaredError(of logits: [Float], mean: Double, _ function: (Double) -> Double) -> Double {
    let squares = logits.reduce(0.0) { sum, logit in
      let offset = function(Double(logit)) - mean
      return sum + offset * offset
    }
    let count = Double(logits.count)
    return count > 1 ? squares / (count - 1) / count : .nan
  }
}

/// The best D against a given generator: D*(x) = p_data(x) / (p_data(x) + p_g(x)) (proposition 1).
package enum OptimalDiscriminator {
  /// max_D V(D, G) = 2·JSD(p_data ‖ p_g) − log 4 (theorem 1), in nats.
  package static func value(jensenShannon: Double) -> Double { 2 * jensenShannon - log(4) }

  /// D* at each point, from both densities there; NaN where neither has mass.
  package static func values(dataDensity: [Double], modelDensity: [Double]) -> [Double] {
    precondition(
      dataDensity.count == modelDensity.count, "D*: densities of \(dataDensity.count) and \(modelDensity.count)")
    return zip(dataDensity, modelDensity).map { $0 + $1 > 0 ? $0 / ($0 + $1) : .nan }
  }

  /// Mean |D − D*| over those points that lie in one of the intervals of `support`; NaN if there are none.
  package static func meanError(
    of discriminator: [Double], optimum: [Double], at points: [Double], support: [ClosedRange<Double>]
  ) -> Double {
    precondition(
      discriminator.count == points.count && optimum.count == points.count,
      "|D − D*|: \(discriminator.count) and \(optimum.count) values at \(points.count) points")
    var sum = 0.0
    var count = 0
    for index in points.indices where !optimum[index].isNaN && support.contains(where: { $0.contains(points[index]) }) {
      sum += abs(discriminator[index] - optimum[index])
      count += 1
    }
    return sum / Double(count)
  }
}
