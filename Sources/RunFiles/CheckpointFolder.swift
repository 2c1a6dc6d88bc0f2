// The checkpoints of a run: the latest one or few, by step, and the best. Each is written whole or not at all, and an older one
// goes only when a newer one is there.

import Glibc

package struct CheckpointFolder: Sendable {
  package let path: String
  /// So many of the latest are kept.
  package var kept: Int

  package static let ending = ".safetensors"
  /// Digits of a step in a name, so that names sort as steps do.
  fileprivate static let digits = 12

  package init(path: String, kept: Int = 1) {
    self.path = path
    self.kept = max(1, kept)
  }

  /// All checkpoints, and drafts of some.
  var files: [String] {
    names.filter { $0.hasSuffix(Self.ending) || $0.contains(Self.ending + AtomicFile.draftEnding) }.map {
      "\(path)/\($0)"
    }
  }

  /// When a checkpoint was made: later ones are of a later branch, or of a later step of the same branch.
  package struct Moment: Hashable, Comparable, Sendable {
    /// How often the run had been taken back and continued differently.
    package var branch: Int
    package var step: Int

    package init(step: Int, branch: Int = 0) {
      self.branch = branch
      self.step = step
    }

    package static func < (a: Moment, b: Moment) -> Bool { (a.branch, a.step) < (b.branch, b.step) }
  }

  package struct Checkpoint: Hashable, Sendable {
    package var path: String
    package var moment: Moment
  }

  /// All but the best, the latest first. A folder that is not there has none.
  package var checkpoints: [Checkpoint] {
    names.compactMap { name in Moment(fileName: name).map { Checkpoint(path: "\(path)/\(name)", moment: $0) } }
      .sorted { $0.moment > $1.moment }
  }

  package var bestPath: String { "\(path)/best\(Self.ending)" }

  /// The last one of before the run was begun again, which nothing else is like.
  package var abandonedPath: String { "\(path)/before-reset\(Self.ending)" }

  /// Writes one more, and removes what is too many; the folder is made if need be.
  ///
  /// - Parameter beginsAgain: whether it is the first one since the run was begun again: later moments have been left, and
  ///   must not be taken for the latest.
  /// - Returns: the new file.
  package func write(
    _ checkpoint: Safetensors, at moment: Moment, isBest: Bool, beginsAgain: Bool = false
  ) throws(RunFileError) -> String {
    if mkdir(path, 0o755) != 0, errno != EEXIST { throw RunFileError.cannotWrite(path) }
    let file = "\(path)/\(moment.fileName)"
    try checkpoint.write(to: file)
    if isBest, !linkBest(to: file) { try checkpoint.write(to: bestPath) }
    if beginsAgain { leave(after: moment) }
    for surplus in checkpoints.dropFirst(kept) { unlink(surplus.path) }
    removeDrafts()
    return file
  }

  private func leave(after moment: Moment) {
    let left = checkpoints.filter { $0.moment > moment }
    if let last = left.first { rename(last.path, abandonedPath) }
    for other in left.dropFirst() { unlink(other.path) }
  }

  /// Tries to give the same bytes a second name: a link costs nothing, and rename(2) swaps it in at once. Not every file
  /// system knows links.
  private func linkBest(to file: String) -> Bool {
    let draft = "\(bestPath)\(AtomicFile.draftEnding)\(getpid())"
    unlink(draft)
    guard link(file, draft) == 0 else { return false }
    guard rename(draft, bestPath) == 0 else {
      unlink(draft)
      return false
    }
    return true
  }

  /// What writers have left that were killed. Whoever writes here is alone.
  private func removeDrafts() {
    for name in names where name.contains(AtomicFile.draftEnding) { unlink("\(path)/\(name)") }
  }

  private var names: [String] { RunFolder.names(in: path) }
}

extension CheckpointFolder.Moment {
  private static let beginning = "step-"

  /// `step-000000001000.safetensors`, `step-000000001000-branch-1.safetensors`.
  fileprivate var fileName: String {
    let digits = String(step)
    let padded = String(repeating: "0", count: max(0, CheckpointFolder.digits - digits.count)) + digits
    return Self.beginning + padded + (branch > 0 ? "-branch-\(branch)" : "") + CheckpointFolder.ending
  }

  fileprivate init?(fileName: String) {
    guard fileName.hasPrefix(Self.beginning), fileName.hasSuffix(CheckpointFolder.ending) else { return nil }
    let middle = fileName.dropFirst(Self.beginning.count).dropLast(CheckpointFolder.ending.count)
    let parts = middle.split(separator: "-", omittingEmptySubsequences: false)
    guard let step = Int(parts[0]), step >= 0 else { return nil }
    switch parts.count {
    case 1: self.init(step: step)
    case 3 where parts[1] == "branch":
      guard let branch = Int(parts[2]), branch > 0 else { return nil }
      self.init(step: step, branch: branch)
    default: return nil
    }
  }
}
