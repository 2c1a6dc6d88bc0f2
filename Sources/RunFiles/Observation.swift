// What a file of a run says, whatever its format: at some step, something that is told apart by its tag was so.

package struct Observation: Sendable {
  package enum Content: Sendable {
    /// Possibly NaN or infinite: that is a finding, too.
    case number(Double)
    /// A picture that has yet to be decoded: of most pictures only the latest is ever looked at.
    case encodedPicture([UInt8])
    case picture(Picture)
  }

  /// `loss/D`, `samples`.
  package var tag: String
  /// A step or an epoch, as the writer counts; finite.
  package var step: Double
  package var content: Content

  package init(tag: String, step: Double, _ content: Content) {
    self.tag = tag
    self.step = step
    self.content = content
  }
}
