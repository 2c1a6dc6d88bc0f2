/// One seed serves many purposes; each has a sequence of its own.
///
/// All of them are parts of one long counter: the engine's upper half is the number of its run, 0 for what is drawn
/// outside a program, and its lower half begins with a stream of 32 bits, the first of which are the initialisers'.
package enum Stream {
  // Of the data's generator, whose streams are the upper half: larger than any number of runs.
  /// Of the first draw; each further one takes the next.
  package static let batches: UInt64 = 1 << 48
  package static let heldOut: UInt64 = 2 << 48
  package static let floor: UInt64 = 3 << 48
  /// Of pictures among rows, where chance is compared with.
  package static let deals: UInt64 = 4 << 48
  /// Around the result of latent arithmetic.
  package static let neighbourhood: UInt64 = 5 << 48

  // Of the engine: larger than any number of parameters, and apart for as many renewals as anybody asks for.
  /// Noise that figures are measured with.
  package static let measuredNoise: UInt64 = 1 << 16
  /// Noise for samples that go into files.
  package static let savedNoise: UInt64 = 2 << 16
  /// Noise to be looked at; each renewal takes the next.
  package static let shownNoise: UInt64 = 1 << 24
}
