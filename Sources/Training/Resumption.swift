// Where a run goes on instead of beginning: a checkpoint, and what a person wants to be different from now on.

import RunFiles

package struct Resumption: Sendable {
  package let file: Safetensors
  package let path: String
  /// Settings that may differ from the checkpoint's.
  package let overrides: Set<String>

  package init(path: String, overrides: Set<String> = []) throws(RunFileError) {
    self.path = path
    self.overrides = overrides
    file = try Safetensors(path: path)
  }
}
