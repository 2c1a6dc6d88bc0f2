// What is known of a run that somebody else trains: its figures and its latest samples, in bounded memory.

import Figures
import RunFiles
import Training

package struct WatchedRun: Hashable, Sendable {
  package struct Sample: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
      /// Ready to be drawn: grey, and no larger than any screen shows it.
      case picture(Picture)
      /// Of a run of gantui.
      case view(Exhibit.Content)
    }

    package var step: Double
    package let content: Content

    package init(step: Double, picture: Picture) {
      self.step = step
      content = .picture(picture.grey(atMost: Self.side))
    }

    package init(step: Double, view: Exhibit.Content) {
      self.step = step
      content = .view(view)
    }

    private static let side = 512
  }

  package var name: String
  /// By tag.
  package private(set) var figures: [String: FigureHistory] = [:]
  /// The latest pictures of each tag.
  package private(set) var samples: [String: Sample] = [:]
  /// Parts of its files that could not be read.
  package var damages = 0
  /// The greatest step of all figures and pictures, without those that the run has gone back behind.
  package var step: Double? {
    (figures.values.compactMap { $0.stretches.last?.steps.upperBound } + samples.values.map(\.step)).max()
  }

  /// Tags that are taken; who writes more does not mean them for eyes.
  static let mostTags = 500

  package init(name: String) { self.name = name }

  package mutating func add(_ value: Double, of tag: String, at step: Double) {
    guard figures[tag] != nil || figures.count < Self.mostTags else { return }
    figures[tag, default: FigureHistory()].add(value, at: step)
  }

  package mutating func add(_ sample: Sample, of tag: String) {
    guard samples[tag] != nil || samples.count < Self.mostTags else { return }
    samples[tag] = sample
  }
}
