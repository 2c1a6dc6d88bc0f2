// Losses on logits. A logit and a probability are easily mixed up, so the names say which is meant.

import Autograd

/// The mean binary cross-entropy −[t·log σ(a) + (1 − t)·log(1 − σ(a))] over all elements, in nats.
///
/// Written with softplus, which neither overflows nor loses digits for large |a|: for a target of 1 it is
/// mean softplus(−a), for 0 it is mean softplus(a).
///
/// - Parameters:
///   - logits: any shape.
///   - target: 1 for "real", 0 for "fake", or a soft label between.
package func binaryCrossEntropy(logits: Tensor, target: Float) -> Tensor {
  switch target {
  case 0: logits.softplus().mean()
  case 1: (-logits).softplus().mean()
  default: (logits.softplus() - logits * target).mean()
  }
}
