// The check sum of TensorBoard's records: CRC-32C (Castagnoli; RFC 3720, appendix B.4), and the mask that the format puts
// over it, so that a check sum of data that contain check sums stays a good one ("lib/hash/crc32c.h" of TensorFlow).

package enum CRC32C {
  package static func sum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var remainder = UInt32.max
    for byte in bytes { remainder = table[Int(UInt8(truncatingIfNeeded: remainder) ^ byte)] ^ remainder >> 8 }
    return ~remainder
  }

  /// Turned right by 15 bits, and a constant of the format added.
  package static func masked(_ bytes: some Sequence<UInt8>) -> UInt32 {
    let sum = sum(bytes)
    return (sum >> 15 | sum << 17) &+ 0xA282_EAD8
  }

  /// What each byte adds to a remainder; the polynomial is 0x1EDC6F41, its bits in the order of the lowest first.
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { remainder, _ in
      remainder & 1 == 1 ? remainder >> 1 ^ 0x82F6_3B78 : remainder >> 1
    }
  }
}
