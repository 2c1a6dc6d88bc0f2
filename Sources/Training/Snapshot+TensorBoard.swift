// What TensorBoard shows of a run: the figures by the names that all files have for them, and generated pictures in a grid.

import Figures
import RunFiles

extension Snapshot {
  var figuresOfTensorBoard: [TensorBoardEvent.Value] {
    let figures = experiment.figures.compactMap { figure in readings[figure.key].map { (figure.key.rawValue, $0) } }
    return (figures + [("steps_per_second", stepsPerSecond)]).map { .init($0, .number($1)) }
  }
}

extension Exhibit {
  /// None of densities and points, which are no pictures.
  var picturesOfTensorBoard: [TensorBoardEvent.Value] {
    switch content {
    case .images(let view):
      guard let grid = Picture.grid(view.fake, width: view.width, height: view.height) else { return [] }
      return [.init(key, .picture(grid))]
    case .grid(let view) where view.channels == 1:
      guard let grid = Picture.grid(view.pixels, width: view.width, height: view.height, columns: view.columns) else {
        return []
      }
      return [.init(key, .picture(grid))]
    case .empty, .density, .points, .grid, .path: return []
    }
  }
}
