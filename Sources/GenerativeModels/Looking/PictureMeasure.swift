// Images: there is nothing exact to compare with, but there is something to see.

import Figures

enum PictureMeasure {
  static let shownFakes = 64
  private static let shownReals = 16

  static func view(_ table: ImageTable, _ gallery: Gallery, _ fake: [Float], between: BetweenView?) -> Exhibit.Content {
    let size = table.width * table.height
    return .images(
      ImagesView(
        width: table.width, height: table.height, fake: fake, real: Array(gallery.heldOut.prefix(shownReals * size)),
        between: between))
  }
}
