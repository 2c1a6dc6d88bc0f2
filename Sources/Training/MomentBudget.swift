// Memory for the moments that can be gone back to: one budget for a session, however many experiments it has.

import Glibc
import Synchronization

package final class MomentBudget: Sendable {
  /// Bytes for all moments together, as far as at least two of each experiment fit.
  private static let usual = 128 << 20
  /// The part of a smaller machine's memory that moments may take.
  private static let share = 16

  package let bytes: Int
  /// What each experiment holds, by its number.
  private let held = Mutex<[Int]>([])

  package init(bytes: Int) { self.bytes = bytes }

  /// For a machine with so much memory.
  package convenience init(machine: Int = MomentBudget.memoryOfMachine) {
    self.init(bytes: min(Self.usual, machine / Self.share))
  }

  /// In bytes.
  package static var memoryOfMachine: Int { sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)) }

  /// The number of one more experiment.
  package func join() -> Int {
    held.withLock { held in
      held.append(0)
      return held.count - 1
    }
  }

  /// What an experiment may hold: all that the others leave, and an equal share in any case.
  package func room(for member: Int) -> Int {
    held.withLock { max(bytes / $0.count, bytes - ($0.reduce(0, +) - $0[member])) }
  }

  /// An experiment says what it holds now.
  package func holds(_ bytes: Int, member: Int) { held.withLock { $0[member] = bytes } }
}
