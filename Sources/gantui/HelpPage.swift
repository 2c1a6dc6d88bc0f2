// A page of the manual: Markdown from `Help/`, printed as plain text.

import TerminalUI

struct HelpPage {
  /// The word after `gantui help`.
  let name: String
  private let markdown: String

  private init(_ name: String, _ bytes: [UInt8]) {
    self.name = name
    markdown = String(decoding: bytes, as: UTF8.self)
  }

  /// In the order in which they are listed.
  static let all = [
    HelpPage("pace", PackageResources.pace_md),
    HelpPage("runs", PackageResources.runs_md),
    HelpPage("watch", PackageResources.watch_md),
    HelpPage("screenshots", PackageResources.screenshots_md),
    HelpPage("themes", PackageResources.themes_md),
    HelpPage("settings", PackageResources.settings_md),
    HelpPage("terminals", PackageResources.terminals_md),
    HelpPage("data", PackageResources.data_md),
    HelpPage("models", PackageResources.models_md),
    HelpPage("pytorch", PackageResources.pytorch_md),
  ]

  /// The heading of the page.
  var title: String {
    let heading = markdown.split(separator: "\n").first.map(String.init) ?? name
    return heading.hasPrefix("# ") ? String(heading.dropFirst(2)) : heading
  }

  /// The page for a terminal: paragraphs as wide as `Help.width`, code as it is, indented.
  var text: String { Self.plain(markdown, width: Help.width) }

  // MARK: Markdown

  /// Knows what the pages use: headings, paragraphs, lists, blocks and pieces of code.
  static func plain(_ markdown: String, width: Int) -> String {
    var lines: [String] = []
    var paragraph: [String] = []
    var isCode = false
    func finishParagraph() {
      guard let first = paragraph.first else { return }
      let isItem = first.hasPrefix("- ")
      let text = words(paragraph.map(\.trimmed).joined(separator: " "))
      for (row, line) in text.wrapped(to: isItem ? width - 2 : width).enumerated() {
        lines.append((isItem && row > 0 ? "  " : "") + line)
      }
      paragraph = []
    }
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("```") {
        finishParagraph()
        isCode.toggle()
      } else if isCode {
        lines.append(line.isEmpty ? "" : "    " + line)
      } else if line.hasPrefix("#") {
        finishParagraph()
        lines.append(String(line.drop { $0 == "#" }.dropFirst()).uppercased())
      } else if line.isEmpty {
        finishParagraph()
        lines.append("")
      } else {
        if line.hasPrefix("- ") { finishParagraph() }
        paragraph.append(line)
      }
    }
    finishParagraph()
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Without the marks of code.
  private static func words(_ text: String) -> String { text.replacing("`", with: "") }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
