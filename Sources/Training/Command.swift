// What a person may ask of a trainer while it runs.

package enum Command: Hashable, Sendable {
  case pause
  /// Also what rests by itself.
  case resume
  /// While paused: the next half of a step, D's or G's.
  case stepHalf
  /// Back to step 0 with the same seed.
  case reset
  /// Other fixed noise for the pictures and the latent map; the training is not touched.
  case renewNoise
  /// While paused: the way between the next two of the fixed z.
  case nextPair
  /// While paused: along an arc instead of a straight line, or the other way round.
  case nextPath
  /// What is learnt stays the same.
  case pace(Pace)
  /// To the moment before, which is looked at, paused; whatever is done then to go on begins another course.
  case rewind
  /// To the moment after it, as far as the run had come.
  case forward
  /// After a failure of the numbers: on from the last moment that was sound, with half the learning rates.
  case recover
  case stop
}
