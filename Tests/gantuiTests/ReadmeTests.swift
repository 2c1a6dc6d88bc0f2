// What the README promises: its picture, its list of experiments and topics, its table of modules.

import Foundation
import GenerativeModels
import TestSupport
import Testing

@Suite("The README")
struct ReadmeTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../..")
    .standardized

  private static func lines(_ path: String) throws -> [String] {
    try String(contentsOf: root.appending(path: path), encoding: .utf8).components(separatedBy: "\n")
  }

  /// The cells of each row of a table that begins with a name in code.
  private static func rows() throws -> [[String]] {
    try lines("README.md").filter { $0.hasPrefix("| `") }.map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  private static func names(in cell: String) -> [String] {
    cell.components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
  }

  @Test("It is short, and names every experiment and every topic of the manual")
  func contents() throws {
    #expect(try Self.lines("README.md").count <= 251)
    let named = try Self.rows().flatMap { Self.names(in: $0[0]) }
    for model in Catalogue.all { #expect(named.contains(model.card.name), "\(model.card.name)") }
    let pages = try FileManager.default.contentsOfDirectory(
      atPath: Self.root.appending(path: "Sources/gantui/Help").path)
    for page in pages { #expect(named.contains(page.replacing(".md", with: "")), "\(page)") }
    let topics = try Program.run("help").output
    for page in pages { #expect(topics.contains("\n  \(page.replacing(".md", with: "")) "), "\(page)") }
  }

  @Test("Its table of modules says who imports whom as Package.swift does")
  func modules() throws {
    let package = try Self.lines("Package.swift").joined(separator: " ")
    var checked = 0
    for row in try Self.rows() where row.count == 3 {
      let name = try #require(Self.names(in: row[0]).first)
      guard
        let start = package.range(of: "arget(name: \"\(name)\"")?.upperBound
          ?? package.range(of: "arget(       name: \"\(name)\"")?.upperBound
      else {
        Issue.record("Package.swift has no \(name)")
        continue
      }
      // Up to the next target or test target.
      let rest = package[start...]
      let end = rest.range(of: #"\.[a-zA-Z]*[tT]arget\(|\.systemLibrary"#, options: .regularExpression)?.lowerBound
      let text = String(rest[..<(end ?? rest.endIndex)])
      let list =
        text.range(of: #"dependencies: \[[^\]]*\]"#, options: .regularExpression).map { String(text[$0]) } ?? ""
      let imports = list.components(separatedBy: "\"").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
        .filter { $0 != "swift-argument-parser" }
      #expect(Self.names(in: row[1]) == imports, "\(name)")
      checked += 1
    }
    #expect(checked >= 12)
  }

  @Test("The command beside the picture makes such a picture: same size, same experiments, drawings in it")
  func picture() throws {
    let marker = "<!-- picture: gantui "
    let line = try #require(try Self.lines("README.md").first { $0.hasPrefix(marker) })
    var arguments = line.dropFirst(marker.count).dropLast(" -->".count).split(separator: " ").map(String.init)
    let path = arguments.removeLast()
    let readme = try Self.lines("README.md")
    #expect(readme.contains { $0.hasSuffix("](\(path))") })
    let folder = Folder()
    let outcome = try Running(
      Program.path, arguments + ["\(folder.path)/screen.svg"], environment: Program.environment
    ).finish()
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let (made, kept) = (folder.text("screen.svg").components(separatedBy: "\n"), try Self.lines(path))
    #expect(made.prefix(5) == kept.prefix(5), "size, title, font and background")
    #expect(Self.heading(made) == Self.heading(kept) && Self.heading(kept).contains("FINISHED"))
    for drawing in ["<path d=", "stroke-linecap=\"round\""] {
      #expect(kept.contains { $0.contains(drawing) } && made.contains { $0.contains(drawing) })
    }
  }

  /// The screen's first row in words. Numbers depend on the speed and, in their last digits, on the machine.
  private static func heading(_ svg: [String]) -> String {
    (svg.first { $0.hasPrefix("<text") } ?? "").replacing(#/<[^>]*>/#, with: "").replacing(#/[0-9]/#, with: "0")
  }
}
