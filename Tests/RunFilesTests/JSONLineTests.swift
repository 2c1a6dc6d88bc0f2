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

@Suite("Objects of JSON")
struct JSONObjectTests {
  private func parsed(_ text: String) -> JSONObject? { JSONObject(Array(text.utf8)) }

  @Test("have what was written into them, to the last bit")
  func roundTrip() throws {
    var line = JSONLine()
    line.add("text", "a \"b\" \\ / \n\t\u{1} é")
    line.add("number", 0.1 + 0.2)
    line.add("count", 12_345)
    line.add("seed", UInt64.max)
    line.add("negative", Int.min)
    let object = try #require(parsed(line.text))
    #expect(object.text("text") == "a \"b\" \\ / \n\t\u{1} é")
    #expect(object.number("number") == 0.1 + 0.2 && object.count("number") == nil)
    #expect(object.count("count") == 12_345 && object.whole("count") == 12_345)
    #expect(object.whole("seed") == UInt64.max && object.number("seed") == 0x1p64)
    #expect(object.count("negative") == Int.min)
    #expect(object.text("count") == nil && object.number("text") == nil && object.number("none") == nil)
  }

  @Test("pass over what they do not know, and are none of what is no object")
  func others() throws {
    let known = try #require(
      parsed(#"{"yes":true,"no":null,"deep":{"a":[{}]},"list":[1,2.5],"mixed":[1,"a"],"empty":[]}"#))
    #expect(known.numbers("list") == [1, 2.5] && known.numbers("empty") == [])
    #expect(known.numbers("mixed") == nil && known.number("yes") == nil && known.text("no") == nil)
    for garbage in ["", "{", "[1]", "3", "null", #"{"a":}"#, "{\"a\":\"\u{1}\"", #"{"a":1}{"b":2}"#] {
      #expect(parsed(garbage) == nil, "\(garbage)")
    }
  }
}
