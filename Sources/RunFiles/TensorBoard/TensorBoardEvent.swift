// One event of a TensorBoard file, of all that may stand in it what gantui shows: numbers and pictures. The numbers of the
// fields are those of TensorFlow's event.proto, summary.proto and tensor.proto.

package struct TensorBoardEvent: Sendable {
  package struct Value: Sendable {
    package var tag: String
    package var content: Observation.Content

    package init(_ tag: String, _ content: Observation.Content) {
      self.tag = tag
      self.content = content
    }
  }

  /// Seconds since the beginning of 1970.
  package var wallTime: Double
  package var step: Int64
  /// Of the first event of a file: `brain.Event:2`.
  package var version: String?
  package var values: [Value]

  package init(wallTime: Double, step: Int64 = 0, version: String? = nil, values: [Value] = []) {
    self.wallTime = wallTime
    self.step = step
    self.version = version
    self.values = values
  }

  // MARK: Writing

  /// The event as the content of a record.
  package var encoded: [UInt8] {
    var event = ProtobufWriter()
    event.add(1, double: wallTime)
    event.add(2, varint: UInt64(bitPattern: step))
    if let version { event.add(3, version) }
    if !values.isEmpty {
      event.add(5) { summary in
        for value in values { summary.add(1) { value.encode(into: &$0) } }
      }
    }
    return event.bytes
  }

  // MARK: Reading

  /// Of one event; writers put in one, or a few.
  private static let mostValues = 4096

  /// `nil` if the bytes are no event.
  package init?(_ bytes: [UInt8]) {
    self.init(wallTime: 0)
    var reader = ProtobufReader(bytes[...])
    while let field = reader.next() {
      switch (field.number, field.value) {
      case (1, .fixed64(let bits)): wallTime = Double(bitPattern: bits)
      case (2, .varint(let bits)): step = Int64(bitPattern: bits)
      case (3, .delimited(let text)): version = String(decoding: text, as: UTF8.self)
      case (5, .delimited(let summary)):
        for case (1, .delimited(let value)) in ProtobufReader(summary).map({ ($0.number, $0.value) }) {
          guard values.count < Self.mostValues else { break }
          if let value = Value(value) { values.append(value) }
        }
      default: break
      }
    }
    guard !reader.isBroken else { return nil }
  }

  package var observations: [Observation] {
    values.map { Observation(tag: $0.tag, step: Double(step), $0.content) }
  }
}

extension TensorBoardEvent.Value {
  fileprivate func encode(into message: inout ProtobufWriter) {
    message.add(1, tag)
    switch content {
    case .number(let number): message.add(2, float: Float(number))
    case .encodedPicture(let bytes): message.add(4) { $0.add(4, bytes) }
    case .picture(let picture):
      message.add(4) { image in
        image.add(1, varint: UInt64(picture.height))
        image.add(2, varint: UInt64(picture.width))
        image.add(3, varint: UInt64(picture.channels.rawValue))
        image.add(4, PNG.encode(picture))
      }
    }
  }

  /// `nil` for a histogram, a sound and all else that is not shown.
  fileprivate init?(_ message: ArraySlice<UInt8>) {
    var (tag, content) = ("", Observation.Content?.none)
    for field in ProtobufReader(message) {
      switch (field.number, field.value) {
      case (1, .delimited(let text)): tag = String(decoding: text, as: UTF8.self)
      case (2, .fixed32(let bits)): content = .number(Double(Float(bitPattern: bits)))
      case (4, .delimited(let image)):
        for case (4, .delimited(let file)) in ProtobufReader(image).map({ ($0.number, $0.value) }) {
          content = .encodedPicture(Array(file))
        }
      case (8, .delimited(let tensor)): content = TensorValue(tensor).content
      default: break
      }
    }
    guard let content else { return nil }
    self.init(tag, content)
  }
}
