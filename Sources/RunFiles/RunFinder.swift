// Which runs there are in a place. As with TensorBoard's --logdir, every folder that holds files of figures is a run, named
// by its path; a file by itself is one, too.

import Glibc

package struct RunFinder: Sendable {
  /// A run and the files that it consists of, in the order of their names, which is that of their time.
  package struct Found: Hashable, Sendable {
    /// `lr-3/train`; of a single run, the name of its folder or file.
    package var name: String
    /// The folder's path, or the file's.
    package var folder: String
    package var files: [String]
  }

  package let path: String

  /// Folders within folders; deeper ones are another tree.
  private static let deepest = 8
  /// Entries that are looked at in one search. Who names a folder of a million files has named the wrong one.
  private static let most = 20_000

  package init(path: String) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
  }

  /// The runs that are there now; none where there is nothing yet.
  package func runs() -> [Found] {
    var information = stat()
    guard stat(path, &information) == 0 else { return [] }
    guard information.st_mode & S_IFMT == S_IFDIR else {
      return [Found(name: name, folder: path, files: [path])]
    }
    var search = Search(budget: Self.most, seen: [Identity(information)])
    look(into: "", depth: 0, &search)
    return search.found.sorted { $0.name < $1.name }
  }

  /// What tells a folder from every other one, whatever it is called.
  private struct Identity: Hashable {
    var device: dev_t
    var number: ino_t

    init(_ information: stat) { (device, number) = (information.st_dev, information.st_ino) }
  }

  private struct Search {
    var found: [Found] = []
    /// Entries that may still be looked at.
    var budget: Int
    /// Folders that have been looked at, each under its first name: links may lead to one again, and round in circles.
    var seen: Set<Identity>
  }

  /// The last part of the path, of `.` and an event file's the folder's.
  package var name: String {
    var real = [CChar](repeating: 0, count: Int(PATH_MAX))
    let isThere = realpath(path, &real) != nil
    let full = isThere ? String(decoding: real.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : path
    var parts = full.split(separator: "/").map(String.init)
    // Event files are called after a time and a process.
    if let last = parts.last, ObservedFile.Format(name: last) == .tensorBoard, parts.count > 1 { parts.removeLast() }
    return parts.last ?? path
  }

  /// - Parameter folder: relative to `path`.
  private func look(into folder: String, depth: Int, _ search: inout Search) {
    let place = folder.isEmpty ? path : "\(path)/\(folder)"
    let entries = Self.entries(of: place, atMost: search.budget)
    search.budget -= entries.count
    var files = entries.filter { $0.folder == nil && ObservedFile.Format(name: $0.name) != nil }.map(\.name).sorted()
    // A run of gantui may have event files besides, which say the same.
    let own = RunFolder(path: place)
    if entries.contains(where: { "\(place)/\($0.name)" == own.configuration }), own.holdsRun {
      files = files.filter { ObservedFile.Format(name: $0) == .ndjson }
    }
    if !files.isEmpty {
      search.found.append(
        Found(name: folder.isEmpty ? name : folder, folder: place, files: files.map { "\(place)/\($0)" }))
    }
    guard depth < Self.deepest else { return }
    // A folder itself comes before links to it.
    for entry in entries.sorted(by: { ($0.isLink ? 1 : 0, $0.name) < ($1.isLink ? 1 : 0, $1.name) })
    where search.budget > 0 {
      guard let identity = entry.folder, search.seen.insert(identity).inserted else { continue }
      look(into: folder.isEmpty ? entry.name : "\(folder)/\(entry.name)", depth: depth + 1, &search)
    }
  }

  private struct Entry {
    var name: String
    /// Of a folder, or of one that a link leads to.
    var folder: Identity?
    var isLink: Bool
  }

  private static func entries(of path: String, atMost most: Int) -> [Entry] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var entries: [Entry] = []
    while entries.count < most, let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      guard !name.hasPrefix(".") else { continue }
      var information = stat()
      let isLink = lstat("\(path)/\(name)", &information) == 0 && information.st_mode & S_IFMT == S_IFLNK
      // A link to a folder is followed.
      let isFolder = stat("\(path)/\(name)", &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
      entries.append(Entry(name: name, folder: isFolder ? Identity(information) : nil, isLink: isLink))
    }
    return entries
  }
}
