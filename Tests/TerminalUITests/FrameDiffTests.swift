import TerminalUI
import TestSupport
import Testing

@Suite("Frame differences")
struct FrameDiffTests {
  @Test("Applying the changes to the old frame gives the new one", arguments: UInt64(0)..<40)
  func inverse(seed: UInt64) {
    var random = SplitMix(state: seed)
    let size = Size(width: Int.random(in: 0...17, using: &random), height: Int.random(in: 0...7, using: &random))
    let old = Frame.random(size, using: &random)
    var new = old
    for _ in 0..<Int.random(in: 0...30, using: &random) {
      let (x, y) = (Int.random(in: 0...17, using: &random), Int.random(in: 0...7, using: &random))
      // Now the character changes, now only its style.
      if Bool.random(using: &random) { new[x: x, y: y].glyph = "z" } else { new[x: x, y: y].style = .plain }
    }
    var patched = old
    let changes = new.changes(from: old)
    patched.apply(changes)
    #expect(patched == new)
    #expect(changes.isEmpty == (old == new))
    for change in changes {
      #expect(new[x: change.x, y: change.y] != old[x: change.x, y: change.y], "a run begins with a change")
    }
  }

  @Test("Identical frames give no change")
  func identical() {
    var random = SplitMix(state: 1)
    let frame = Frame.random(Size(width: 80, height: 24), using: &random)
    #expect(frame.changes(from: frame) == [])
  }

  @Test("Near changes share a run, far ones do not")
  func runs() {
    let old = Frame(size: Size(width: 12, height: 2))
    var new = old
    for x in [1, 4, 11] { new[x: x, y: 1] = Cell("x") }
    let changes = new.changes(from: old)
    #expect(changes.map(\.x) == [1, 11])
    #expect(changes.map(\.y) == [1, 1])
    #expect(changes.map(\.cells.count) == [4, 1])
  }

  @Test("Another size means everything")
  func resized() {
    let new = Frame(size: Size(width: 3, height: 2), filledWith: Cell("x"))
    var blank = Frame(size: new.size)
    blank.apply(new.changes(from: Frame(size: Size(width: 4, height: 2))))
    #expect(blank == new)
  }
}
