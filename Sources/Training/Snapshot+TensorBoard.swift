// What TensorBoard shows of a run: the figures by the names that all files have for them, and generated pictures in a grid.

import RunFiles

extension Snapshot {
  var figuresOfTensorBoard: [TensorBoardEvent.Value] {
    let figures = MetricKey.all.compactMap { key in key.number(in: metrics).map { (key.name, $0) } }
    return (figures + [("steps_per_second", stepsPerSecond)]).map { .init($0, .number($1)) }
  }
}

extension SamplesView {
  /// None of densities and points, which are no pictures.
  var picturesOfTensorBoard: [TensorBoardEvent.Value] {
    guard case .images(let view) = self,
      let grid = Picture.grid(view.fake, width: view.width, height: view.height)
    else { return [] }
    return [.init("samples", .picture(grid))]
  }
}
