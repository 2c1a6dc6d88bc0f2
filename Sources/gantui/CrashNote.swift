// What is said after a crash: where the runs of this process were saved.

import NCursesBackend
import RunFiles
import Synchronization

/// One for the process, as its signals are.
final class CrashNote: Sendable {
  /// The step that each run was last saved at, in the order in which they were first saved.
  private let steps = Mutex<[(folder: RunFolder, step: Int)]>([])

  init() { CrashGuard.note("Nothing was saved in this session.") }

  func saved(_ folder: RunFolder, step: Int) {
    steps.withLock { steps in
      if let index = steps.firstIndex(where: { $0.folder == folder }) {
        steps[index].step = step
      } else {
        steps.append((folder, step))
      }
      let places = steps.map { "step \($0.step) in \($0.folder.path)" }.joined(separator: ", ")
      CrashGuard.note("Saved: \(places). Resume with gantui --resume FOLDER.".harmlessLine)
    }
  }
}
