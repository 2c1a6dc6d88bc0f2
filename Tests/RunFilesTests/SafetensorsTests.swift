// The format as its own documentation has it, and files that are not of it.

import RunFiles
import TestSupport
import Testing

@Suite("Safetensors")
struct SafetensorsTests {
  private let folder = Folder()
  private var path: String { "\(folder.path)/x.safetensors" }

  private static let example = Safetensors(
    metadata: ["a": "“b”\n"],
    tensors: [
      .init("w", [2, 3], .float32([1, -2, .infinity, 0.1, 5, 6])), .init("s", [], .float64([.pi])),
      .init("none", [0, 4], .int64([])), .init("n", [2], .int64([.min, .max])),
    ])

  @Test("are 8 bytes of length, JSON padded to 8, and little-endian numbers without gaps")
  func bytes() throws {
    try Safetensors(metadata: [:], tensors: [.init("x", [2], .float32([1, -2]))]).write(to: path)
    let json = #"{"__metadata__":{},"x":{"data_offsets":[0,8],"dtype":"F32","shape":[2]}}"#
    let padding = (8 - json.utf8.count % 8) % 8
    let expected: [UInt8] =
      [UInt8(json.utf8.count + padding), 0, 0, 0, 0, 0, 0, 0] + Array(json.utf8)
      + Array(repeating: UInt8(ascii: " "), count: padding) + [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]
    #expect(folder.read("x.safetensors") == expected)
  }

  @Test("come back as they were, in their order")
  func roundTrip() throws {
    try Self.example.write(to: path)
    let back = try Safetensors(path: path)
    #expect(back.metadata == Self.example.metadata)
    #expect(back.tensors == Self.example.tensors)
  }

  @Test("A file that ends early is an error, wherever it ends")
  func truncated() throws {
    try Self.example.write(to: path)
    let bytes = folder.read("x.safetensors")
    for count in 0..<bytes.count {
      let error = #expect(throws: RunFileError.self) {
        try Safetensors(bytes: Array(bytes.prefix(count)), path: "f")
      }
      guard case .broken = error else {
        Issue.record("\(count) bytes: \(error.map(\.description) ?? "no error")")
        return
      }
    }
    #expect(throws: RunFileError.self) { try Safetensors(bytes: bytes + [0], path: "f") }
  }

  @Test("Who reads the metadata only learns, too, that a file is not whole")
  func truncatedTensors() throws {
    try Self.example.write(to: path)
    let bytes = folder.read("x.safetensors")
    #expect(try Safetensors.metadata(of: path) == Self.example.metadata)
    for other in [Array(bytes.dropLast()), bytes + [0]] {
      folder.write("x.safetensors", other)
      #expect(throws: RunFileError.self) { try Safetensors.metadata(of: path) }
    }
  }

  @Test(
    "A header that promises more than there is costs nothing but an error",
    arguments: [
      #"{"x":{"dtype":"F32","shape":[9000000000000000000,4],"data_offsets":[0,8]}}"#,
      #"{"x":{"dtype":"F32","shape":[2305843009213693952],"data_offsets":[0,9223372036854775807]}}"#,
      #"{"x":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}"#,
      #"{"x":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#,
      #"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0]}}"#,
      #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}"#,
      #"{"x":{"dtype":"BF16","shape":[4],"data_offsets":[0,8]}}"#, #"{"x":3}"#, "[]", "", "nonsense",
    ])
  func lies(header: String) {
    let length = header.utf8.count
    let bytes = [UInt8(length), 0, 0, 0, 0, 0, 0, 0] + Array(header.utf8) + [UInt8](repeating: 0, count: 8)
    #expect(throws: RunFileError.self) { try Safetensors(bytes: bytes, path: "f") }
    // A length of which nothing is there.
    #expect(throws: RunFileError.self) {
      try Safetensors(bytes: [255, 255, 255, 255, 255, 255, 255, 127] + bytes, path: "f")
    }
  }

  /// So many altered files are read: `GANTUI_FUZZ=1000000` for more than the suite has time for.
  private static let mutations = fuzzCount(20_000)

  @Test("Whatever is altered in a file, reading it is right or an error")
  func fuzz() throws {
    try Self.example.write(to: path)
    let bytes = folder.read("x.safetensors")
    var random = SplitMix(state: 11)
    var accepted = 0
    for _ in 0..<Self.mutations {
      let mutated = random.mutated(bytes)
      if let file = try? Safetensors(bytes: mutated, path: "f") {
        accepted += 1
        #expect(file.tensors.reduce(0) { $0 + $1.values.count } * 4 <= mutated.count)
      }
    }
    #expect(accepted > 0 && accepted < Self.mutations)
  }
}

@Suite("A file that is whole or not there")
struct AtomicFileTests {
  private let folder = Folder()
  private var path: String { "\(folder.path)/f" }

  @Test("A writer that fails leaves what was there, and no draft")
  func failure() throws {
    folder.write("f", [1, 2, 3])
    #expect(throws: RunFileError.self) {
      try AtomicFile.write(to: path) { (file) throws(RunFileError) in
        try withUnsafeBytes(of: UInt64(0)) { bytes throws(RunFileError) in try file.append(bytes) }
        throw RunFileError.cannotWrite(path: path, reason: "no room")
      }
    }
    #expect(folder.names == ["f"])
    #expect(folder.read("f") == [1, 2, 3])
  }

  @Test("Where nothing can be written, the error names the file")
  func nowhere() {
    let error = #expect(throws: RunFileError.self) {
      try Safetensors(metadata: [:], tensors: []).write(to: "\(folder.path)/none/f")
    }
    #expect(error?.description.contains("none/f cannot be written: No such file or directory") == true)
  }
}

@Suite("A folder of checkpoints")
struct CheckpointFolderTests {
  private let folder = Folder()

  private func file(_ value: Float) -> Safetensors {
    Safetensors(metadata: [:], tensors: [.init("x", [1], .float32([value]))])
  }

  @Test("keeps the latest few and the best, the latest first")
  func keeping() throws {
    let checkpoints = CheckpointFolder(path: "\(folder.path)/checkpoints", kept: 2)
    for step in [5, 100, 20, 1000] {
      _ = try checkpoints.write(file(Float(step)), at: .init(step: step), isBest: step == 5)
    }
    #expect(checkpoints.checkpoints.map(\.moment.step) == [1000, 100])
    #expect(
      Folder.names(in: checkpoints.path) == [
        "best.safetensors", "step-000000000100.safetensors", "step-000000001000.safetensors",
      ])
    #expect(try Safetensors(path: checkpoints.bestPath).tensors == file(5).tensors)
  }

  @Test("takes a later branch for later than a later step of one that was left")
  func branches() throws {
    let checkpoints = CheckpointFolder(path: folder.path, kept: 2)
    _ = try checkpoints.write(file(1), at: .init(step: 900), isBest: false)
    _ = try checkpoints.write(file(2), at: .init(step: 500, branch: 1), isBest: false)
    _ = try checkpoints.write(file(3), at: .init(step: 300, branch: 2), isBest: false)
    #expect(checkpoints.checkpoints.map(\.moment) == [.init(step: 300, branch: 2), .init(step: 500, branch: 1)])
    #expect(checkpoints.checkpoints.first?.path.hasSuffix("step-000000000300-branch-2.safetensors") == true)
  }

  @Test("of a run that was begun again has its latest moments, and the last one of before under another name")
  func reset() throws {
    let checkpoints = CheckpointFolder(path: "\(folder.path)/checkpoints", kept: 3)
    for step in [100, 200, 300] { _ = try checkpoints.write(file(Float(step)), at: .init(step: step), isBest: false) }
    _ = try checkpoints.write(file(4), at: .init(step: 150), isBest: false, beginsAgain: true)
    _ = try checkpoints.write(file(5), at: .init(step: 160), isBest: false)
    #expect(checkpoints.checkpoints.map(\.moment.step) == [160, 150, 100])
    #expect(try Safetensors(path: checkpoints.abandonedPath).tensors == file(300).tensors)
    #expect(Folder.names(in: checkpoints.path).count == 4)
  }

  @Test("removes drafts of writers that were killed, and leaves other files alone")
  func drafts() throws {
    folder.write("step-000000000001.safetensors\(AtomicFile.draftEnding)999", [1])
    folder.write("notes.txt", [2])
    folder.write("step-x.safetensors", [3])
    let checkpoints = CheckpointFolder(path: folder.path)
    _ = try checkpoints.write(file(1), at: .init(step: 7), isBest: false)
    #expect(folder.names == ["notes.txt", "step-000000000007.safetensors", "step-x.safetensors"])
  }
}
