import Datasets
import Testing

@Suite("Mini-batches")
struct MiniBatchesTests {
  @Test("Every row comes once a pass, in another order each pass")
  func passes() {
    var batches = MiniBatches(count: 100, seed: 1)
    let passes = (0..<3).map { _ in (0..<100).map { _ in batches.nextRow() } }
    for pass in passes { #expect(pass.sorted() == Array(0..<100)) }
    #expect(passes[0] != passes[1] && passes[1] != passes[2] && passes[0] != Array(0..<100))
    #expect(MiniBatches(count: 100, seed: 2) != MiniBatches(count: 100, seed: 1))
  }

  @Test("A run goes on exactly where its state was saved", arguments: [0, 1, 99, 100, 101, 250])
  func resume(rows: Int) {
    var batches = MiniBatches(count: 100, seed: 3, stream: 7)
    for _ in 0..<rows { _ = batches.nextRow() }
    var resumed = MiniBatches(count: 100, seed: 3, stream: 7, state: batches.state)
    for _ in 0..<150 { #expect(batches.nextRow() == resumed.nextRow()) }
    #expect(batches.state == resumed.state)
  }

  @Test("A batch holds the pictures and labels of its rows, scaled, and may be larger than the set")
  func contents() {
    // Three pictures of 2×1: black on the left, the class times 50 on the right.
    let images = LabelledImages(width: 2, height: 1, pixels: [0, 50, 0, 100, 255, 150], labels: [1, 2, 3])
    var batches = MiniBatches(count: 3, seed: 5)
    var rows = batches
    var batch = [Float](repeating: .nan, count: 14)
    var labels = [UInt8](repeating: 0, count: 7)
    batches.fill(&batch, labels: &labels, from: images, scaledTo: .unit)
    for index in labels.indices {
      let row = rows.nextRow()
      #expect(labels[index] == images.labels[row])
      #expect(batch[2 * index] == (row == 2 ? 1 : 0))
      #expect(abs(batch[2 * index + 1] - Float(labels[index]) * 50 / 255) < 1e-6)
    }
    #expect(batches.state.epoch == 2 && batches.state.cursor == 1)
    batches.fill(&batch, labels: &labels, from: images, scaledTo: .symmetric)
    #expect(batch.min() == -1 && batch.max() == 1)
  }

  @Test("Parts of a set, put together, are the set")
  func parts() {
    let images = LabelledImages(width: 2, height: 1, pixels: [0, 50, 0, 100, 255, 150], labels: [1, 2, 3])
    var joined = images[0..<1]
    joined.append(images[1..<3])
    #expect(joined == images)
    #expect(images.floats(scaledTo: .symmetric)[4] == 1)
  }
}
