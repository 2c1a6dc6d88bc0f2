// A step promises to allocate nothing, on any thread. Each count runs in a process of its own, where nothing else does.

import CAllocationCounter
import Datasets
import Figures
import GenerativeModels
import Glibc
import Testing

@Suite(
  "A step allocates nothing on the heap", .serialized,
  .enabled(if: allocation_counter_counts(), "SKIPPED: a sanitizer has allocation functions of its own"))
struct AllocationTests {
  /// Heap allocations of two steps, drawing their batches included, on all threads, after one to warm up.
  private static func allocations(_ model: any Model, threads: Int, _ precision: Game.Precision) -> Int {
    var settings = KnobSettings(model.card.knobs)
    // A step of 64×64 pictures takes seconds, and allocates no less of a small batch.
    if model.card.data.imageSide == 64 { try? settings.set("batch", to: "4") }
    let game = Game(
      model, settings: settings, pixelMeans: Array(repeating: 0.5, count: model.card.data.sampleSize), seed: 1,
      threads: threads, precision: precision)
    let batches = Batches(data(of: model), model.card.draws, batchSize: settings.batchSize, seed: 1)
    game.finishStep(batches)
    allocation_counter_start()
    for _ in 0..<2 { game.finishStep(batches) }
    return Int(allocation_counter_stop())
  }

  /// As much of a model's data as a few batches need.
  private static func data(of model: any Model) -> TrainingData {
    switch model.card.data {
    case .line(let density): return .line(density)
    case .plane(let density): return .plane(density)
    case .none: return .none
    case .digits, .mnist, .pictures:
      let digits = ProceduralDigits.make(count: 600, seed: 1)
      let table = ImageTable(images: digits[0..<500], heldOut: digits[500..<600], name: "digits")
      return .images(table.enlarged(to: model.card.data.imageSide ?? 28))
    }
  }

  /// Ends the process; its status is the count, as far as that fits.
  private static func check(_ model: any Model, _ precision: Game.Precision = .f32) -> Never {
    exit(Int32((1...2).map { min(100, allocations(model, threads: $0, precision)) }.reduce(0, +)))
  }

  @Test("of any model in the catalogue, its data's way included", arguments: Catalogue.all.map(\.name))
  func catalogue(name: String) async {
    await #expect(processExitsWith: .success) { [name] in
      guard let model = Catalogue.named(name) else { exit(101) }
      Self.check(model)
    }
  }

  @Test("of convolutions of rounded factors")
  func rounded() async { await #expect(processExitsWith: .success) { Self.check(GAN.dcgan, .bf16) } }

  @Test("and the counter counts")
  func counter() async {
    await #expect(processExitsWith: .exitCode(7)) {
      allocation_counter_start()
      let values = [Float](repeating: 1, count: 1000)
      exit(allocation_counter_stop() > 0 && values.count == 1000 ? 7 : 0)
    }
  }
}
