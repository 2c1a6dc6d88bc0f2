// What comes out of a JSON parser that is not ours.

import Foundation

enum JSONValue: Decodable, Equatable {
  case text(String)
  case number(Double)
  case numbers([Double])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let numbers = try? container.decode([Double].self) {
      self = .numbers(numbers)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  /// One flat object.
  static func object(_ line: String) throws -> [String: JSONValue] {
    try JSONDecoder().decode([String: JSONValue].self, from: Data(line.utf8))
  }

  var number: Double? { if case .number(let number) = self { number } else { nil } }
}
