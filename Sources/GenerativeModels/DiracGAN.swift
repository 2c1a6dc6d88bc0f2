// Mescheder, Geiger, Nowozin: "Which training methods for GANs do actually converge?" (ICML 2018, arXiv:1801.04406), §2: the
// smallest game there is. All data lie at 0, G makes one point θ, D is a line of slope ψ:
//
//     L(θ, ψ) = f(ψ·θ) + f(0),  f(t) = −log(1 + e⁻ᵗ)                                                     (equation 3)
//
// Its gradient field turns about the equilibrium (0, 0) and never leads there (lemma 2.3); simultaneous steps of length h
// drift outward by a factor √(1 + h²·f′(ψθ)²) each (lemma 2.4), alternating ones stay on a cycle. The penalty R1 on D's
// gradient, γ/2·ψ² (§4.1), makes it arrive; γ = 1 is critical for this f: the eigenvalues there stop turning.

import Autograd
import Figures
import NeuralNetwork

package struct DiracGAN: Model {
  /// Steps that the path remembers: all of the paper's 500.
  private static let remembered = 512

  package let card = Card(
    name: "dirac", title: "two parameters that circle", paper: "Mescheder et al. 2018, arXiv:1801.04406", data: .none,
    draws: [],
    knobs: [
      .number("r1", 0, in: 0...100, "γ of the penalty γ/2·ψ²; 1 is critical, 0 circles"),
      .choice(
        "order", "alternating", of: GAN.Order.allCases.map(\.rawValue),
        "D then G, or both at once, which drifts outward"),
      .count("k", 1, in: 1...1_000_000, "updates of D before each of G, in alternating order"),
      .number("h", 0.2, in: 0...10, "length of a step: the learning rate of both"),
      .number("theta_start", 1, in: -10...10, "where θ starts"),
      .number("psi_start", 1, in: -10...10, "where ψ starts"),
    ],
    exhibits: [("path", "the way of θ and ψ")], best: ("radius", isLess: true),
    proofs: [
      Proof(
        "radius", .atMost(1e-3), steps: 500, settings: [("r1", "1")], control: Proof.Control([("r1", "0")], .atLeast(1))
      )
    ]
  ) { _ in
    [
      Figure(
        "radius", "√(θ² + ψ²)", chart: "radius", colour: .optimum, reference: .line(0, "equilibrium"),
        cadence: .everyStep,
        sense: .divergence, meaning: "how far the two are from the equilibrium at (0, 0)"),
      Figure(
        "theta", "θ", chart: "parameters", colour: .generator, reference: .line(0, "equilibrium"), cadence: .everyStep,
        meaning: "G's point; the data lie at 0"),
      Figure("psi", "ψ", chart: "parameters", colour: .discriminator, cadence: .everyStep, meaning: "D's slope"),
    ]
  }

  package init() {}

  package func build(_ game: GameBuilder) {
    let settings = game.settings
    let (theta, generator) = game.parameter("theta", [1, 1], .constant(Float(settings.number("theta_start"))))
    let (psi, discriminator) = game.parameter("psi", [1, 1], .constant(Float(settings.number("psi_start"))))
    let start = [Float(settings.number("theta_start")), Float(settings.number("psi_start"))]
    let path = game.memory("path", [Self.remembered, 2], .values((0..<Self.remembered).flatMap { _ in start }))
    let descent = Optimiser.momentum(rate: .constant(Float(settings.number("h"))), momentum: .constant(0))
    let (gamma, k) = (Float(settings.number("r1")), settings.count("k"))

    /// f(ψθ) as D and G see it.
    func f(_ move: Move) -> Tensor { -(-(move.recall(theta) * move.recall(psi))).softplus().sum() }
    func moveD(_ move: Move) {
      move.minimise(-f(move) + move.recall(psi).square().sum() * (gamma / 2), discriminator, by: descent)
    }
    func moveG(_ move: Move) {
      move.minimise(f(move), generator, by: descent)
      let place = [move.recall(theta), move.recall(psi)]
      let row = Tensor.concatenate(place, axis: 1)
      move.keep(Tensor.concatenate([move.recall(path).slice(axis: 0, 1..<Self.remembered), row], axis: 0), in: path)
      move.tell("theta", place[0].sum())
      move.tell("psi", place[1].sum())
      move.tell("radius", row.square().sum().squareRoot())
    }
    if settings.choice("order") == GAN.Order.simultaneous.rawValue {
      game.order([
        game.move("D and G") { move in
          moveD(move)
          moveG(move)
        }
      ])
    } else {
      let d = game.move("D", moveD)
      let g = game.move("G", moveG)
      game.order(Array(repeating: d, count: k) + [g])
    }
  }

  package func look(_ look: inout Look) {
    let game = look.game
    let now = [game.value(of: "theta"), game.value(of: "psi")]
    let memory = game.memory("path")
    let known = min(game.step, Self.remembered)
    let path =
      (Self.remembered - known..<Self.remembered).map {
        PathView.Point(x: memory[2 * $0], y: memory[2 * $0 + 1])
      } + [PathView.Point(x: now[0], y: now[1])]
    let reach = Double(path.map { max(abs($0.x), abs($0.y)) }.max() ?? 1)
    let half = reach.isFinite ? max(1.5, (reach * 1.1 * 2).rounded(.up) / 2) : 1.5
    look.show(
      "path",
      .path(
        PathView(
          range: -half...half, axisTitles: ["θ (G)", "ψ (D)"], path: path, goal: PathView.Point(x: 0, y: 0),
          field: field(half, gamma: look.settings.number("r1")), fieldSide: Self.fieldSide)))
    look.note("theta", Double(now[0]))
    look.note("psi", Double(now[1]))
    look.note("radius", Double((now[0] * now[0] + now[1] * now[1]).squareRoot()))
  }

  private static let fieldSide = 16

  /// v(θ, ψ) = (−f′(θψ)·ψ, f′(θψ)·θ − γψ), exactly.
  private func field(_ half: Double, gamma: Double) -> [PathView.Point] {
    (0..<Self.fieldSide * Self.fieldSide).map { place in
      let width = 2 * half / Double(Self.fieldSide)
      let theta = -half + (Double(place % Self.fieldSide) + 0.5) * width
      let psi = half - (Double(place / Self.fieldSide) + 0.5) * width
      let slope = probability(Float(-theta * psi))
      return PathView.Point(x: Float(-slope * psi), y: Float(slope * theta - gamma * psi))
    }
  }
}
