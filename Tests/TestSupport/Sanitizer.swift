// `.ci/sanitize` runs the tests in a program that is not the one that people run: it has memory, files and signals of its
// own, and plain kernels.

import Glibc
import Testing

package enum Sanitizer {
  package static let isThere = getenv("GANTUI_SANITIZER") != nil
  package static let needsLimits: Comment =
    "SKIPPED: a sanitizer does not start under the limits that this test sets"
  package static let hasOtherKernels: Comment = "SKIPPED: under a sanitizer sums are of other vectors"
}
