// Events and files of them, as tests need them.

import RunFiles
import TestSupport

enum Samples {
  /// The events of a file that is whole.
  static func events(in file: [UInt8]) -> [TensorBoardEvent] {
    var reader = EventRecordReader()
    return reader.records(in: file).compactMap(TensorBoardEvent.init)
  }

  static func file(of events: [TensorBoardEvent]) -> [UInt8] { events.flatMap { EventRecord.framed($0.encoded) } }

  /// One number each.
  static func scalarRecords(_ count: Int) -> [[UInt8]] {
    (0..<count).map { index in
      let value = TensorBoardEvent.Value("loss", .number(Double(index)))
      return EventRecord.framed(TensorBoardEvent(wallTime: 1, step: Int64(index), values: [value]).encoded)
    }
  }

  static func events(count: Int, using random: inout SplitMix) -> [TensorBoardEvent] {
    (0..<count).map { index in
      let values = (0..<Int.random(in: 0...3, using: &random)).map { number -> TensorBoardEvent.Value in
        if Int.random(in: 0..<4, using: &random) == 0 {
          return .init("picture \(number)", .picture(picture(using: &random)))
        }
        return .init("number \(number)", .number(Double(Float.random(in: -9...9, using: &random))))
      }
      return TensorBoardEvent(
        wallTime: Double(index) + 0.5, step: Int64.random(in: -3...(1 << 40), using: &random), values: values)
    }
  }

  static func picture(using random: inout SplitMix) -> Picture {
    let (width, height) = (Int.random(in: 1...9, using: &random), Int.random(in: 1...9, using: &random))
    let channels: Picture.Channels = Bool.random(using: &random) ? .grey : .rgb
    let pixels = (0..<width * height * channels.rawValue).map { _ in UInt8.random(in: 0...255, using: &random) }
    return Picture(width: width, height: height, channels: channels, pixels: pixels)
  }

  static func pieces(of bytes: [UInt8], using random: inout SplitMix) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Int.random(in: 1...200, using: &random)
      pieces.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    return pieces
  }

  /// The bytes with a few of them changed, left out, doubled, or cut off.
  static func mutated(_ bytes: [UInt8], using random: inout SplitMix) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      let length = min(Int.random(in: 1...8, using: &random), bytes.count - place)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1: bytes[place] = [0, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
      case 2: bytes.removeSubrange(place..<(place + length))
      case 3: bytes.insert(contentsOf: Array(bytes[place..<(place + length)]), at: place)
      case 4:
        bytes.insert(contentsOf: (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }, at: place)
      default: bytes.removeSubrange(place...)
      }
    }
    return bytes
  }
}
