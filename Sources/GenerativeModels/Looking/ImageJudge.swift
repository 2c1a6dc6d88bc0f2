// Which digit a picture shows, by the plainest judge there is: it is what the real picture closest to it is
// (`NearestNeighbour`). A judge has an answer to anything, noise included: it says what is missing, not what is good.

import Datasets
import Metrics

/// How far a judge's word goes.
package struct JudgeRecord: Hashable, Sendable {
  /// Real pictures that it knows.
  package let known: Int
  /// Held-out real pictures that it was examined with, and the share of them that it was right about, 0…1.
  package let examined: Int
  package let accuracy: Double
}

/// What a picture turned out to be.
package struct PictureFinding: Hashable, Sendable {
  /// Its class, by the judge.
  package let label: UInt8
  /// Its ink as a share of what the middle one of real pictures of that class has: how thick its strokes are.
  package let thickness: Double
  /// How far it leans to the right, radians.
  package let lean: Double
}

/// A judge that knows some of the pictures that are trained on.
package struct ImageJudge {
  /// With so many it is right about 95 % of built-in digits.
  private static let mostKnown = 4000
  /// The standard error of its accuracy is then less than 1 %.
  private static let mostExamined = 1000

  /// Classes of the data.
  package let classes: Int
  private let known: LabelledImages
  private let enlargement: Enlargement?
  private let neighbours: NearestNeighbour

  /// - Parameters:
  ///   - images: what is trained on.
  ///   - enlargement: what makes them as large as samples, where they are smaller.
  package init(_ images: LabelledImages, enlargedBy enlargement: Enlargement?) {
    known = images[0..<min(Self.mostKnown, images.count)]
    self.enlargement = enlargement
    let pictures = Self.pictures(of: known, enlargement)
    neighbours = NearestNeighbour(
      points: pictures, labels: known.labels, dimension: pictures.count / max(1, known.count))
    classes = Int(images.labels.max() ?? 0) + 1
  }

  /// The class of each picture.
  ///
  /// - Parameter pictures: `[N, pixels]`, flat, in 0…1.
  package func classify(_ pictures: [Float]) -> [UInt8] { neighbours.classify(pictures) }

  /// The share of pictures that are of the class that was asked for, classes having been asked for in turn.
  package func agreement(_ pictures: [Float]) -> Double {
    let found = classify(pictures)
    guard !found.isEmpty else { return .nan }
    return Double(found.enumerated().count { $0.offset % GameBuilder.classes == Int($0.element) }) / Double(found.count)
  }

  /// What each picture is, and how it is written.
  ///
  /// - Parameter pictures: as above.
  func findings(on pictures: [Float]) -> [PictureFinding] {
    let typicalInk = typicalInk
    return zip(classify(pictures), shapes(of: pictures)).map { label, shape in
      PictureFinding(label: label, thickness: shape.mass / typicalInk[Int(label)], lean: shape.lean)
    }
  }

  /// - Parameter pictures: as above.
  func shapes(of pictures: [Float]) -> [InkShape] {
    let (width, height) = (enlargement?.width ?? known.width, enlargement?.height ?? known.height)
    return stride(from: 0, to: pictures.count, by: width * height).map { start in
      InkShape(pictures[start..<start + width * height], width: width)
    }
  }

  /// By class, the ink of the middle one of the known pictures of that class; NaN where there is none.
  private var typicalInk: [Double] {
    var masses = [[Double]](repeating: [], count: classes)
    for (label, shape) in zip(known.labels, shapes(of: Self.pictures(of: known, enlargement))) {
      masses[Int(label)].append(shape.mass)
    }
    return masses.map { $0.isEmpty ? .nan : $0.sorted()[$0.count / 2] }
  }

  package func record(on heldOut: LabelledImages) -> JudgeRecord {
    let asked = heldOut[0..<min(Self.mostExamined, heldOut.count)]
    return JudgeRecord(
      known: known.count, examined: asked.count,
      accuracy: neighbours.accuracy(on: Self.pictures(of: asked, enlargement), labels: asked.labels))
  }

  /// `[N, pixels]`, as large as samples.
  private static func pictures(of images: LabelledImages, _ enlargement: Enlargement?) -> [Float] {
    let pictures = images.floats(scaledTo: .unit)
    return enlargement?(pictures) ?? pictures
  }
}
