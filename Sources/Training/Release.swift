// What this program calls itself in the files that it writes.

package enum Release {
  package static let version = "1.0.0"
  package static let name = "gantui \(version)"
}
