// `gantui verify`: a model's claims, checked by training.

import TestSupport
import Testing

@Suite("Checking what a model claims")
struct VerifyTests {
  @Test("Claim and control are trained for every seed, and said in words")
  func words() throws {
    let outcome = try Program.run("verify", "dirac", "--seeds", "2")
    #expect(outcome.status == 0)
    #expect(
      outcome.lines == [
        "claim, r1=1: √(θ² + ψ²) ≤ 0.001 after 500 steps", "  seed 1: 0.0000, holds", "  seed 2: 0.0000, holds",
        "control, r1=0: √(θ² + ψ²) ≥ 1 after 500 steps", "  seed 1: 1.4126, holds", "  seed 2: 1.4126, holds",
      ])
  }

  @Test("As JSON, a line for each training")
  func json() throws {
    let outcome = try Program.run("verify", "dirac", "--seeds", "1", "--json")
    #expect(try outcome.lines.map { try JSONValue.object($0)["kind"] } == [.text("claim"), .text("control")])
  }

  @Test("A model without claims, and one that does not exist, are refused in words")
  func refused() throws {
    let none = try Program.run("verify", "gan/paper-mnist")
    #expect(none.status == 64 && none.errors.contains("claims nothing that could be checked"))
    let unknown = try Program.run("verify", "dirak")
    #expect(unknown.status == 64 && unknown.errors.contains("dirac"))
  }
}
