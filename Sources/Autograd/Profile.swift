// Where the time of a program goes, by kind of instruction. Runs that are not profiled know nothing of it.

/// Adds up what instructions take, as the first thread sees it: waiting for the others counts as part of the instruction
/// that had to wait.
package final class Profile {
  package struct Share: Hashable, Sendable {
    package let kind: String
    package fileprivate(set) var seconds = 0.0
    package fileprivate(set) var calls = 0
    /// Floating-point operations of products and convolutions; of the rest none are counted.
    package fileprivate(set) var operations = 0.0
  }

  private let clock: () -> Double
  private var shares: [String: Share] = [:]

  /// - Parameter clock: seconds since any fixed moment.
  package init(clock: @escaping () -> Double) { self.clock = clock }

  /// Largest first.
  package var sorted: [Share] { shares.values.sorted { ($0.seconds, $1.kind) > ($1.seconds, $0.kind) } }

  func time(_ instruction: borrowing Instruction, _ body: () -> Void) {
    let begin = clock()
    body()
    let elapsed = clock() - begin
    let kind = instruction.name
    var share = shares[kind] ?? Share(kind: kind)
    share.seconds += elapsed
    share.calls += 1
    share.operations += instruction.operations
    shares[kind] = share
  }
}

extension Instruction {
  fileprivate var name: String {
    switch kind {
    case .chain, .addParts: "element-wise"
    case .product: "products"
    case .convolve(let c): Self.isProduct(c) ? "products" : "convolutions"
    case .filterGradient(let c): Self.isProduct(c) ? "products" : "filter gradients"
    case .patches, .fold: "patches"
    case .copy, .clear: "moves"
    case .sumAxis, .maximumAxis, .maximumMask: "reductions"
    case .gather, .scatterAdd: "look-ups"
    case .random: "random numbers"
    case .count, .adam, .momentum: "optimisers"
    }
  }

  /// A product that is rounded runs as a convolution of one tap.
  private static func isProduct(_ convolution: Convolution) -> Bool {
    convolution.count == 1 && convolution.sums.pointee.tap_count == 1
  }

  fileprivate var operations: Double {
    switch kind {
    case .product(let p): 2 * Double(p.m) * Double(p.n) * Double(p.k)
    case .convolve(let c), .filterGradient(let c):
      (0..<c.count).reduce(0) { total, index in
        let sum = c.sums[index]
        let pixels = Double(sum.images) * Double(sum.grid_height) * Double(sum.grid_width)
        return total + 2 * pixels * Double(sum.tap_count) * Double(sum.source_channels) * Double(sum.result_channels)
      }
    default: 0
    }
  }
}
