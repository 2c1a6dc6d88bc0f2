// NumPy's file format, version 1.0 (numpy.org/doc/stable/reference/generated/numpy.lib.format.html): a magic string, the
// length of a Python dictionary, the dictionary padded so that the numbers begin at a multiple of 64, the numbers.

import GenerativeModels
import Training

package enum NPY {
  private static let alignment = 64

  /// A file with `samples` as little-endian float32 in C order.
  package static func file(_ samples: SampleSet) -> [UInt8] {
    let shape =
      samples.shape.count == 1
      ? "(\(samples.shape[0]),)" : "(\(samples.shape.map(String.init).joined(separator: ", ")))"
    let dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': \(shape), }"
    let magic: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    // The two bytes of the length, and the newline that ends the header.
    let fixedLength = magic.count + 2 + 1
    let length = (fixedLength + dictionary.utf8.count + alignment - 1) / alignment * alignment
    let padding = length - fixedLength - dictionary.utf8.count
    let headerLength = UInt16(dictionary.utf8.count + padding + 1)

    var bytes = magic
    bytes.reserveCapacity(length + 4 * samples.values.count)
    bytes += [UInt8(headerLength & 0xFF), UInt8(headerLength >> 8)]
    bytes += Array(dictionary.utf8) + Array(repeating: UInt8(ascii: " "), count: padding) + [UInt8(ascii: "\n")]
    for value in samples.values {
      let bits = value.bitPattern
      for shift: UInt32 in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
    }
    return bytes
  }
}
