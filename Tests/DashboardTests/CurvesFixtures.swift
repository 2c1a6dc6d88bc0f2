// Runs that somebody else has trained, made of closed formulas: the same on every machine.

import Dashboard
import Glibc
import RunFiles
import TerminalUI

enum Curves {
  /// Losses every ten steps, another figure every hundred, and a picture.
  static func run(_ name: String, rate: Double, steps: Int = 1000, brokenAt: Int? = nil) -> WatchedRun {
    var run = WatchedRun(name: name)
    for step in stride(from: 0, through: steps, by: 10) {
      let wave = sin(Double(step) * 12.9898) * 0.05
      let d = step == brokenAt ? .nan : 0.69 - 0.4 * exp(-Double(step) * rate) + wave
      run.add(d, of: "loss/D", at: Double(step))
      run.add(0.7 + 2 * exp(-Double(step) * rate) - wave, of: "loss/G", at: Double(step))
      if step.isMultiple(of: 100) { run.add(1 - exp(-Double(step) * rate), of: "coverage", at: Double(step)) }
    }
    run.add(.init(step: Double(steps), picture: picture(rate)), of: "digits")
    return run
  }

  /// Rings and bars in a grid, thicker the larger the rate.
  private static func picture(_ rate: Double) -> Picture {
    let levels = Fixtures.pictures(16).map { $0 * Float(min(1, 0.5 + 100 * rate)) }
    return Picture.grid(levels, width: 28, height: 28)
      ?? Picture(width: 1, height: 1, channels: .grey, pixels: [0])
  }

  static let pair = [run("slow", rate: 0.002), run("fast/again", rate: 0.008, steps: 800, brokenAt: 400)]

  /// More than a screen has room for, in runs and in figures.
  static let many = (0..<12).map { index in
    var run = run("sweep/lr-\(index)", rate: 0.001 * Double(index + 1))
    for tag in 0..<20 { run.add(Double(tag), of: "gradient/layer-\(tag)", at: 5) }
    return run
  }

  static func state(_ runs: [WatchedRun], _ width: Int, _ height: Int) -> CurvesState {
    CurvesState(subject: "watch runs", runs: runs, themes: [.standard], size: Size(width: width, height: height))
  }
}
