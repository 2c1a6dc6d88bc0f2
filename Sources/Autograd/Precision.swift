// How exactly factors are multiplied. Sums, results, parameters, losses, norms and whatever is no product of matrices are
// single precision in any case.

import CKernels

/// The precision of the factors of large matrix products and convolutions.
package enum Precision: String, CaseIterable, Hashable, Sendable {
  /// Single precision: 24 bits of mantissa.
  case f32
  /// Sums of two bfloat16 numbers, 16 bits of mantissa: close to single precision, and several times as fast on AMX.
  case split
  /// bfloat16: 8 bits of mantissa.
  case bf16

  /// What this processor makes of it: single precision where nothing else would be faster.
  package var here: Precision { mode == nil ? .f32 : self }

  /// The kernels' mode; `nil` for single precision.
  var mode: ck_bf16_mode? {
    switch self {
    case .f32: nil
    case .split: Self.hasTiles ? ck_bf16_mode(engine: CK_BF16_AMX, split: 1) : nil
    case .bf16:
      if Self.hasTiles {
        ck_bf16_mode(engine: CK_BF16_AMX, split: 0)
      } else if ck_bf16_has(CK_BF16_AVX512) != 0 {
        ck_bf16_mode(engine: CK_BF16_AVX512, split: 0)
      } else {
        nil
      }
    }
  }

  private static let hasTiles = ck_bf16_has(CK_BF16_AMX) != 0

  /// Whether a sum over `terms` for each of `rows` × `columns` results is large enough to be worth the packing: each
  /// is at least what AMX multiplies at a time, 32, so that little of what is packed is padding.
  static func pays(rows: Int, columns: Int, terms: Int) -> Bool { min(rows, columns, terms) >= 32 }
}
