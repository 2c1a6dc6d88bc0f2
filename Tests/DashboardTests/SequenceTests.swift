import Dashboard
import TerminalUI
import TestSupport
import Testing
import Training

@Suite("Whatever happens, in whatever order")
struct SequenceTests {
  private static let snapshots = [
    Fixtures.toy(), Fixtures.digits(), Fixtures.ring(), Fixtures.failed(), Fixtures.preparing(),
    Fixtures.toy(phase: .paused), Fixtures.digits(phase: .finished), Fixtures.toy(brokenAt: 5), Fixtures.toy(pace: 20),
    Fixtures.rewound(), Fixtures.branched(), Fixtures.diverged(),
  ]
  /// All that are bound but those that quit, and some that scroll, answer, or do nothing.
  private static let keys =
    KeyMap.standard.bindings.filter { $0.action != .quit }.flatMap(\.keys) + [
      .character("y"), .character("n"), .pageUp, .pageDown, .home, .end, .function(12), .backspace, .character("é"),
    ]

  private static func event(using random: inout SplitMix) -> Message {
    switch Int.random(in: 0..<10, using: &random) {
    case 0:
      let size = Size(width: .random(in: 0...210, using: &random), height: .random(in: 0...64, using: &random))
      return .event(.resize(size))
    case 1, 2:
      // One experiment more than there may be.
      return .snapshot(
        snapshots.randomElement(using: &random) ?? snapshots[0], experiment: .random(in: 0...3, using: &random))
    case 3: return .event([.wake, .timeout, .resumed].randomElement(using: &random) ?? .wake)
    default: return .event(.key(keys.randomElement(using: &random) ?? .escape))
    }
  }

  @Test("10,000 sequences of keys, sizes and snapshots break no invariant, and end with a frame", arguments: 0..<20)
  func anything(part: Int) {
    for seed in 0..<500 {
      var random = SplitMix(state: UInt64(part * 500 + seed))
      let count = Int.random(in: 0...3, using: &random)
      var state = Fixtures.state(Array(Self.snapshots.prefix(count)), 120, 40)
      state.themes = [.standard, .standard]
      state.settingsPath = seed.isMultiple(of: 2) ? "/home/a/.config/gantui/config.toml" : nil
      var played: [Message] = []
      for _ in 0..<12 {
        let message = Self.event(using: &random)
        played.append(message)
        let effects = state.update(message)
        for case .send(_, let experiment) in effects where !state.snapshots.indices.contains(experiment) {
          Issue.record("a command for experiment \(experiment) of \(count)")
        }
        if !state.breaches.isEmpty || state.isQuitting {
          Issue.record("\(state.breaches) after \(played.suffix(4)), seed \(part * 500 + seed)")
          return
        }
      }
      // Drawing takes a hundred times as long as an update.
      guard seed.isMultiple(of: 50) else { continue }
      let glyphs = GlyphSet.allCases.randomElement(using: &random) ?? .ascii
      let colours = ColourDepth.allCases.randomElement(using: &random) ?? .monochrome
      let frame = state.frame(for: Capabilities(colours: colours, glyphs: glyphs))
      #expect(frame.size == state.size)
    }
  }

  @Test("A breach is told")
  func breach() {
    var state = Fixtures.state([Fixtures.toy()], 80, 24)
    #expect(state.breaches.isEmpty)
    state.hidden = [state.focus]
    #expect(state.breaches.count == 1)
    state.hidden = []
    state.crosshair = 3
    #expect(state.breaches == ["a crosshair without a chart"])
  }
}
