// What somebody may have meant who mistyped a name: of a setting, of a key of a theme file, of a command.

/// The known name that is nearest, if it is near: at most a third of its letters differ.
package func suggestion(for name: String, among known: [String]) -> String? {
  let nearest = known.map { (name: $0, distance: distance(name, $0)) }.min { $0.distance < $1.distance }
  guard let nearest, nearest.distance * 3 <= max(nearest.name.count, 3) else { return nil }
  return nearest.name
}

/// How many letters have to be inserted, removed, replaced, or exchanged with their neighbour to get from one word to
/// the other: the distance of Damerau and Levenshtein, each letter being touched at most once.
private func distance(_ from: String, _ to: String) -> Int {
  let (a, b) = (Array(from), Array(to))
  var rows = [Array(0...b.count)]
  for i in 1...max(1, a.count) where i <= a.count {
    var row = [i]
    for j in 1...max(1, b.count) where j <= b.count {
      var best = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { best = min(best, rows[i - 2][j - 2] + 1) }
      row.append(best)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}

/// `; did you mean “paper”?`, or nothing where no known name is near.
package func guess(for name: String, among known: [String]) -> String {
  suggestion(for: name, among: known).map { "; did you mean “\($0)”?" } ?? ""
}
