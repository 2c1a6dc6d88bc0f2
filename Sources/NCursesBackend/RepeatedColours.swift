// ncurses sends both colours of a pair whenever one of them changes. Most cells of a screen have the same background, so
// that a third of all bytes would say what the terminal knows already. They are left out here.

extension [UInt8] {
  /// The same for a terminal in fewer bytes: without sequences that set the colour that is set. What is set before the
  /// first byte is not known, and does not matter.
  package var withoutRepeatedColours: [UInt8] {
    var kept: [UInt8] = []
    kept.reserveCapacity(count)
    var colours: [Ground: ArraySlice<UInt8>] = [:]
    var rest = self[...]
    while let escape = rest.firstIndex(of: UInt8.escape) {
      kept += rest[..<escape]
      rest = rest[escape...]
      guard let sequence = rest.rendition else {
        kept.append(rest.removeFirst())
        continue
      }
      rest = rest[sequence.endIndex...]
      if let ground = Ground(setBy: sequence) {
        if colours[ground] == sequence { continue }
        colours[ground] = sequence
      } else {
        // Whatever else it does, it may do to colours.
        colours = [:]
      }
      kept += sequence
    }
    return kept + rest
  }
}

/// Which of a cell's two colours.
private enum Ground: Hashable {
  case fore, back

  /// `nil` for a sequence that does not set one colour and nothing else.
  init?(setBy rendition: ArraySlice<UInt8>) {
    let parameters = rendition.dropFirst(2).dropLast().split(omittingEmptySubsequences: false) {
      $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ":")
    }.map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
    // The named colours, bright ones included; xterm's palette; and 24 bits, of which the colon form has one field more.
    switch (parameters.first ?? 0, parameters.count, parameters.dropFirst().first ?? 0) {
    case (30...37, 1, _), (90...97, 1, _), (38, 3, 5), (38, 5...6, 2): self = .fore
    case (40...47, 1, _), (100...107, 1, _), (48, 3, 5), (48, 5...6, 2): self = .back
    default: return nil
    }
  }
}

extension ArraySlice<UInt8> {
  /// The sequence "select graphic rendition" (ECMA-48, 8.3.117) that the bytes begin with.
  fileprivate var rendition: ArraySlice<UInt8>? {
    guard count > 2, self[startIndex + 1] == UInt8(ascii: "[") else { return nil }
    let end = self[(startIndex + 2)...].firstIndex { !(UInt8(ascii: "0")...UInt8(ascii: ";")).contains($0) }
    guard let end, self[end] == UInt8(ascii: "m") else { return nil }
    return self[...end]
  }
}

extension UInt8 {
  fileprivate static let escape: UInt8 = 0x1B
}
