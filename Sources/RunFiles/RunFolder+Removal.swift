// Runs that go: which ones are offered for removal, and how one is removed. Nothing goes by itself.

import Glibc

extension RunFolder {
  /// Whether a person has given it a name: another one than `make` gives, `toy-20261121-112805` and `…-2`.
  package var hasOwnName: Bool {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false).map { part in
      part.allSatisfy { $0.isASCII && $0.isNumber } ? part.count : 0
    }
    let isMadeUp = parts.count > 2 && parts.suffix(2) == [8, 6]
    let isMadeUpAgain = parts.count > 3 && parts.suffix(3).dropLast() == [8, 6] && parts.suffix(1) != [0]
    return !isMadeUp && !isMadeUpAgain
  }

  /// Removes what a run has left. What else there is in its folder stays, and so does the folder then. The log goes last: a
  /// removal that was interrupted leaves a run that can be removed.
  ///
  /// - Throws: `cannotRemove`, also while a process writes there.
  package func remove() throws(RunFileError) {
    let lock: RunLock
    do throws(RunFileError) {
      lock = try RunLock(self)
    } catch {
      switch error {
      case .held(_, let process):
        let name = process.map { "process \($0)" } ?? "another process"
        throw .cannotRemove(path: path, reason: "it is being trained by \(name)")
      case .cannotWrite(_, let reason): throw .cannotRemove(path: path, reason: reason)
      default: throw error
      }
    }
    defer { withExtendedLifetime(lock) {} }
    for checkpoint in checkpoints.files { try Self.remove(checkpoint) }
    rmdir(checkpoints.path)
    let names = Self.names(in: path)
    for name in names where Self.isOwn(name) { try Self.remove("\(path)/\(name)") }
    try Self.remove(metrics)
    try Self.remove("\(path)/\(RunLock.fileName)")
    rmdir(path)
  }

  /// Whether a file is one that runs leave, besides checkpoints, log and lock.
  private static func isOwn(_ name: String) -> Bool {
    let name = name.prefix(upTo: name.firstRange(of: AtomicFile.draftEnding)?.lowerBound ?? name.endIndex)
    return ["config.toml", "samples.ndjson", "final.txt", "final.ansi"].contains(String(name))
      || name.hasPrefix("events.out.tfevents.")
  }

  private static func remove(_ path: String) throws(RunFileError) {
    guard unlink(path) == 0 || errno == ENOENT else {
      throw .cannotRemove(path: path, reason: String(cString: strerror(errno)))
    }
  }
}

/// Which runs are offered for removal: those that nobody has given a name, where they are old, or where later ones take all
/// the room that there is for such.
package struct PruningRule: Hashable, Sendable {
  /// Since something was last noted.
  package var days = 30
  /// For all runs together.
  package var bytes = 2_000_000_000

  package struct Run: Hashable, Sendable {
    package var folder: RunFolder
    package var size: Int
    package var changed: Moment
    /// Whether it may be offered: it has no name of its own, and nobody trains it.
    package var isFree: Bool

    package init(folder: RunFolder, size: Int, changed: Moment, isFree: Bool) {
      self.folder = folder
      self.size = size
      self.changed = changed
      self.isFree = isFree
    }

    /// As it is on the disk; `nil` where there is no run.
    package init?(_ folder: RunFolder) {
      guard let changed = folder.changed else { return nil }
      self.init(
        folder: folder, size: folder.size, changed: changed, isFree: !folder.hasOwnName && !RunLock.isHeld(folder))
    }
  }

  package init() {}

  /// - Parameter runs: the latest first.
  package func offered(of runs: [Run], at now: Moment) -> [Run] {
    var room = bytes - runs.filter { !$0.isFree }.reduce(0) { $0 + $1.size }
    return runs.filter { run in
      guard run.isFree else { return false }
      guard now.seconds - run.changed.seconds <= days * 86_400, run.size <= room else { return true }
      room -= run.size
      return false
    }
  }
}
