// A frame as a page that a browser shows as a terminal would: one `pre`, whose text can be selected and searched. It is
// XML as well, so that whatever reads the one can read the other.

extension Frame {
  /// - Parameter title: of the page; any text.
  package func html(on page: Page, title: String) -> String {
    let rows = (0..<size.height).map { y in
      runs(y) { LookOnPage($0.style, on: page) }.map { "<span style=\"\($0.trait.css)\">\($0.markup)</span>" }.joined()
        + "\n"
    }
    return """
      <!DOCTYPE html>
      <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
      <head><meta charset="utf-8"/><title>\(title.markup)</title></head>
      <body style="margin: 0; background: \(page.paper.hexadecimal)">
      <pre style="margin: 0; font: 14px/16px 'DejaVu Sans Mono', Menlo, Consolas, monospace">
      \(rows.joined())</pre>
      </body>
      </html>

      """
  }
}

private struct LookOnPage: Equatable {
  var ink: Ink
  var paper: RGB

  init(_ style: Style, on page: Page) {
    ink = style.ink(on: page)
    paper = style.paper(on: page)
  }

  var css: String {
    "color:\(ink.colour.hexadecimal);background:\(paper.hexadecimal)" + (ink.isBold ? ";font-weight:bold" : "")
      + (ink.isUnderlined ? ";text-decoration:underline" : "")
  }
}
