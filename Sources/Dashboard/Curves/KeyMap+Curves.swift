// The keys of the screen of curves: those of the live view that do not steer a training, with words of their own where
// what they act on is not the same.

extension KeyMap {
  /// The same keys, without those that nothing follows from here.
  var ofCurves: KeyMap {
    KeyMap(
      bindings: bindings.filter {
        !Self.withoutCurves.contains($0.action) && !Self.groupsWithoutCurves.contains($0.group)
      }.map { binding in
        var binding = binding
        binding.help = Self.helpOfCurves[binding.action] ?? binding.help
        return binding
      })
  }

  private static let groupsWithoutCurves: Set<KeyBinding.Group> = [.training, .replay]
  private static let withoutCurves: Set<Action> = [.nextPreset, .previousPreset, .togglePanel]

  private static let helpOfCurves: [Action: String] = [
    .back: "back: close what is open, put away the crosshair, leave the zoom; never quits",
    .toggleFixedRange: "fix the scales as they are, or let them follow the figures",
    .changeSmoothing: "smooth over 10, 100, 1,000 or 10,000 values, or not at all",
    .toggleCrosshair: "read exact figures; left and right move it (a zoomed chart needs none), back leaves",
    .copyFigures: "copy the latest figures of all runs (by OSC 52)",
    .help: "this list", .quit: "quit",
  ]
}
