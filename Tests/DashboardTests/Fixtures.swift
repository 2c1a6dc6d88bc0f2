// Frozen moments of training, made of closed formulas: the same on every machine.

import Dashboard
import Figures
import Glibc
import TerminalUI
import Training

enum Fixtures {
  static let toySummary = summary("toy", title: "a Gaussian from noise", data: "N(4, 0.5)")
  static let digitsSummary = summary("digits", title: "handwriting from noise", data: "built-in digits")

  /// Of a game of two players, with all the figures that such a game may have, and one chart: of the losses.
  static func summary(
    _ name: String, title: String, data: String, loss: String = "non-saturating",
    updates: String = "alternating, k = 1", seed: UInt64 = 1
  ) -> ExperimentSummary {
    var summary = ExperimentSummary(name: name, title: title, data: data, loss: loss, updates: updates, seed: seed)
    summary.figures = OldFigures.all.map { figure in
      var figure = figure
      if figure.chart != "losses" { figure.chart = nil }
      return figure
    }
    return summary
  }

  static func normal(_ x: Double, mean: Double, deviation: Double) -> Double {
    let z = (x - mean) / deviation
    return exp(-0.5 * z * z) / (deviation * (2 * .pi).squareRoot())
  }

  static func history(steps: Int, brokenAt: Int? = nil) -> Histories {
    var history = Histories(["d_loss", "g_loss"])
    for step in 0..<steps {
      let share = Double(step) / 400
      let wave = sin(Double(step) * 12.9898) * 0.12
      let d = log(2) - 0.45 * exp(-share) + wave * 0.6
      let g = log(2) + 1.9 * exp(-share * 1.5) - wave
      history.add(discriminator: step == brokenAt ? .nan : Float(d), generator: Float(g))
    }
    return history
  }

  /// The 1-D game, with the generator's density somewhat left of the data's.
  static func toy(phase: Phase = .running, brokenAt: Int? = nil, pace: Double? = nil) -> Snapshot {
    var snapshot = Snapshot(experiment: toySummary)
    snapshot.phase = phase
    snapshot.next = NextMove(name: "D")
    snapshot.step = 12_340
    snapshot.seconds = 125
    snapshot.stepsPerSecond = pace.map { $0 * 0.99 } ?? 5_210
    snapshot.pace = pace
    snapshot.readings["d_loss"] = 0.661
    snapshot.readings["g_loss"] = 0.742
    snapshot.readings["d_real"] = 0.534
    snapshot.readings["d_fake"] = 0.471
    snapshot.readings["value"] = -1.322
    snapshot.readings["value_at_optimum"] = -1.310
    snapshot.readings["jsd"] = 0.038
    snapshot.readings["jsd_floor"] = 0.004
    snapshot.readings["jsd_bound"] = 0.032
    snapshot.readings["jsd_bound_error"] = 0.004
    snapshot.readings["d_error"] = 0.047
    snapshot.history = history(steps: 1800, brokenAt: brokenAt)

    let centres = (0..<120).map { Double($0) / 120 * 8 + 1.0 / 30 }
    let data = centres.map { normal($0, mean: 4, deviation: 0.5) }
    let model = centres.enumerated().map { index, x in
      normal(x, mean: 3.6, deviation: 0.6) * (1 + 0.12 * sin(Double(index) * 2.3))
    }
    let optimum = zip(data, model).map { data, model in data + model < 1e-4 ? .nan : data / (data + model) }
    let discriminator = centres.map { 0.08 + 0.84 / (1 + exp(-2.2 * ($0 - 3.9))) * exp(-0.06 * ($0 - 4) * ($0 - 4)) }
    snapshot.samples = .density(
      DensityView(
        range: 0...8, dataDensity: data, modelDensity: model, discriminator: discriminator, optimum: optimum,
        map: (0..<32).map { index in
          let z = -1 + 2 * Double(index) / 31
          return .init(z: z, x: 3.6 + 0.9 * atanh(z * 0.93))
        }, outside: 0.002))
    return snapshot
  }

  /// So far in its opening.
  static func opening() -> Snapshot {
    var snapshot = toy(pace: 7_109)
    snapshot.isAutomatic = true
    snapshot.readingsStep = 12_290
    snapshot.samplesStep = 12_290
    return snapshot
  }

  /// Pictures of an earlier step, and figures of a still earlier one.
  static func stale() -> Snapshot {
    var snapshot = digits()
    snapshot.readingsStep = 655
    snapshot.samplesStep = 790
    return snapshot
  }

  /// Rings and bars: a 0 and a 1 in grey, `count` of them. They are drawn on 28×28 units, whatever the pixels.
  static func pictures(_ count: Int, side: Int = 28) -> [Float] {
    (0..<count).flatMap { index in
      (0..<(side * side)).map { pixel -> Float in
        let unit = 28 / Double(side)
        let x = (Double(pixel % side) + 0.5) * unit - 14 + Double(index % 3) * 0.7
        let y = (Double(pixel / side) + 0.5) * unit - 14
        let distance = index % 2 == 0 ? abs((x * x * 1.7 + y * y).squareRoot() - 7.5) : abs(x + y * 0.2)
        let inside = abs(y) < 10
        return inside ? Float(max(0, min(1, 2.2 - distance))) : 0
      }
    }
  }

  /// Rows of upright bars, the further right the further on the way; the lower the row, the longer.
  static func bars(rows: Int, points: Int, side: Int = 28) -> [Float] {
    (0..<rows * points).flatMap { index in
      (0..<side * side).map { pixel in
        let (x, y) = (pixel % side * 28 / side, pixel / side * 28 / side)
        let isInk = x / 4 == index % points / 4 && y < 12 + 6 * (index / points)
        return isInk ? 1 : 0
      }
    }
  }

  static func digits(phase: Phase = .running, side: Int = 28) -> Snapshot {
    var snapshot = Snapshot(experiment: digitsSummary)
    snapshot.phase = phase
    snapshot.step = 812
    snapshot.next = NextMove(name: "G")
    snapshot.seconds = 125
    snapshot.stepsPerSecond = 6.5
    snapshot.readings["d_loss"] = 0.412
    snapshot.readings["g_loss"] = 1.334
    snapshot.readings["d_real"] = 0.731
    snapshot.readings["d_fake"] = 0.284
    snapshot.readings["value"] = -0.824
    snapshot.readings["jsd_bound"] = 0.281
    snapshot.readings["jsd_bound_error"] = 0.012
    snapshot.history = history(steps: 812)
    let between = BetweenView(
      path: .slerp, starts: [0, 2, 4], points: 25, images: bars(rows: 3, points: 25, side: side))
    snapshot.samples = .images(
      ImagesView(
        width: side, height: side, fake: pictures(64, side: side), real: pictures(10, side: side), between: between))
    return snapshot
  }

  /// Eight Gaussians on a circle.
  static func ring() -> Snapshot {
    var snapshot = Snapshot(
      experiment: summary(
        "ring", title: "eight Gaussians in the plane", data: "8 × N(·, 0.05)", updates: "simultaneous", seed: 3))
    snapshot.phase = .running
    snapshot.next = NextMove(name: "D and G", isWholeStep: true)
    snapshot.step = 4_000
    snapshot.stepsPerSecond = 1_800
    snapshot.readings["modes_covered"] = 6
    snapshot.readings["modes"] = 8
    snapshot.readings["high_quality_share"] = 0.41
    snapshot.history = history(steps: 600)
    func point(_ index: Int, spread: Double, modes: Int) -> PointsView.Point {
      let angle = Double(index % modes) * .pi / 4
      return .init(
        x: Float(2 * cos(angle) + spread * sin(Double(index) * 1.7)),
        y: Float(2 * sin(angle) + spread * cos(Double(index) * 2.9)))
    }
    snapshot.samples = .points(
      PointsView(
        range: -3...3, real: (0..<160).map { point($0, spread: 0.1, modes: 8) },
        fake: (0..<160).map { point($0, spread: 0.25, modes: 6) },
        discriminator: (0..<256).map { Float($0 % 16) / 15 }, gridSide: 16))
    return snapshot
  }

  /// One that shows two things and has two charts, one of a figure that is told and one of a figure that is looked for; no
  /// game.
  static func autoencoder() -> Snapshot {
    var summary = ExperimentSummary(
      name: "vae", title: "digits by an autoencoder", data: "built-in digits", loss: "", updates: "", seed: 1)
    summary.figures = [
      Figure(
        "loss", "−ELBO", unit: .nats, chart: "losses", colour: .generator, cadence: .everyStep, sense: .loss,
        meaning: "what is made smaller"),
      Figure(
        "elbo", "ELBO", unit: .nats, chart: "elbo", reference: .line(-104, "goal: as others have it"), sense: .coverage,
        meaning: "at most log p(x)"),
      Figure("kl_prior", "KL(q‖p)", unit: .nats, meaning: "what z says of an image"),
    ]
    summary.exhibits = ["samples", "reconstructions"].map { Exhibit($0, title: $0, .empty) }
    var snapshot = Snapshot(experiment: summary)
    snapshot.phase = .running
    snapshot.next = NextMove(name: "VAE", isWholeStep: true)
    snapshot.step = 2_000
    snapshot.stepsPerSecond = 300
    snapshot.readings["elbo"] = -120
    snapshot.readings["kl_prior"] = 21.5
    snapshot.history = Histories(["loss"])
    for step in 1...2_000 { snapshot.history.add([Float(120 + 200 * exp(-Double(step) / 300))]) }
    var elbo = FigureHistory()
    for step in stride(from: 100, through: 2_000, by: 100) {
      elbo.add(-120 - Double(2_000 - step) / 800, at: Double(step))
    }
    snapshot.looked = ["elbo": elbo]
    snapshot.exhibits = [
      Exhibit(
        "samples", title: "samples", .images(ImagesView(width: 28, height: 28, fake: pictures(16), real: pictures(4)))),
      Exhibit(
        "reconstructions", title: "reconstructions",
        .grid(PictureGrid(width: 28, height: 28, columns: 5, rowTitles: ["in", "out"], pixels: pictures(10)))),
    ]
    return snapshot
  }

  static func preparing() -> Snapshot { Snapshot(experiment: digitsSummary) }

  static func failed() -> Snapshot {
    var snapshot = Snapshot(experiment: digitsSummary)
    snapshot.phase = .failed(
      .data(
        "train-images-idx3-ubyte.gz: expected the magic number 2051 at offset 0, found 529205248; "
          + "decompress the file once or name another folder with --data"))
    return snapshot
  }

  static func state(
    _ snapshots: [Snapshot], _ width: Int, _ height: Int, theme: Theme = .standard
  ) -> State {
    State(snapshots: snapshots, theme: theme, size: Size(width: width, height: height))
  }
}

extension Histories {
  /// The next step of a game of two players.
  mutating func add(discriminator d: Float, generator g: Float) { add([d, g]) }
}
