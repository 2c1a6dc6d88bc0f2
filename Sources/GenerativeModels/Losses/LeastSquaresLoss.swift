// Mao, Li, Xie, Lau, Wang, Smolley: "Least squares generative adversarial networks" (ICCV 2017, arXiv:1611.04076),
// equation 9: a = 0, b = c = 1. Samples far on the right side of the decision boundary are still pulled towards the data,
// where a cross-entropy has become flat.

import Autograd

package struct LeastSquaresLoss: AdversarialLoss {
  package let name = "lsgan"
  package let paper = "Mao et al. 2017, arXiv:1611.04076"
  /// D says ½ to all.
  package let atChance: (discriminator: Double, generator: Double)? = (0.25, 0.125)
  package let atChanceLabels = (discriminator: "¼", generator: "⅛")

  package init() {}

  package func discriminator(real: Tensor, fake: Tensor) -> Tensor {
    (real - 1).square().mean() * 0.5 + fake.square().mean() * 0.5
  }

  package func generator(fake: Tensor, real: Tensor?) -> Tensor { (fake - 1).square().mean() * 0.5 }
}
