// Points of calendar time, as files and their names tell them. In files it is UTC in the form of RFC 3339; people read
// the time of where they are.

import FoundationEssentials
import Glibc

package struct Moment: Hashable, Sendable, Comparable {
  /// Since 1970-01-01T00:00:00Z, whole ones.
  package var seconds: Int

  package init(seconds: Int) { self.seconds = seconds }

  package static func < (a: Moment, b: Moment) -> Bool { a.seconds < b.seconds }

  package static var now: Moment { Moment(seconds: time(nil)) }

  /// From `2026-11-21T11:28:05Z`; `nil` for anything else.
  package init?(_ text: String) {
    guard let date = try? Date(text, strategy: .iso8601),
      let seconds = Int(exactly: date.timeIntervalSince1970.rounded())
    else { return nil }
    self.init(seconds: seconds)
  }

  /// `2026-11-21T11:28:05Z`
  package var text: String { format("%Y-%m-%dT%H:%M:%SZ", gmtime_r) }

  /// `20261121-112805`, local time, for the name of a file.
  package var name: String { format("%Y%m%d-%H%M%S", localtime_r) }

  /// `2026-11-21 11:28`, local time.
  package var words: String { format("%Y-%m-%d %H:%M", localtime_r) }

  private func format(
    _ form: String, _ split: (UnsafePointer<time_t>, UnsafeMutablePointer<tm>) -> UnsafeMutablePointer<tm>?
  ) -> String {
    var (seconds, parts) = (time_t(seconds), tm())
    guard split(&seconds, &parts) != nil else { return "" }
    // Room for years of any length.
    let bytes = [UInt8](unsafeUninitializedCapacity: 64) { buffer, count in
      count = buffer.withMemoryRebound(to: CChar.self) { strftime($0.baseAddress, $0.count, form, &parts) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
