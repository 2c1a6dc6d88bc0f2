// Goodfellow et al., "Generative adversarial nets" (NIPS 2014): equation 1, and the loss that §3 proposes for G.
//
// D ends in a logit a, so that D(x) = σ(a), −log D = softplus(−a) and −log(1 − D) = softplus(a), none of which overflows.

import Autograd
import Glibc
import NeuralNetwork

/// D of both: −E log D(x) − E log(1 − D(G(z))), told as half of that: log 2 at chance.
private func crossEntropies(_ real: Tensor, _ fake: Tensor) -> Tensor {
  binaryCrossEntropy(logits: real, target: 1) + binaryCrossEntropy(logits: fake, target: 0)
}

/// G minimises E log(1 − D(G(z))), equation 1 as it stands. Its gradient vanishes while D rejects the samples with
/// confidence.
package struct MinimaxLoss: AdversarialLoss {
  package let name = "minimax"
  package let paper = "Goodfellow et al. 2014, equation 1"
  package let toldShare: Float = 0.5
  package let isProbability = true
  package let atChance: (discriminator: Double, generator: Double)? = (log(2), -log(2))
  package let atChanceLabels = (discriminator: "log 2: V = −log 4", generator: "−log 2")

  package init() {}

  package func discriminator(real: Tensor, fake: Tensor) -> Tensor { crossEntropies(real, fake) }
  package func generator(fake: Tensor, real: Tensor?) -> Tensor { -fake.softplus().mean() }
}

/// G minimises −E log D(G(z)): the same fixed point, "much stronger gradients early in learning" (§3, last paragraph).
package struct NonSaturatingLoss: AdversarialLoss {
  package let name = "non-saturating"
  package let paper = "Goodfellow et al. 2014, section 3"
  package let toldShare: Float = 0.5
  package let isProbability = true
  package let atChance: (discriminator: Double, generator: Double)? = (log(2), log(2))
  package let atChanceLabels = (discriminator: "log 2: V = −log 4", generator: "log 2: V = −log 4")

  package init() {}

  package func discriminator(real: Tensor, fake: Tensor) -> Tensor { crossEntropies(real, fake) }
  package func generator(fake: Tensor, real: Tensor?) -> Tensor { binaryCrossEntropy(logits: fake, target: 1) }
}
