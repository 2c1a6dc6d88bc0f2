// Which tables and keys of a file may stand beside one another (TOML 1.0, "Keys", "Table", "Array of Tables"): a table may be
// named once, and be the way to others any number of times; what dotted keys have made, and what stands in braces, is closed
// to headers.

struct TOMLTree {
  private enum Node {
    case value(TOMLValue)
    /// A place in `tables`.
    case table(Int)
    /// `[[list]]`: the last one is open.
    case list([Int])
  }

  private enum Origin {
    /// It is only the way to another one.
    case way
    case header
    case dottedKey
  }

  private struct Member {
    var key: String
    var line: Int
    var node: Node
  }

  private struct Table {
    var origin: Origin
    var members: [Member] = []
    /// Of each key among the members: a file may have very many.
    var indices: [String: Int] = [:]

    subscript(key: String) -> Member? { indices[key].map { members[$0] } }
  }

  /// Why something cannot stand where it does.
  struct Clash: Error {
    /// What is there already.
    enum Kind {
      case table, list, value
    }

    var kind: Kind
    /// The line of what is there already.
    var line: Int

    var wordsForKey: String {
      switch kind {
      case .value: "the key is there already, on line \(line)"
      case .table, .list: "there is a table of that name already, on line \(line); write the key beneath its header"
      }
    }

    func words(forTable path: [String]) -> String {
      let name = path.joined(separator: ".")
      return switch kind {
      case .table: "the table [\(name)] is there already; join the two"
      case .list: "there is a list of tables already, on line \(line): expected [[\(name)]]"
      case .value: "[\(name)] cannot be a table: a key has that name or a part of it, on line \(line)"
      }
    }
  }

  /// The first one is that of the whole file.
  private var tables = [Table(origin: .header)]
  /// To which keys belong now.
  private var current = 0

  /// Begins a table, or one more of a list of tables.
  mutating func open(_ path: [String], line: Int, isList: Bool) throws(Clash) {
    var table = 0
    for key in path.dropLast() { table = try way(from: table, key, .way, line: line) }
    guard let key = path.last else { return }
    guard let member = tables[table][key] else {
      current = make(.header)
      add(Member(key: key, line: line, node: isList ? .list([current]) : .table(current)), to: table)
      return
    }
    switch member.node {
    case .list(let list) where isList:
      let new = make(.header)
      change(key, of: table) { $0.node = .list(list + [new]) }
      current = new
    case .table(let known) where !isList && tables[known].origin == .way:
      tables[known].origin = .header
      current = known
      change(key, of: table) { $0.line = line }
    case .table: throw Clash(kind: .table, line: member.line)
    case .list: throw Clash(kind: .list, line: member.line)
    case .value: throw Clash(kind: .value, line: member.line)
    }
  }

  /// Gives a key its value; a dotted one makes the tables on its way.
  mutating func set(_ path: [String], to value: TOMLValue, line: Int) throws(Clash) {
    var table = current
    for key in path.dropLast() { table = try way(from: table, key, .dottedKey, line: line) }
    guard let key = path.last else { return }
    if let member = tables[table][key] {
      if case .value = member.node { throw Clash(kind: .value, line: member.line) }
      throw Clash(kind: .table, line: member.line)
    }
    add(Member(key: key, line: line, node: .value(value)), to: table)
  }

  /// The table of a name in another one, made if need be.
  private mutating func way(from table: Int, _ key: String, _ origin: Origin, line: Int) throws(Clash) -> Int {
    guard let member = tables[table][key] else {
      let new = make(origin)
      add(Member(key: key, line: line, node: .table(new)), to: table)
      return new
    }
    switch member.node {
    case .table(let known):
      guard origin == .dottedKey else { return known }
      guard tables[known].origin != .header else { throw Clash(kind: .table, line: member.line) }
      tables[known].origin = .dottedKey
      return known
    case .list(let list):
      guard origin != .dottedKey, let last = list.last else { throw Clash(kind: .list, line: member.line) }
      return last
    case .value: throw Clash(kind: .value, line: member.line)
    }
  }

  private mutating func make(_ origin: Origin) -> Int {
    tables.append(Table(origin: origin))
    return tables.count - 1
  }

  private mutating func add(_ member: Member, to table: Int) {
    tables[table].indices[member.key] = tables[table].members.count
    tables[table].members.append(member)
  }

  private mutating func change(_ key: String, of table: Int, _ body: (inout Member) -> Void) {
    if let index = tables[table].indices[key] { body(&tables[table].members[index]) }
  }

  // MARK: What has come of it

  /// All of it as one table.
  var entries: [TOMLEntry] { entries(of: 0) }

  /// What stands in no table, then each table that stands in no other.
  var topTables: [TOMLTable] {
    var top = [TOMLTable(name: "", line: 1, entries: [])]
    for entry in entries {
      if case .table(let entries) = entry.value {
        top.append(TOMLTable(name: entry.key, line: entry.line, entries: entries))
      } else {
        top[0].entries.append(entry)
      }
    }
    return top
  }

  private func entries(of table: Int) -> [TOMLEntry] {
    tables[table].members.map { TOMLEntry(key: $0.key, value: value(of: $0.node), line: $0.line) }
  }

  private func value(of node: Node) -> TOMLValue {
    switch node {
    case .value(let value): value
    case .table(let table): .table(entries(of: table))
    case .list(let list): .array(list.map { .table(entries(of: $0)) })
    }
  }
}
