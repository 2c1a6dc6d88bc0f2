// When and where a run has left the numbers.

package struct Divergence: Hashable, Sendable, CustomStringConvertible {
  /// The first step after which something was NaN or infinite.
  package var step: Int
  /// Whose loss it was, `D` or `G`, or both; empty if the losses are still finite.
  package var losses: [String]
  /// The first weight, running statistic or moment that is; `nil` if all of them are still finite.
  package var tensor: String?

  package init(step: Int, losses: [String], tensor: String?) {
    self.step = step
    self.losses = losses
    self.tensor = tensor
  }

  /// What is broken, in words.
  package var findings: String {
    let ofLosses = losses.isEmpty ? nil : "the loss of \(losses.joined(separator: " and "))"
    let ofTensors = tensor.map { "tensors, of which the first is \($0)" }
    return [ofLosses, ofTensors].compactMap(\.self).joined(separator: ", and ")
  }

  package var description: String {
    "no numbers since step \(step): \(findings); go on from an earlier step with a lower learning rate, or begin again "
      + "with another seed or other rules"
  }
}
