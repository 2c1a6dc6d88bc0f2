// What holds of the state after every update. Checked after each one where assertions are; a breach is a mistake of the
// program, not of the person.

import Training

extension State {
  /// What should hold and does not, in words; empty as long as the program is right.
  package var breaches: [String] {
    var breaches: [String] = []
    func require(_ holds: Bool, _ breach: @autoclosure () -> String) {
      if !holds { breaches.append(breach()) }
    }
    require(snapshots.isEmpty || panels.contains(focus), "the focus, \(focus), is on no panel of \(panels)")
    require(hidden.allSatisfy { preset.contains($0.kind) }, "hidden panels are not of the preset \(preset)")
    require(crosshair.map { $0 >= 0 && focus.kind.isChart } ?? true, "a crosshair without a chart")
    require(themes.isEmpty || themes.indices.contains(themeIndex), "theme \(themeIndex) of \(themes.count)")
    require((0..<Int.bitWidth).contains(chartLook.halvings), "\(chartLook.halvings) halvings of the window")
    require(
      chartLook.smoothing.map(Smoother.horizons.indices.contains) ?? true, "no horizon for a smoothing")
    require(awaitedMoves.isEmpty || isPaused, "single steps are awaited while the game runs")
    for keys in [Array(awaitedMoves.keys), Array(wantedPaces.keys), Array(fullSpeeds.keys)] {
      require(keys.allSatisfy(snapshots.indices.contains), "something is kept of an experiment that is not there")
    }
    require(
      replay.map { $0.times.isEmpty ? $0.index == 0 : $0.times.indices.contains($0.index) } ?? true, "no such moment")
    switch overlay {
    case .help(let offset), .guide(let offset), .log(let offset): require(offset >= 0, "scrolled to before the start")
    case .offerRecovery(let experiment):
      require(snapshots.indices.contains(experiment), "a question about an experiment that is not there")
    case .confirmReset: require(!snapshots.isEmpty, "there is nothing to reset")
    case .confirmWriting: require(settingsPath != nil, "there is no place to write to")
    case nil: break
    }
    return breaches
  }
}
