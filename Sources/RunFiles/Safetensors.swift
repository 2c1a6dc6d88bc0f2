// Named arrays in a file, in the format of github.com/huggingface/safetensors, which PyTorch, JAX and NumPy read: the length
// of a header as 64 bits, the header as JSON, padded with spaces, then the numbers one tensor after another without gaps,
// row-major, all little-endian.

import FoundationEssentials

/// What goes into a file or came out of one.
package struct Safetensors: Sendable {
  package struct Tensor: Hashable, Sendable {
    package var name: String
    /// Empty for a scalar.
    package var shape: [Int]
    package var values: Values

    package init(_ name: String, _ shape: [Int], _ values: Values) {
      precondition(shape.reduce(1, *) == values.count, "\(name): \(values.count) values for the shape \(shape)")
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  package enum Values: Hashable, Sendable {
    /// A slice, so that a large buffer need not be copied to be written.
    case float32(ArraySlice<Float>)
    case float64([Double])
    case int64([Int64])

    package var count: Int {
      switch self {
      case .float32(let values): values.count
      case .float64(let values): values.count
      case .int64(let values): values.count
      }
    }

    var kind: ElementKind {
      switch self {
      case .float32: .float32
      case .float64: .float64
      case .int64: .int64
      }
    }
  }

  /// By the names that the format has for them. It has others, which a run does not use.
  enum ElementKind: String {
    case float32 = "F32"
    case float64 = "F64"
    case int64 = "I64"

    var size: Int { self == .float32 ? 4 : 8 }
  }

  /// Anything, as text.
  package var metadata: [String: String]
  package var tensors: [Tensor]

  package init(metadata: [String: String], tensors: [Tensor]) {
    self.metadata = metadata
    self.tensors = tensors
  }

  /// Writes the file whole or not at all.
  package func write(to path: String) throws(RunFileError) {
    let header = header
    let tensors = tensors
    try AtomicFile.write(to: path) { (file) throws(RunFileError) in
      try file.append(little: [UInt64(header.count)])
      try file.append(little: header)
      for tensor in tensors {
        switch tensor.values {
        case .float32(let values): try file.append(little: values)
        case .float64(let values): try file.append(little: values)
        case .int64(let values): try file.append(little: values)
        }
      }
    }
  }

  private var header: [UInt8] {
    var entries: [String: Entry] = [:]
    var offset = 0
    for tensor in tensors {
      let end = offset + tensor.values.count * tensor.values.kind.size
      entries[tensor.name] = Entry(
        dtype: tensor.values.kind.rawValue, shape: tensor.shape, data_offsets: [offset, end])
      offset = end
    }
    precondition(entries.count == tensors.count, "Safetensors: two tensors of one name")
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      let bytes = Array(try encoder.encode(Header(metadata: metadata, entries: entries)))
      return bytes + [UInt8](repeating: UInt8(ascii: " "), count: (8 - bytes.count % 8) % 8)
    } catch {
      fatalError("Safetensors: a header that cannot be encoded: \(error)")
    }
  }

  /// A tensor as the header has it; the names are the format's.
  struct Entry: Codable {
    var dtype: String
    var shape: [Int]
    var data_offsets: [Int]
  }

  /// One object of tensors by name, with the metadata among them.
  struct Header: Codable {
    var metadata: [String: String] = [:]
    var entries: [String: Entry] = [:]

    private static let metadataKey = "__metadata__"

    private struct Key: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init(_ name: String) { stringValue = name }
      init?(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    init(metadata: [String: String], entries: [String: Entry]) {
      self.metadata = metadata
      self.entries = entries
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      for key in container.allKeys {
        if key.stringValue == Self.metadataKey {
          metadata = try container.decode([String: String].self, forKey: key)
        } else {
          entries[key.stringValue] = try container.decode(Entry.self, forKey: key)
        }
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(metadata, forKey: Key(Self.metadataKey))
      for (name, entry) in entries { try container.encode(entry, forKey: Key(name)) }
    }
  }
}

extension AtomicFile {
  /// Numbers as they lie in memory, which on every machine that this runs on is little-endian.
  fileprivate borrowing func append<Element: BitwiseCopyable>(
    little values: some Collection<Element>
  ) throws(RunFileError) {
    let failure = values.withContiguousStorageIfAvailable { buffer -> RunFileError? in
      do throws(RunFileError) {
        try append(UnsafeRawBufferPointer(buffer))
        return nil
      } catch {
        return error
      }
    }
    if let failure = failure ?? nil { throw failure }
  }
}
