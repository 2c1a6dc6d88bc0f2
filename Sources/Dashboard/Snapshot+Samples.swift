// What a model shows first, for those who show one thing.

import Figures
import Training

extension Snapshot {
  package var samples: Exhibit.Content {
    get { exhibits.first?.content ?? .empty }
    set { exhibits = newValue == .empty ? [] : [Exhibit("samples", title: "samples", newValue)] }
  }
}
