// How many cores this process has to compute on, which may be fewer than the machine has: `taskset`, a batch system or a
// container takes the others away, and threads beyond those that are left only wait for one another.

import Glibc

enum Cores {
  /// The cores that the kernel may put this process on; at least 1.
  ///
  /// sched_getaffinity(2) would say so too, but is not among what Swift imports of the C library.
  static var allowed: Int {
    let title = "Cpus_allowed:"
    let mask = status.split(separator: "\n").first { $0.hasPrefix(title) }?.dropFirst(title.count) ?? ""
    let count = mask.compactMap(\.hexDigitValue).reduce(0) { $0 + $1.nonzeroBitCount }
    return count > 0 ? count : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }

  /// What the kernel says of this process, a title and a value on a line (proc(5)); empty where it does not tell.
  private static var status: String {
    guard let file = fopen("/proc/self/status", "r") else { return "" }
    defer { fclose(file) }
    let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
      count = fread(buffer.baseAddress, 1, buffer.count, file)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
