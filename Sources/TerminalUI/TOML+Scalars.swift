// Values of TOML that hold no others: strings of four kinds, numbers in four bases, truth values, dates and times.

extension TOMLReader {
  /// What is neither in quotes nor in brackets.
  mutating func scalarValue(of key: String) throws(FileProblem) -> TOMLValue {
    let hint = current == "#" ? "; a colour stands in quotes: \"#rrggbb\"" : ""
    var word = word(with: Self.marks)
    // Between a date and a time there may be a blank.
    if word.isDayOfTOML, isTimeAhead {
      advance()
      word += " " + self.word(with: Self.marks)
    }
    switch word {
    case "true", "false": return .boolean(word == "true")
    case "inf", "+inf": return .number(.infinity)
    case "-inf": return .number(-.infinity)
    case "nan", "+nan", "-nan": return .number(.nan)
    default: break
    }
    if let number = word.wholeNumberOfTOML { return .integer(number) }
    if let number = word.fractionOfTOML { return .number(number) }
    if word.isMomentOfTOML { return .date(word) }
    throw problem("expected a \"string\", a number, a date, true, false, [ … ] or { … }\(hint)", key: key)
  }

  /// What may stand in a number or a date besides letters and digits.
  private static let marks = "_-+.:"

  /// A blank and two digits.
  private var isTimeAhead: Bool {
    let ahead = scalars[position...].prefix(3)
    return ahead.count == 3 && ahead.first == " " && ahead.dropFirst().allSatisfy { ("0"..."9").contains($0) }
  }

  // MARK: Strings

  mutating func string() throws(FileProblem) -> String {
    guard let quote = current else { return "" }
    let isLong = scalars[position...].prefix(3).count { $0 == quote } == 3
    return isLong ? try longString() : try lineString()
  }

  /// `"basic"` or `'literal'`.
  mutating func lineString() throws(FileProblem) -> String {
    guard let quote = current else { return "" }
    advance()
    var text = String.UnicodeScalarView()
    while let scalar = current, scalar != "\n" {
      advance()
      if scalar == quote { return String(text) }
      text.append(scalar == "\\" && quote == "\"" ? try escaped() : scalar)
    }
    throw problem("the string does not end; expected a closing \(quote)")
  }

  /// Between three quotation marks of either kind, over any number of lines, the first of which may be empty.
  private mutating func longString() throws(FileProblem) -> String {
    guard let quote = current else { return "" }
    let start = problem("the string does not end; expected a closing \(quote)\(quote)\(quote)")
    advance(3)
    if current == "\n" { advance() }
    var text = String.UnicodeScalarView()
    while let scalar = current {
      if scalar == quote {
        // Two more may stand before those that end it.
        let count = scalars[position...].prefix(5).prefix { $0 == quote }.count
        advance(count)
        text.append(contentsOf: repeatElement(quote, count: count < 3 ? count : count - 3))
        if count >= 3 { return String(text) }
      } else if scalar == "\\", quote == "\"" {
        advance()
        if endsLine { skipToText() } else { text.append(try escaped()) }
      } else {
        text.append(scalar)
        advance()
      }
    }
    throw start
  }

  /// Whether nothing but blanks follows in this line.
  private var endsLine: Bool { scalars[position...].first { !isSpace($0) } == "\n" }

  private mutating func skipToText() {
    while isSpace(current) || current == "\n" { advance() }
  }

  private mutating func escaped() throws(FileProblem) -> Unicode.Scalar {
    let escape = current
    if escape != nil { advance() }
    switch escape {
    case "\"", "\\": return escape ?? "\\"
    case "b": return "\u{8}"
    case "t": return "\t"
    case "n": return "\n"
    case "f": return "\u{C}"
    case "r": return "\r"
    case "u", "U":
      let digits = scalars[position...].prefix(escape == "u" ? 4 : 8).prefix(while: \.properties.isASCIIHexDigit)
      advance(digits.count)
      let code = UInt32(String(String.UnicodeScalarView(digits)), radix: 16)
      if digits.count == (escape == "u" ? 4 : 8), let scalar = code.flatMap(Unicode.Scalar.init) { return scalar }
    default: break
    }
    // X stands for a hexadecimal digit, as in TOML's own specification.
    throw problem(
      "unknown escape in a string; known are \\\" \\\\ \\b \\t \\n \\f \\r \\uXXXX \\UXXXXXXXX; 'single quotes' need none"
    )
  }
}

extension StringProtocol {
  /// `1_000`, `-3`, `0xFF`, `0o17`, `0b101`; `nil` for what is none, or has more than 64 bits.
  fileprivate var wholeNumberOfTOML: Int? {
    for (start, base) in [("0x", 16), ("0o", 8), ("0b", 2)] where hasPrefix(start) {
      return dropFirst(2).digits(base: base).flatMap { Int($0, radix: base) }
    }
    return dropFirst(sign.count).digitsWithoutLeadingZero.flatMap { Int(sign + $0) }
  }

  /// `0.5`, `6.02e23`, `1e-3`; `nil` for what is none, or is too large for a number of 64 bits.
  fileprivate var fractionOfTOML: Double? {
    let parts = split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    let number = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count + number.count > 2, var text = number[0].dropFirst(sign.count).digitsWithoutLeadingZero else {
      return nil
    }
    if number.count == 2 {
      guard let places = number[1].digits(base: 10) else { return nil }
      text += "." + places
    }
    if parts.count == 2 {
      guard let exponent = parts[1].dropFirst(parts[1].sign.count).digits(base: 10) else { return nil }
      text += "e" + parts[1].sign + exponent
    }
    return Double(sign + text).flatMap { $0.isFinite ? $0 : nil }
  }

  private var sign: String { first == "+" || first == "-" ? String(prefix(1)) : "" }

  private var digitsWithoutLeadingZero: String? {
    digits(base: 10).flatMap { $0.count > 1 && $0.hasPrefix("0") ? nil : $0 }
  }

  /// Without the `_` between them; `nil` where there are none, or something else.
  private func digits(base: Int) -> String? {
    let groups = split(separator: "_", omittingEmptySubsequences: false)
    let areDigits = groups.allSatisfy { group in
      !group.isEmpty && group.allSatisfy { $0.isASCII && $0.hexDigitValue.map { $0 < base } ?? false }
    }
    return areDigits ? groups.joined() : nil
  }

  // MARK: Dates

  /// `2026-11-21`, a day that there is.
  fileprivate var isDayOfTOML: Bool {
    guard let (year, month, day) = numbers(shaped: "0000-00-00"), (1...12).contains(month) else { return false }
    let isLeapYear = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    let days = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
  }

  /// `11:28:05.25`
  private var isTimeOfTOML: Bool {
    let parts = split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    // A minute may have a leap second.
    guard let (hour, minute, second) = parts[0].numbers(shaped: "00:00:00"), hour < 24, minute < 60, second <= 60 else {
      return false
    }
    return parts.count == 1 || !parts[1].isEmpty && parts[1].allSatisfy { $0.isASCII && $0.isNumber }
  }

  /// A day, a time, or both, then perhaps with the distance to universal time (RFC 3339).
  fileprivate var isMomentOfTOML: Bool {
    let parts = split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "T" || $0 == "t" || $0 == " " }
    guard parts.count == 2 else { return isDayOfTOML || isTimeOfTOML }
    guard parts[0].isDayOfTOML else { return false }
    let zone = parts[1].drop { $0 != "Z" && $0 != "z" && $0 != "+" && $0 != "-" }
    guard parts[1].dropLast(zone.count).isTimeOfTOML else { return false }
    return zone.isEmpty || zone.lowercased() == "z"
      || zone.first?.isLetter == false && "\(zone.dropFirst()):00".isTimeOfTOML
  }

  /// The three numbers of a text of this shape, in which 0 stands for any digit.
  private func numbers(shaped shape: String) -> (Int, Int, Int)? {
    let isAlike =
      count == shape.count && zip(self, shape).allSatisfy { $1 == "0" ? $0.isASCII && $0.isNumber : $0 == $1 }
    let numbers = isAlike ? split { !$0.isNumber }.compactMap { Int($0) } : []
    return numbers.count == 3 ? (numbers[0], numbers[1], numbers[2]) : nil
  }
}
