// As much of the wire format of protocol buffers (https://protobuf.dev/programming-guides/encoding) as events need: a
// message is a row of fields, each a key, number << 3 | wire type, and a value.

/// A message under construction.
struct ProtobufWriter {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ number: UInt64, varint value: UInt64) {
    add(key: number, .varint)
    add(varint: value)
  }

  mutating func add(_ number: UInt64, float value: Float) {
    add(key: number, .fixed32)
    bytes.append(littleEndian: value.bitPattern)
  }

  mutating func add(_ number: UInt64, double value: Double) {
    add(key: number, .fixed64)
    bytes.append(littleEndian: value.bitPattern)
  }

  mutating func add(_ number: UInt64, _ text: String) { add(number, Array(text.utf8)) }

  mutating func add(_ number: UInt64, _ content: [UInt8]) {
    add(key: number, .delimited)
    add(varint: UInt64(content.count))
    bytes += content
  }

  /// A message within the message.
  mutating func add(_ number: UInt64, _ build: (inout ProtobufWriter) -> Void) {
    var inner = ProtobufWriter()
    build(&inner)
    add(number, inner.bytes)
  }

  private mutating func add(key number: UInt64, _ type: ProtobufType) { add(varint: number << 3 | type.rawValue) }

  /// Seven bits a byte, the lowest first; the eighth says that more follow.
  private mutating func add(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

private enum ProtobufType: UInt64 {
  case varint = 0
  case fixed64 = 1
  case delimited = 2
  case fixed32 = 5
}

/// The fields of a message, one after the other. What is read are slices of the bytes that came: nothing is copied, and
/// no length in them leads to more memory than they take themselves.
struct ProtobufReader: IteratorProtocol, Sequence {
  enum Value {
    case varint(UInt64)
    case fixed64(UInt64)
    case delimited(ArraySlice<UInt8>)
    case fixed32(UInt32)
  }

  struct Field {
    var number: UInt64
    var value: Value
  }

  private var rest: ArraySlice<UInt8>
  /// Whether the bytes ended, or went on as no message does, before all of it was read.
  private(set) var isBroken = false

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// `nil` at the end, or where the bytes are no message any more.
  mutating func next() -> Field? {
    guard !isBroken, !rest.isEmpty else { return nil }
    guard let key = varint(), key >> 3 > 0, let type = ProtobufType(rawValue: key & 7), let value = value(type) else {
      isBroken = true
      return nil
    }
    return Field(number: key >> 3, value: value)
  }

  private mutating func value(_ type: ProtobufType) -> Value? {
    switch type {
    case .varint: varint().map(Value.varint)
    case .fixed64: take(8).map { .fixed64($0.littleEndian()) }
    case .fixed32: take(4).map { .fixed32($0.littleEndian()) }
    case .delimited: varint().flatMap { take($0) }.map(Value.delimited)
    }
  }

  private mutating func take(_ count: UInt64) -> ArraySlice<UInt8>? {
    guard count <= UInt64(rest.count) else { return nil }
    defer { rest = rest.dropFirst(Int(count)) }
    return rest.prefix(Int(count))
  }

  /// `nil` where it does not end, or has more than 64 bits.
  private mutating func varint() -> UInt64? {
    var value: UInt64 = 0
    for place in 0..<10 {
      guard let byte = rest.popFirst() else { return nil }
      value |= UInt64(byte & 0x7F) << UInt64(7 * place)
      if byte < 0x80 { return place == 9 && byte > 1 ? nil : value }
    }
    return nil
  }

  /// The first two of the numbers that stand one after the other in a field, each as a varint.
  static func varints(_ bytes: ArraySlice<UInt8>) -> [UInt64] {
    var reader = ProtobufReader(bytes)
    return (0..<2).compactMap { _ in reader.varint() }
  }
}

extension [UInt8] {
  mutating func append(littleEndian value: some FixedWidthInteger) {
    for place in 0..<(value.bitWidth / 8) { append(UInt8(truncatingIfNeeded: value >> (8 * place))) }
  }
}

extension ArraySlice<UInt8> {
  /// The number that the first bytes are, the lowest first; of missing bytes, 0.
  func littleEndian<Number: FixedWidthInteger>(at offset: Int = 0) -> Number {
    var value: Number = 0
    for (place, byte) in dropFirst(offset).prefix(Number.bitWidth / 8).enumerated() {
      value |= Number(truncatingIfNeeded: byte) << (8 * place)
    }
    return value
  }
}
