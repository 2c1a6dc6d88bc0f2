// Lim, Ye: "Geometric GAN" (2017, arXiv:1705.02894), equations 13 and 14. D stops learning from samples that are beyond
// the margin.

import Autograd

package struct HingeLoss: AdversarialLoss {
  package let name = "hinge"
  package let paper = "Lim and Ye 2017, arXiv:1705.02894"
  package let atChance: (discriminator: Double, generator: Double)? = (2, 0)
  package let atChanceLabels = (discriminator: "2", generator: "0")

  package init() {}

  package func discriminator(real: Tensor, fake: Tensor) -> Tensor {
    (1 - real).relu().mean() + (fake + 1).relu().mean()
  }

  package func generator(fake: Tensor, real: Tensor?) -> Tensor { -fake.mean() }
}
