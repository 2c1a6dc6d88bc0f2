// Where a run is to leave its files: a folder that a person has named, which is theirs to take from the first moment on, or
// a new one among all runs, which is made when there is something to put into it.

import RunFiles

package enum RunPlace: Sendable {
  /// A new folder in the folder of all runs.
  case new(in: String)
  /// A folder that nobody else can write into.
  case taken(RunFolder, RunLock)

  /// Makes and locks a folder that a person has named for a new run.
  ///
  /// - Throws: `held` if another process writes there, `occupied` if there is a run in it, `cannotWrite`.
  package static func taking(_ folder: RunFolder) throws(RunFileError) -> RunPlace {
    try folder.make()
    let lock = try RunLock(folder)
    guard !folder.holdsRun else { throw .occupied(path: folder.path) }
    return .taken(folder, lock)
  }

  /// Locks the folder of a run that is gone on with.
  ///
  /// - Throws: `held` if another process writes there, `cannotWrite`.
  package static func resuming(_ folder: RunFolder) throws(RunFileError) -> RunPlace {
    .taken(folder, try RunLock(folder))
  }

  /// Takes away a folder that was taken and has come to hold nothing.
  package func giveUp() {
    if case .taken(let folder, _) = self { folder.removeIfEmpty() }
  }

  /// The folder, made and locked, of a run of `experiment` that begins now.
  func open(for experiment: String, at start: Moment) throws(RunFileError) -> (RunFolder, RunLock) {
    switch self {
    case .new(let home):
      let folder = try RunFolder.make(for: experiment, at: start, in: home)
      return (folder, try RunLock(folder))
    case .taken(let folder, let lock): return (folder, lock)
    }
  }
}

/// Where the event file of a run goes, for TensorBoard.
package enum EventFilePlace: Hashable, Sendable {
  /// Into the run's folder, beside its journal.
  case runFolder
  /// Into a folder in this one, called as the run is.
  case folder(in: String)

  func path(for run: RunFolder) -> String {
    switch self {
    case .runFolder: run.path
    case .folder(let path): "\(path)/\(run.name)"
    }
  }
}
