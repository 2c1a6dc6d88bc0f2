// All that can be trained by name. A new model is one file and one line here.

import Figures

package enum Catalogue {
  package static let all: [any Model] = [
    GAN.toy,
    GAN.toyMixture,
    GAN.ring,
    GAN.ringNaive,
    GAN.grid,
    GAN.digits,
    GAN.dcgan,
    GAN.dcganPaper,
    GAN.paperMNIST,
    GAN.tutorialMNIST,
    ConditionalGAN(),
    InfoGAN(),
    VariationalAutoencoder.vae,
    VariationalAutoencoder.plane,
    DiracGAN(),
  ]

  package static func named(_ name: String) -> (any Model)? { all.first { $0.card.name == name } }
}
