// What `--theme` chooses, and what the theme keys then step through.

import Dashboard
import TerminalUI
import Testing

@Suite("Choice of a theme")
struct ThemeSelectionTests {
  @Test("A bundled theme comes first, and the others follow in their order, round and round")
  func named() throws {
    #expect(try ThemeSelection(nil).themes.map(\.name) == Theme.bundledNames)
    let names = try ThemeSelection("paper").themes.map(\.name)
    #expect(names.first == "paper" && Set(names) == Set(Theme.bundledNames))
    let start = try #require(Theme.bundledNames.firstIndex(of: "paper"))
    #expect(names[1] == Theme.bundledNames[(start + 1) % Theme.bundledNames.count])
  }

  @Test("A name that is none is answered with the list, a file that is none with its path")
  func unknown() {
    #expect(throws: ThemeError.unknown("papre")) { try ThemeSelection("papre") }
    #expect(ThemeError.unknown("papre").description.contains("daylight"))
    #expect(throws: ThemeError.unreadable(path: "./papre.toml", reason: "No such file or directory")) {
      try ThemeSelection("./papre.toml")
    }
    #expect(throws: ThemeError.unreadable(path: "/", reason: "it is not a file")) { try ThemeSelection("/") }
  }
}
