import RunFiles
import Testing

@Suite("Lines of JSON")
struct JSONLineTests {
  @Test("leave out numbers that are none, and escape strings")
  func line() {
    var line = JSONLine()
    line.add("text", "a \"b\" \\ / \n\t\u{1} é")
    line.add("nan", Double.nan)
    line.add("infinite", Double.infinity)
    line.add("small", 1e-7)
    line.add("none", Int?.none)
    line.add("seed", UInt64.max)
    #expect(
      line.text
        == #"{"text":"a \"b\" \\ / \n\t\u0001 é","small":1e-07,"seed":18446744073709551615}"# + "\n")
  }
}
