// Files for the tests that read some, and the real MNIST where a machine has it.

import Datasets
import Glibc
import Testing

/// A folder that vanishes with its owner.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/gantui-datasets-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }  // a literal has an address
  }

  deinit {
    // Deepest names first, so that folders are empty when their turn comes.
    for name in names.sorted(by: { $0.utf8.count > $1.utf8.count }) { remove("\(path)/\(name)") }
    rmdir(path)
  }

  private var names: Set<String> = []

  /// Writes a file, making its folder if need be, and returns its path.
  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let parts = name.split(separator: "/")
    for depth in 1..<max(1, parts.count) {
      let folder = parts[..<depth].joined(separator: "/")
      mkdir("\(path)/\(folder)", 0o700)
      names.insert(folder)
    }
    let file = try #require(fopen("\(path)/\(name)", "wb"))
    #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    fclose(file)
    names.insert(name)
    return "\(path)/\(name)"
  }
}

/// An IDX file: the magic number, the sizes, the data.
func idx(_ sizes: [UInt32], _ data: [UInt8], magic: UInt32? = nil) -> [UInt8] {
  ([magic ?? 0x800 + UInt32(sizes.count)] + sizes).flatMap { word in
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) }
  } + data
}

enum RealMNIST {
  static let note: Comment =
    "SKIPPED: real MNIST was not found; put its four files into ../shared/data/mnist or point GANTUI_DATA at them"

  /// The files named by `$GANTUI_DATA`, or those beside the repository.
  static let files: MNISTFiles? = {
    let sibling = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined() + "/shared/data/mnist"
    let place = getenv("GANTUI_DATA").map { String(cString: $0) } ?? sibling
    return try? MNIST.locate(explicit: nil, environment: ["GANTUI_DATA": place])
  }()
}
