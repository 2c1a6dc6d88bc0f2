// What the processor could do if it only multiplied and added.

import CKernels

/// Floating-point operations per second of one core in single precision, measured for a tenth of a second.
///
/// - Parameter clock: seconds since any fixed moment.
package func peakOperationsPerSecond(clock: () -> Double) -> Double {
  let rounds = 200_000
  var best = 0.0
  let begin = clock()
  repeat {
    let start = clock()
    let operations = ck_peak_single(rounds)
    best = max(best, operations / (clock() - start))
  } while clock() - begin < 0.1
  return best
}
