// Files that nobody wrote as they are: a seeded loop over damaged records, events and pictures. The suite runs a short
// form; GANTUI_FUZZ=500000 swift test --filter TensorBoardFuzzTests a long one.

import CAllocationCounter
import Glibc
import RunFiles
import TestSupport
import Testing

@Suite("Damaged files of TensorBoard")
struct TensorBoardFuzzTests {
  private static let rounds = getenv("GANTUI_FUZZ").flatMap { Int(String(cString: $0)) } ?? 4_000
  private static let shares = 8

  /// Room for what reading takes besides the file itself, such as an array that grows by doubling.
  private static func allowance(_ file: [UInt8]) -> Int { 2 * file.count + 4096 }

  @Test("Records: what comes out was in the file, and no allocation is larger than it", arguments: 0..<shares)
  func records(share: Int) {
    var random = SplitMix(state: UInt64(share))
    let original = Samples.events(count: 6, using: &random)
    func observations(in pieces: [[UInt8]]) -> [Observation] {
      var reader = EventRecordReader()
      return pieces.flatMap { reader.records(in: $0) }.compactMap(TensorBoardEvent.init).flatMap(\.observations)
    }
    // What the process makes once, such as the types' own tables, is made before anything is counted.
    _ = observations(in: [Samples.file(of: original)])
    for round in 0..<(Self.rounds / Self.shares) {
      let file =
        round.isMultiple(of: 2)
        ? Samples.mutated(Samples.file(of: original), using: &random)
        // Good sums over bad events: these get past the frame.
        : original.flatMap { EventRecord.framed(Samples.mutated($0.encoded, using: &random)) }
      let pieces = round.isMultiple(of: 3) ? Samples.pieces(of: file, using: &random) : [file]
      allocation_counter_start()
      let read = observations(in: pieces)
      _ = allocation_counter_stop()
      let bytes = read.reduce(0) { $0 + $1.tag.utf8.count + $1.encodedBytes }
      if bytes > 3 * file.count || allocation_counter_largest() > Self.allowance(file) {
        Issue.record("seed \(share), round \(round): \(bytes) bytes from \(file.count)")
      }
    }
  }

  @Test("Pictures: a picture or an error, and no more memory than its pixels need", arguments: 0..<shares)
  func pictures(share: Int) {
    var random = SplitMix(state: UInt64(share))
    let original = PNG.encode(Samples.picture(using: &random))
    for round in 0..<(Self.rounds / Self.shares) {
      var file = Samples.mutated(original, using: &random)
      // A header with a good sum, and the first data too.
      if round.isMultiple(of: 2) { for chunk in [8, 33] { file.putRight(chunk: chunk) } }
      allocation_counter_start()
      let picture = try? PNG.decode(file)
      _ = allocation_counter_stop()
      let pixels = picture?.pixels.count ?? 0
      if pixels > 3 * PNG.mostPixels || allocation_counter_largest() > 3 * PNG.mostPixels + 65_536 {
        Issue.record("seed \(share), round \(round)")
      }
    }
  }
}

extension Observation {
  /// What it holds beside its tag.
  fileprivate var encodedBytes: Int {
    switch content {
    case .number: 8
    case .encodedPicture(let bytes): bytes.count
    case .picture(let picture): picture.pixels.count
    }
  }
}
