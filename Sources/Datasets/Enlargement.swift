// Larger pictures by bilinear interpolation, for networks that take more pixels than a set has. Pixels are squares: the
// centre of new pixel i lies at (i + ½)·old/new − ½ among the old centres, and beyond the outermost of these the picture
// goes on as it is there, which is what image programs and PyTorch's `interpolate(align_corners=False)` do.

/// From pictures of one size to larger ones.
package struct Enlargement: Sendable {
  /// Where a new pixel of a line comes from: `(1 − share) · old[first] + share · old[second]`.
  private struct Mix {
    let first: Int
    let second: Int
    let share: Float
  }

  /// Pixels of the new pictures.
  package let width: Int
  package let height: Int
  private let old: (width: Int, height: Int)
  private let across: [Mix]
  private let down: [Mix]

  package init(ofWidth oldWidth: Int, height oldHeight: Int, toWidth width: Int, height: Int) {
    precondition(
      oldWidth > 0 && oldHeight > 0 && width >= oldWidth && height >= oldHeight,
      "Enlargement: \(width)×\(height) is smaller than \(oldWidth)×\(oldHeight)")
    self.width = width
    self.height = height
    self.old = (oldWidth, oldHeight)
    across = Self.mixes(from: oldWidth, to: width)
    down = Self.mixes(from: oldHeight, to: height)
  }

  private static func mixes(from old: Int, to new: Int) -> [Mix] {
    (0..<new).map { index in
      let place = max(0, (Double(index) + 0.5) * Double(old) / Double(new) - 0.5)
      let first = Int(place)
      return Mix(first: first, second: min(first + 1, old - 1), share: Float(place - Double(first)))
    }
  }

  /// Pictures `[N, old height, old width]` as `[N, height, width]`.
  package func callAsFunction(_ pictures: [Float]) -> [Float] {
    let size = old.width * old.height
    var result = [Float](repeating: 0, count: pictures.count / size * width * height)
    var scratch: [Float] = []
    enlarge(pictures, into: &result, scratch: &scratch)
    return result
  }

  /// The same in place.
  ///
  /// - Parameter scratch: kept between calls, so that none but the first takes memory.
  package func enlarge(_ pictures: [Float], into result: inout [Float], scratch lines: inout [Float]) {
    let size = old.width * old.height
    precondition(
      pictures.count.isMultiple(of: size) && result.count == pictures.count / size * width * height,
      "Enlargement: \(pictures.count) are no pictures of \(size) for \(result.count) pixels")
    if lines.count != old.height * width { lines = Array(repeating: 0, count: old.height * width) }
    let source = pictures.span
    var target = result.mutableSpan
    var lines = lines.mutableSpan
    var place = 0
    for start in stride(from: 0, to: pictures.count, by: size) {
      for line in 0..<old.height {
        let begin = start + line * old.width
        for column in 0..<width {
          let mix = across[column]
          let first = source[begin + mix.first]
          lines[line * width + column] = first + mix.share * (source[begin + mix.second] - first)
        }
      }
      for mix in down {
        for column in 0..<width {
          let first = lines[mix.first * width + column]
          target[place] = first + mix.share * (lines[mix.second * width + column] - first)
          place += 1
        }
      }
    }
  }
}
