// Where a run keeps what it leaves: a folder of its own, with a file for each kind of thing. Folders that nobody names are
// made in $XDG_STATE_HOME/gantui/runs (XDG base directory specification: "state data that should persist between
// restarts"), each called after its experiment and the time of its beginning.

import Glibc

package struct RunFolder: Hashable, Sendable {
  package let path: String

  package init(path: String) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
  }

  /// What `gantui runs` calls it.
  package var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The run's settings, for people and for its resumption.
  package var configuration: String { path + "/config.toml" }
  /// What it can be resumed from.
  package var checkpoints: CheckpointFolder { CheckpointFolder(path: path + "/checkpoints") }
  /// Figures and events, line by line.
  package var metrics: String { path + "/metrics.ndjson" }
  /// What was shown of samples, line by line.
  package var samples: String { path + "/samples.ndjson" }
  /// The screen as it was left, as text and with colours.
  package func final(_ ending: String) -> String { "\(path)/final.\(ending)" }

  /// Whether there is a run in it.
  package var holdsRun: Bool {
    var information = stat()
    return stat(metrics, &information) == 0
  }

  /// Whether it says with which settings the run was begun: one that goes on with another folder's run does not yet.
  package var hasConfiguration: Bool {
    var information = stat()
    return stat(configuration, &information) == 0
  }

  /// Bytes of all files in it. A file of two names, as the best checkpoint may be the last one too, counts once.
  package var size: Int {
    var seen: Set<ino_t> = []
    return Self.size(of: path, seen: &seen)
  }

  private static func size(of path: String, seen: inout Set<ino_t>) -> Int {
    names(in: path).reduce(0) { sum, name in
      var information = stat()
      guard lstat("\(path)/\(name)", &information) == 0 else { return sum }
      if information.st_mode & S_IFMT == S_IFDIR { return sum + size(of: "\(path)/\(name)", seen: &seen) }
      return seen.insert(information.st_ino).inserted ? sum + Int(information.st_size) : sum
    }
  }

  /// When something was last noted; `nil` where there is no run.
  package var changed: Moment? { lastChange.map { Moment(seconds: $0.seconds) } }

  fileprivate var lastChange: (seconds: Int, nanoseconds: Int)? {
    var information = stat()
    guard stat(metrics, &information) == 0 else { return nil }
    return (information.st_mtim.tv_sec, information.st_mtim.tv_nsec)
  }

  // MARK: New ones

  /// The folder of all runs that nobody has named a folder for. A relative path in the variables counts as none.
  package static func home(_ environment: (String) -> String?) throws(RunFileError) -> String {
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") { return state + "/gantui/runs" }
    guard let home = environment("HOME"), home.hasPrefix("/") else { throw .noHome }
    return home + "/.local/state/gantui/runs"
  }

  /// Makes a folder that was not there, `toy-20261121-112805`, or `…-2` and so on.
  package static func make(
    for experiment: String, at start: Moment, in home: String
  ) throws(RunFileError) -> RunFolder {
    try makeAll(home)
    let name = "\(home)/\(plain(experiment))-\(start.name)"
    var (path, number) = (name, 1)
    while mkdir(path, 0o755) != 0 {
      guard errno == EEXIST else { throw .cannotWrite(path) }
      number += 1
      path = "\(name)-\(number)"
    }
    return RunFolder(path: path)
  }

  /// Of an experiment's name, what is safe in a file name everywhere.
  package static func plain(_ experiment: String) -> String {
    String(experiment.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
  }

  /// Makes the folder that a person has named, and those that it lies in, where they are not there.
  package func make() throws(RunFileError) { try Self.makeAll(path) }

  private static func makeAll(_ path: String) throws(RunFileError) {
    if mkdir(path, 0o755) == 0 { return }
    if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      try makeAll(String(path[..<slash]))
      if mkdir(path, 0o755) == 0 { return }
    }
    let code = errno
    var information = stat()
    let isFolder = stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
    guard code == EEXIST else { throw .cannotWrite(path, errno: code) }
    if !isFolder { throw .cannotWrite(path, errno: ENOTDIR) }
  }

  /// Takes it away again if there is nothing in it but its lock.
  package func removeIfEmpty() {
    guard Self.names(in: path).allSatisfy({ $0 == RunLock.fileName }) else { return }
    unlink(path + "/" + RunLock.fileName)
    rmdir(path)
  }

  // MARK: Those that are there

  /// All runs in a folder, the latest first.
  package static func all(in home: String) -> [RunFolder] {
    let found = names(in: home).compactMap { name in
      let folder = RunFolder(path: "\(home)/\(name)")
      return folder.lastChange.map { (folder, $0) }
    }
    return found.sorted { ($0.1.seconds, $0.1.nanoseconds, $0.0.name) > ($1.1.seconds, $1.1.nanoseconds, $1.0.name) }
      .map(\.0)
  }

  /// A run by its name in `home`, by the path of its folder, or the latest one: of an experiment, by its name, or of all, as
  /// `last`.
  package static func find(_ name: String, in home: String?) throws(RunFileError) -> RunFolder {
    let candidates = [home.map { "\($0)/\(name)" }, name].compactMap(\.self).map(RunFolder.init(path:))
    if let found = candidates.first(where: \.holdsRun) { return found }
    let latest = home.flatMap { home in
      all(in: home).first { name == "last" || $0.name.hasPrefix(plain(name) + "-") }
    }
    if let latest { return latest }
    throw .noRun(name, home: home)
  }

  static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
