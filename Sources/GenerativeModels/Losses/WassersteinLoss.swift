// Gulrajani, Ahmed, Arjovsky, Dumoulin, Courville: "Improved training of Wasserstein GANs" (NIPS 2017), equation 3. D is a
// critic, whose outputs are heights, not probabilities; −(its loss) estimates the distance between data and samples. λ = 10
// and five updates of D before each of G are the paper's (Algorithm 1); under the penalty D has no batch norm (§4).

import Autograd

package struct WassersteinLoss: AdversarialLoss {
  package let name = "wgan-gp"
  package let paper = "Gulrajani et al. 2017, arXiv:1704.00028"
  /// D's loss is 0 where it cannot tell; G's is a height of its own.
  package let atChance: (discriminator: Double, generator: Double)? = nil
  package let atChanceLabels = (discriminator: "", generator: "")
  package let penalisesGradient = true

  package init() {}

  package func discriminator(real: Tensor, fake: Tensor) -> Tensor { fake.mean() - real.mean() }
  package func generator(fake: Tensor, real: Tensor?) -> Tensor { -fake.mean() }
}
