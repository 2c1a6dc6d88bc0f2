// A person's own rules of the game.

import Testing
import Training

@Suite("Rules that a person sets")
struct GameRulesTests {
  private func course(_ changes: [SettingChange]) async throws -> Snapshot {
    let trainer = Trainer(
      .test("toy"), options: TrainingOptions(seed: 1, changes: changes), clock: SteppingClock().clock)
    try await trainer.runToEnd(steps: 40, every: 40) { _ in }
    return await trainer.snapshot()
  }

  @Test("are named, and each changes the course")
  func eachMatters() async throws {
    let plain = try await course([])
    let minimax = try await course([SettingChange("loss", "minimax")])
    let simultaneous = try await course([SettingChange("order", "simultaneous")])
    let five = try await course([SettingChange("k", "5")])
    #expect(plain.experiment.loss == "non-saturating" && minimax.experiment.loss == "minimax")
    #expect(plain.experiment.updates == "alternating, k = 1")
    #expect(simultaneous.experiment.updates == "simultaneous")
    #expect(five.experiment.updates == "alternating, k = 5")
    let losses = [plain, minimax, simultaneous, five].map { $0.history["g_loss"]?.latest(1).buckets.last?.mean ?? .nan }
    #expect(Set(losses).count == 4)
  }
}
