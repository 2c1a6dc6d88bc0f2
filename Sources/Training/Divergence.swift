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

  /// What and since when: `NaN or infinite since step 812: D's and G's loss, tensor discriminator.dense1.weight`.
  package var findings: String {
    let ofLosses = losses.isEmpty ? nil : losses.map { "\($0)'s" }.joined(separator: " and ") + " loss"
    let what = [ofLosses, tensor.map { "tensor \($0)" }].compactMap(\.self).joined(separator: ", ")
    return "NaN or infinite since step \(step): \(what)"
  }

  package var description: String {
    "\(findings); go on from an earlier step with a lower learning rate, or begin again with another seed or other rules"
  }
}
