// What can be wrong with files of a run, in words for a person.

import Glibc

package enum RunFileError: Error, Hashable, Sendable, CustomStringConvertible {
  case cannotWrite(path: String, reason: String)
  case cannotRead(path: String, reason: String)
  case cannotRemove(path: String, reason: String)
  /// It was read, and is not what it should be.
  case broken(path: String, reason: String)
  /// Another process, which lives, writes there.
  case held(path: String, process: Int?)
  /// There is a run in a folder that was named for a new one.
  case occupied(path: String)
  /// Neither a name nor a path of a run.
  case noRun(String, home: String?)
  /// A run's folder in which no figures have come to be.
  case noFigures(path: String)
  /// There are no variables that say where runs are kept.
  case noHome

  /// With what the system says about the call that has just failed.
  static func cannotWrite(_ path: String, errno code: Int32 = errno) -> RunFileError {
    .cannotWrite(path: path, reason: String(cString: strerror(code)))
  }

  package static func cannotRead(_ path: String, errno code: Int32 = errno) -> RunFileError {
    .cannotRead(path: path, reason: String(cString: strerror(code)))
  }

  package var description: String {
    switch self {
    case .cannotWrite(let path, let reason):
      "\(path) cannot be written: \(reason); name another folder with --run-dir, or keep nothing with --no-run-dir"
    case .cannotRead(let path, let reason): "\(path) cannot be read: \(reason)"
    case .cannotRemove(let path, let reason): "\(path) cannot be removed: \(reason)"
    case .broken(let path, let reason): "\(path): \(reason)"
    case .held(let path, let process):
      "\(path) is being written by \(process.map { "process \($0)" } ?? "another process"): wait for its end, or name "
        + "another folder with --run-dir"
    case .occupied(let path): "there is a run in \(path) already: name another folder with --run-dir"
    case .noRun(let name, let home):
      "there is no run “\(name)”" + (home.map { " in \($0)" } ?? "")
        + ": name one that “gantui runs” lists, the folder of one, an experiment for its latest, or “last”"
    case .noFigures(let path):
      "there are no figures in \(path): the run ended before its first ones, or there was no room for them; name another run"
    case .noHome: "neither $XDG_STATE_HOME nor $HOME says where runs are kept: name a folder with --run-dir"
    }
  }
}
