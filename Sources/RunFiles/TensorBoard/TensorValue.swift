// A tensor as newer writers wrap numbers and pictures into (tensor.proto and types.proto of TensorFlow): PyTorch's
// `add_scalar(…, new_style=True)`, `tf.summary.scalar` and `tf.summary.image`.

struct TensorValue {
  /// The first numbers, as far as there are any; of all types as one that holds them.
  private var numbers: [Double] = [] {
    didSet { numbers = Array(numbers.prefix(2)) }
  }
  /// The first strings.
  private var texts: [ArraySlice<UInt8>] = [] {
    didSet { texts = Array(texts.prefix(3)) }
  }

  init(_ message: ArraySlice<UInt8>) {
    var type = ElementType.other
    var raw = ArraySlice<UInt8>()
    for field in ProtobufReader(message) {
      switch (field.number, field.value) {
      case (1, .varint(let code)): type = ElementType(rawValue: code) ?? .other
      case (4, .delimited(let bytes)): raw = bytes
      case (5, .fixed32(let bits)): numbers.append(Double(Float(bitPattern: bits)))
      case (5, .delimited(let packed)): numbers += ElementType.float.numbers(packed)
      case (6, .fixed64(let bits)): numbers.append(Double(bitPattern: bits))
      case (6, .delimited(let packed)): numbers += ElementType.double.numbers(packed)
      case (7, .varint(let bits)), (10, .varint(let bits)): numbers.append(Double(Int64(bitPattern: bits)))
      case (7, .delimited(let packed)), (10, .delimited(let packed)):
        numbers += ProtobufReader.varints(packed).map { Double(Int64(bitPattern: $0)) }
      case (8, .delimited(let text)): texts.append(text)
      // The bits of halves, each in a number of its own.
      case (13, .varint(let bits)): numbers.append(type.half(UInt16(truncatingIfNeeded: bits)))
      case (13, .delimited(let packed)):
        numbers += ProtobufReader.varints(packed).map { type.half(UInt16(truncatingIfNeeded: $0)) }
      default: break
      }
    }
    if numbers.isEmpty { numbers = type.numbers(raw) }
  }

  /// A single number, or the first picture of a tensor of strings: width, height, and pictures as `tf.summary.image` writes
  /// them. `nil` for everything else.
  var content: Observation.Content? {
    if numbers.count == 1 { return .number(numbers[0]) }
    guard texts.count > 2, texts[2].starts(with: PNG.signature) else { return nil }
    return .encodedPicture(Array(texts[2]))
  }

  /// The types whose numbers are read from raw bytes.
  private enum ElementType: UInt64 {
    case float = 1
    case double = 2
    case int32 = 3
    case int64 = 9
    case bfloat16 = 14
    case half = 19
    case other = 0

    private var width: Int {
      switch self {
      case .half, .bfloat16: 2
      case .float, .int32: 4
      case .double, .int64: 8
      case .other: 0
      }
    }

    /// The first two: more than one is no scalar, and nothing is known of them that is shown.
    func numbers(_ bytes: ArraySlice<UInt8>) -> [Double] {
      guard width > 0 else { return [] }
      return (0..<Swift.min(2, bytes.count / width)).map { index in
        let bytes = bytes.dropFirst(index * width)
        return switch self {
        case .float: Double(Float(bitPattern: bytes.littleEndian()))
        case .double: Double(bitPattern: bytes.littleEndian())
        case .int32: Double(bytes.littleEndian() as Int32)
        case .int64: Double(bytes.littleEndian() as Int64)
        case .half, .bfloat16: half(bytes.littleEndian())
        case .other: .nan
        }
      }
    }

    /// The number that 16 bits are: of a bfloat16 the upper half of a float's.
    func half(_ bits: UInt16) -> Double {
      self == .bfloat16 ? Double(Float(bitPattern: UInt32(bits) << 16)) : Double(Float16(bitPattern: bits))
    }
  }
}
