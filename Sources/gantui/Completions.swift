// What the shell offers for arguments that only this program knows: experiments, themes, runs. The last two are looked up when
// the Tab key is pressed.

import ArgumentParser
import Dashboard
import Glibc
import RunFiles
import Training

extension CompletionKind {
  static var experiments: CompletionKind { .list(Experiment.all.map(\.name)) }

  static var themes: CompletionKind {
    .custom { _, _, word in ThemeSelection.bundled.map(\.name) + paths(word, endings: [".toml", ".theme"]) }
  }

  /// Names of runs that have been kept, the latest first, and folders once a path is being typed.
  static var runs: CompletionKind {
    .custom { _, _, word in
      let home = try? RunFolder.home(SettingsFlag.environment)
      return ["last"] + (home.map(RunFolder.all(in:)) ?? []).map(\.name) + paths(word, endings: [])
    }
  }

  /// Folders and files of these endings that begin as a word does.
  private static func paths(_ word: String, endings: [String]) -> [String] {
    guard word.contains("/") || !endings.isEmpty else { return [] }
    var found = glob_t()
    defer { globfree(&found) }
    let pattern = word.map { "*?[\\".contains($0) ? "\\\($0)" : "\($0)" }.joined() + "*"
    guard glob(pattern, GLOB_MARK, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
      .filter { path in path.hasSuffix("/") || endings.contains { path.hasSuffix($0) } }
  }
}
