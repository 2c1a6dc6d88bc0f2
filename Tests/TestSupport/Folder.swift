// A folder for one test, gone with it.

import Glibc

package final class Folder: Sendable {
  package let path: String

  package init() {
    var template = Array("/tmp/gantui-test-XXXXXX".utf8CString)
    let isMade = template.withUnsafeMutableBufferPointer { $0.baseAddress.map { mkdtemp($0) != nil } ?? false }
    precondition(isMade, "no folder can be made in /tmp")
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  /// With all that is in it; never through a symbolic link.
  private static func remove(_ path: String) {
    for name in names(in: path) where unlink("\(path)/\(name)") != 0 { remove("\(path)/\(name)") }
    rmdir(path)
  }

  package var names: [String] { Self.names(in: path) }

  package static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  package func makeFolder(_ name: String) { mkdir("\(path)/\(name)", 0o755) }

  package func write(_ name: String, _ bytes: [UInt8]) { put(bytes, into: name, O_TRUNC) }

  package func append(_ name: String, _ bytes: [UInt8]) { put(bytes, into: name, O_APPEND) }

  private func put(_ bytes: [UInt8], into name: String, _ how: Int32) {
    let descriptor = open("\(path)/\(name)", O_WRONLY | O_CREAT | how, 0o644)
    defer { close(descriptor) }
    precondition(Glibc.write(descriptor, bytes, bytes.count) == bytes.count, "\(path)/\(name) cannot be written")
  }

  /// Empty if there is no such file.
  package func read(_ name: String) -> [UInt8] { Self.bytes(at: "\(path)/\(name)") }

  package func text(_ name: String) -> String { Self.text(at: "\(path)/\(name)") }

  package static func text(at path: String) -> String { String(decoding: bytes(at: path), as: UTF8.self) }

  package static func bytes(at path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY)
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while true {
      let part = [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
        count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
      }
      if part.isEmpty { return bytes }
      bytes += part
    }
  }
}
