// A step promises to allocate nothing, on any thread. Each count runs in a process of its own, where nothing else does.

import CAllocationCounter
import GenerativeModels
import Glibc
import Testing

@Suite("A step allocates nothing on the heap")
struct AllocationTests {
  /// Heap allocations of two steps, on all threads, after one to warm up.
  private static func allocations(_ configuration: GANConfiguration, threads: Int, _ precision: GAN.Precision) -> Int {
    let gan = GAN(configuration, seed: 1, threads: threads, precision: precision)
    let batch = [Float](repeating: 0.25, count: configuration.batchSize * configuration.sampleSize)
    gan.step { batch }
    allocation_counter_start()
    for _ in 0..<2 { gan.step { batch } }
    return Int(allocation_counter_stop())
  }

  /// Ends the process; its status is the count, as far as that fits.
  private static func check(_ configuration: GANConfiguration, _ precision: GAN.Precision = .f32) -> Never {
    exit(Int32((1...2).map { min(100, allocations(configuration, threads: $0, precision)) }.reduce(0, +)))
  }

  @Test("of a tiny network")
  func toy() async { await #expect(processExitsWith: .success) { Self.check(.toy1DWorkload) } }

  @Test("of dense layers with batch norm")
  func dense() async { await #expect(processExitsWith: .success) { Self.check(.mnistMLPWorkload) } }

  @Test("of convolutions")
  func convolutions() async { await #expect(processExitsWith: .success) { Self.check(.dcgan28Workload) } }

  @Test("of large convolutions")
  func largeConvolutions() async { await #expect(processExitsWith: .success) { Self.check(.dcgan64Workload) } }

  @Test("of convolutions of rounded factors")
  func rounded() async { await #expect(processExitsWith: .success) { Self.check(.dcgan28Workload, .bf16) } }

  @Test("and the counter counts")
  func counter() async {
    await #expect(processExitsWith: .exitCode(7)) {
      allocation_counter_start()
      let values = [Float](repeating: 1, count: 1000)
      exit(allocation_counter_stop() > 0 && values.count == 1000 ? 7 : 0)
    }
  }
}
