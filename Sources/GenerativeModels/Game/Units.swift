// From the data's units to the networks', and back.

import Autograd

extension Units {
  func inside(_ data: Tensor) -> Tensor { (data - centre) / scale }

  func outside(_ samples: Tensor) -> Tensor { samples * scale + centre }

  private var centre: Float {
    switch self {
    case .raw, .unit: 0
    case .standardised(let centre, _): centre
    case .symmetric: 0.5
    }
  }

  private var scale: Float {
    switch self {
    case .raw, .unit: 1
    case .standardised(_, let scale): scale
    case .symmetric: 0.5
    }
  }
}
