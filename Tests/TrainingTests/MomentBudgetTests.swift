// Memory for moments that can be gone back to, shared among the experiments of a session.

import Testing
import Training

@Suite("A budget of moments", .timeLimit(.minutes(10)))
struct MomentBudgetTests {
  @Test("is what the others leave, and an equal share in any case")
  func shares() {
    let budget = MomentBudget(bytes: 100)
    let (a, b) = (budget.join(), budget.join())
    budget.holds(20, member: a)
    #expect(budget.room(for: b) == 80)
    budget.holds(80, member: b)
    #expect(budget.room(for: a) == 50)
    budget.holds(50, member: a)
    #expect(budget.room(for: b) == 50)
  }

  @Test("is 128 MB, and less where the machine has less")
  func machine() {
    #expect(MomentBudget(machine: 64 << 30).bytes == 128 << 20)
    #expect(MomentBudget(machine: 512 << 20).bytes == 32 << 20)
  }

  @Test("holds for a run: the more its moments take, the fewer are kept, but two")
  func run() async {
    var counts: [Int] = []
    for bytes in [1, 1_500_000, 128 << 20] {
      let budget = MomentBudget(bytes: bytes)
      let other = budget.join()
      budget.holds(bytes / 2, member: other)
      let rehearsal = Rehearsal(.test("toy"), stepLimit: 6_000, budget: budget)
      counts.append(await rehearsal.first { $0.phase == .finished }.timeline.steps.count)
      await rehearsal.stop()
      #expect(bytes == 1 || budget.room(for: other) >= bytes / 2, "it leaves the other one its half")
    }
    #expect(counts[0] == 2)
    #expect((3..<counts[2]).contains(counts[1]), "\(counts)")
  }
}
