import CAllocationCounter
import Glibc
import RunFiles
import TestSupport
import Testing

@Suite("Lines of figures")
struct MetricsReaderTests {
  private func observations(_ lines: String...) -> [Observation] {
    var reader = MetricsReader()
    return reader.observations(in: Array(lines.map { $0 + "\n" }.joined().utf8))
  }

  private func texts(_ observations: [Observation]) -> [String] {
    observations.map { "\($0.tag) \($0.step) \($0.content)" }
  }

  @Test("Every number is a figure at the step of its line; texts, truth values and lists are none")
  func numbers() {
    let found = observations(
      #"{"step":5,"loss":0.25,"name":"x","done":true,"list":[1],"inner":{"a":1},"none":null,"large":1e300}"#)
    #expect(texts(found) == ["large 5.0 number(1e+300)", "loss 5.0 number(0.25)"])
  }

  @Test("NaN and infinities, as Python writes them, are figures")
  func notFinite() {
    #expect(
      texts(observations(#"{"step":1,"a":NaN,"b":-Infinity,"c":1}"#))
        == ["a 1.0 number(nan)", "b 1.0 number(-inf)", "c 1.0 number(1.0)"])
  }

  @Test("A step that is no number is none, and its line is at its own number")
  func steps() {
    let found = observations(#"{"step":"x","a":1}"#, #"{"step":NaN,"a":2}"#)
    #expect(texts(found) == ["a 1.0 number(1.0)", "a 2.0 number(2.0)", "step 2.0 number(nan)"])
    #expect(observations(#"{"a":1}"#, "", #"{"a":2}"#).map(\.step) == [1, 3])
  }

  @Test("Of gantui's own lines, only figures are figures")
  func own() {
    let start = #"{"event":"start","experiment":"toy","seed":1,"threads":2}"#
    let metrics =
      #"{"event":"metrics","experiment":"toy","step":10,"d_loss":0.5,"seconds":3,"since":0,"g_train_min":0.1}"#
    let end = #"{"event":"end","experiment":"toy","step":20,"seconds":4}"#
    #expect(texts(observations(start, metrics, end)) == ["d_loss 10.0 number(0.5)"])
    #expect(
      texts(observations(#"{"event":"train","step":1,"loss":2}"#)) == ["loss 1.0 number(2.0)"],
      "others may call their lines events, too")
  }

  private static let rounds = getenv("GANTUI_FUZZ").flatMap { Int(String(cString: $0)) } ?? 4_000
  private static let shares = 8

  @Test("Damaged lines give no more figures than they have characters for, and cost no memory", arguments: 0..<shares)
  func damaged(share: Int) {
    var random = SplitMix(state: UInt64(share))
    let original = Array(
      (#"{"step":12,"loss/D":0.6931,"loss/G":-1e-7,"note":"é\u00e9","list":[1,2],"o":{"p":[{}]},"t":true,"n":null}"#
        + "\n" + #"{"epoch":3,"fid":NaN,"x":18446744073709551615}"# + "\n").utf8)
    for round in 0..<(Self.rounds / Self.shares) {
      let file = Samples.mutated(original, using: &random)
      let pieces = round.isMultiple(of: 3) ? Samples.pieces(of: file, using: &random) : [file]
      allocation_counter_start()
      var reader = MetricsReader()
      let count = pieces.reduce(0) { $0 + reader.observations(in: $1).count }
      _ = allocation_counter_stop()
      // The parser keeps a map of a line that is some times longer than the line.
      if count > file.count / 4 || allocation_counter_largest() > 64 * file.count + 65_536 {
        Issue.record("seed \(share), round \(round): \(count) figures, \(allocation_counter_largest()) bytes")
      }
    }
  }
}
