// What the experiments compute, held to the bit: whoever changes how models are written down, and not what they are, must
// leave every weight, every moment and every figure of the first steps as it was.

import Figures
import TestSupport
import Testing
import Training

@Suite("The first steps of an experiment give the bits that they always gave", .serialized)
struct PinTests {
  private let folder = Folder()

  /// Steps that are pinned: of 64×64 pictures, which take seconds each, one; of `dcgan` a few.
  private static func steps(of name: String) -> Int { ["dcgan/paper": 1, "dcgan": 4][name] ?? 20 }

  /// By experiment and threads: a hash of all weights, statistics and moments, and one of all figures. Taken with the
  /// kernels for AVX-512; other vectors add up in another order.
  private static let pins: [String: String] = [
    "dcgan 1": "3ce909f83a45ab9 f290a9dfd76d50df",
    "dcgan 2": "e3c1e0e2fa919d2c c3adcf69603a1c07",
    "dcgan/paper 1": "1b7f969844165199 39f30aa66bb9ba6e",
    "dcgan/paper 2": "c55a93623a969fb1 5cadcb96165be32d",
    "digits 1": "965dd5c136659366 64bb8774261155ac",
    "digits 2": "7db92123d61ae7b2 64186a155ed16189",
    "gan/paper-mnist 1": "f5d625be272ba8ba c62594013a09089b",
    "gan/paper-mnist 2": "61b36c0fd6828095 9c0fd8cca8dce962",
    "gan/tutorial-mnist 1": "bde211ca3fda0525 fdbfc22f141c890c",
    "gan/tutorial-mnist 2": "f581c80fd4ce13ce d98c1b410e9572ba",
    "ring/naive 1": "1a87c444cb01425f edf6d4ef31243152",
    "ring/naive 2": "1a87c444cb01425f edf6d4ef31243152",
    "toy 1": "7e734bc0254b4ca5 9b2877715556b6fb",
    "toy 2": "7e734bc0254b4ca5 9b2877715556b6fb",
    "toy-mixture 1": "ad203fe156946301 c31ff9f18d068da9",
    "toy-mixture 2": "ad203fe156946301 c31ff9f18d068da9",
  ]

  private static let names = Set(pins.keys.compactMap { $0.split(separator: " ").first.map(String.init) }).sorted()

  private static let hasAVX512 = Folder.text(at: "/proc/cpuinfo").contains(" avx512vl ")

  @Test(
    "of one thread and of two", .enabled(if: hasAVX512, "SKIPPED: the pins were taken with AVX-512"),
    .disabled(if: Sanitizer.isThere, Sanitizer.hasOtherKernels),
    arguments: names, [1, 2])
  func pinned(name: String, threads: Int) async throws {
    var options = folder.writeImages(count: 300)
    options.threads = threads
    let trainer = Trainer(.test(name), options: options, clock: SteppingClock().clock)
    let reports = Reports()
    let steps = Self.steps(of: name)
    try await trainer.runToEnd(steps: steps, every: steps) { reports.add($0) }
    let state = try await trainer.state()

    var store = FNV1a()
    for slice in state.layout.slices.sorted(by: { $0.name < $1.name }) {
      store.add(slice.name)
      for value in state.game.contents.values[slice.elements] { store.add(UInt64(value.bitPattern)) }
    }
    var figures = FNV1a()
    for key in ["d_loss", "g_loss", "d_real", "d_fake"] as [Figure.Key] {
      figures.add(UInt64(state.game.report[try #require(state.told.firstIndex(of: key))].bitPattern))
    }
    let readings = try #require(reports.all.last).readings
    for key in readings.keys {
      figures.add(key.rawValue)
      figures.add((readings[key] ?? .nan).bitPattern)
    }
    #expect(
      "\(store) \(figures)" == Self.pins["\(name) \(threads)"], "\"\(name) \(threads)\": \"\(store) \(figures)\",")
  }
}

/// The hash of Fowler, Noll and Vo, 64 bits.
private struct FNV1a: CustomStringConvertible {
  private var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ word: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) { value = (value ^ (word >> UInt64(shift) & 255)) &* 0x100_0000_01B3 }
  }

  mutating func add(_ text: String) { for byte in text.utf8 { add(UInt64(byte)) } }

  var description: String { String(value, radix: 16) }
}
