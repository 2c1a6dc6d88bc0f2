import Glibc
import RunFiles
import TestSupport
import Testing

@Suite("TensorBoard's files")
struct TensorBoardTests {
  // MARK: Check sums and frames

  @Test(
    "CRC-32C is that of RFC 3720, appendix B.4",
    arguments: [
      ([UInt8](repeating: 0, count: 32), 0x8A91_36AA), ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
      ([UInt8](0..<32), 0x46DD_794E), ([UInt8]((0..<32).reversed()), 0x113F_DB5C),
      (Array("123456789".utf8), 0xE306_9283), ([], 0),
    ] as [([UInt8], UInt32)])
  func sums(bytes: [UInt8], sum: UInt32) {
    #expect(CRC32C.sum(bytes) == sum)
  }

  @Test("The first record of a file is the one that every such file begins with")
  func firstRecord() {
    let event = TensorBoardEvent(wallTime: 1.5, version: "brain.Event:2")
    // 24 bytes: wall_time, step, file_version.
    let content: [UInt8] =
      [0x09, 0, 0, 0, 0, 0, 0, 0xF8, 0x3F, 0x10, 0, 0x1A, 13] + Array("brain.Event:2".utf8)
    #expect(event.encoded == content)
    let record = EventRecord.framed([UInt8](repeating: 0, count: 24))
    #expect(Array(record.prefix(12)) == [0x18, 0, 0, 0, 0, 0, 0, 0, 0xA3, 0x7F, 0x4B, 0x22])
    #expect(record.count == 12 + 24 + 4)
  }

  // MARK: What others write

  @Test("What PyTorch's SummaryWriter and tf.summary write is read with its exact values, whatever its form")
  func summaryWriter() throws {
    let folder = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined()
    let events = Samples.events(in: Folder.bytes(at: folder + "/Reference/summary_writer.tfevents"))
    #expect(events.first?.version == "brain.Event:2")
    let observations = events.flatMap(\.observations)
    let losses = observations.filter { $0.tag == "loss/D" }
    #expect(losses.map(\.step) == [0, 10, 20, 30, 40])
    #expect(losses.map(\.number) == (1...5).map { Double(Float(1) / Float($0)) })
    func only(_ tag: String) throws -> Observation {
      let found = observations.filter { $0.tag == tag }
      #expect(found.count == 1, "\(tag)")
      return try #require(found.first)
    }
    #expect(try only("loss/G").number?.isNaN == true)
    #expect(try only("new style").number == 0.25)
    #expect(try only("double").number == 0.1)
    for type in ["float16", "float32", "float64", "int32", "int64"] {
      #expect(try only("tensor/\(type)").number == 3, "\(type)")
      #expect(try only("tensor/\(type)").step == 9)
    }
    #expect(try only("tensor/raw").number == 2.5)
    // Three channels that are all the same, as the writer makes of grey ones.
    let grey = (0..<12).flatMap { [UInt8](repeating: UInt8($0 * 20), count: 3) }
    for tag in ["grey", "tensor/picture"] {
      #expect(try only(tag).picture() == Picture(width: 4, height: 3, channels: .rgb, pixels: grey))
    }
    let colour: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]
    #expect(try only("colour").picture() == Picture(width: 2, height: 2, channels: .rgb, pixels: colour))
    let expected = [
      "loss/D", "loss/G", "new style", "double", "grey", "colour", "tensor/float16", "tensor/float32", "tensor/float64",
      "tensor/int32", "tensor/int64", "tensor/raw", "tensor/picture",
    ]
    #expect(Set(observations.map(\.tag)) == Set(expected), "texts and histograms are passed over")
  }

  // MARK: Round trips

  @Test("What is written is read again, in whatever pieces it comes", arguments: 0..<20)
  func roundTrip(seed: UInt64) {
    var random = SplitMix(state: seed)
    let events = Samples.events(count: 30, using: &random)
    let pieces = Samples.pieces(of: Samples.file(of: events), using: &random)
    var reader = EventRecordReader()
    let read = pieces.flatMap { reader.records(in: $0) }.compactMap(TensorBoardEvent.init)
    #expect(reader.damages == 0)
    #expect(read.map(\.step) == events.map(\.step))
    #expect(read.map(\.wallTime) == events.map(\.wallTime))
    for (before, after) in zip(events, read) {
      #expect(after.values.map(\.tag) == before.values.map(\.tag))
      #expect(after.observations.map(\.number) == before.observations.map(\.number))
      #expect(after.observations.map { try? $0.picture() } == before.observations.map { try? $0.picture() })
    }
  }

  // MARK: Damage

  @Test("A file that ends within a record gives all records before it, and that one when its end has come")
  func tornTail() {
    let records = Samples.scalarRecords(5)
    for cut in 1..<records[4].count {
      var reader = EventRecordReader()
      #expect(reader.records(in: records[..<4].flatMap(\.self) + records[4].prefix(cut)).count == 4)
      #expect(reader.damages == 0)
      #expect(reader.records(in: Array(records[4].dropFirst(cut))).count == 1)
    }
  }

  @Test("Garbage between records, wherever it lies, costs no record", arguments: [1, 11, 12, 13, 100, 5000])
  func garbage(length: Int) {
    var random = SplitMix(state: UInt64(length))
    let noise = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
    let records = Samples.scalarRecords(6)
    for place in 0..<6 {
      var reader = EventRecordReader()
      let file = records[..<place].flatMap(\.self) + noise + records[place...].flatMap(\.self)
      #expect(reader.records(in: file).count == 6)
      #expect(reader.damages == 1)
    }
  }

  @Test("A record with a wrong sum is left out, and so is one that a crash has torn before others followed")
  func wrongSums() {
    let records = Samples.scalarRecords(4)
    for place in records[1].indices {
      var damaged = records
      damaged[1][place] ^= 0x10
      var reader = EventRecordReader()
      #expect(reader.records(in: damaged.flatMap(\.self)).count == 3, "byte \(place)")
      #expect(reader.damages == 1)
    }
    var torn = records
    torn[1].removeLast(9)
    var reader = EventRecordReader()
    #expect(reader.records(in: torn.flatMap(\.self)).count == 3)
  }

  @Test("A file of nothing but beginnings of long records, each with a good sum, is read through nevertheless")
  func beginnings() {
    var head: [UInt8] = [0, 0, 0x18, 0, 0, 0, 0, 0]
    let sum = CRC32C.masked(head)
    head += (0..<4).map { UInt8(truncatingIfNeeded: sum >> (8 * $0)) }
    var reader = EventRecordReader()
    // If each were believed, 1.5 MB would be added up 170 thousand times: a quarter of an hour.
    let file = [[UInt8]](repeating: head, count: 300_000).flatMap(\.self)
    #expect(reader.records(in: file).isEmpty)
    #expect(reader.damages >= 1)
  }
}

extension Observation {
  fileprivate var number: Double? { if case .number(let number) = content { number } else { nil } }

  fileprivate func picture() throws -> Picture? {
    switch content {
    case .number: nil
    case .encodedPicture(let bytes): try PNG.decode(bytes)
    case .picture(let picture): picture
    }
  }
}
