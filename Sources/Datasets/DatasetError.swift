// The one error of this module: data that are not what their file or folder promises.

/// Says which file, where in it, what is wrong, what was expected, and how to mend it.
package struct DatasetError: Error, Hashable, CustomStringConvertible {
  package let path: String
  /// The byte, in the uncompressed file, at which reading failed; `nil` where no byte was read.
  package let offset: Int?
  /// What was found, and what should have been there.
  package let problem: String
  /// What a person can do about it.
  package let mend: String

  package var description: String {
    "\(path)\(offset.map { ", byte \($0)" } ?? ""): \(problem). \(mend)."
  }
}
