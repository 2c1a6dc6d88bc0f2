// Relativistic pairing: Jolicoeur-Martineau, "The relativistic discriminator" (ICLR 2019), RpGAN; with R1 and R2 it is the
// game of Huang, Gokaslan, Kuleshov, Tompkin, "The GAN is dead; long live the GAN! A modern GAN baseline" (NeurIPS 2024),
// equation 2. D says which of a pair is the real one; a G that drops a mode loses the pairs of that mode.

import Autograd
import Glibc

package struct RelativisticLoss: AdversarialLoss {
  package let name = "rpgan"
  package let paper = "Huang et al. 2024, arXiv:2501.05441"
  package let atChance: (discriminator: Double, generator: Double)? = (log(2), log(2))
  package let atChanceLabels = (discriminator: "log 2", generator: "log 2")
  package let comparesWithReal = true

  package init() {}

  package func discriminator(real: Tensor, fake: Tensor) -> Tensor { (fake - real).softplus().mean() }

  package func generator(fake: Tensor, real: Tensor?) -> Tensor {
    guard let real else { fatalError("rpgan: G's loss needs real samples") }
    return (real - fake).softplus().mean()
  }
}
