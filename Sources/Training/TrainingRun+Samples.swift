// Samples on their way into files, and what is made of the space that they come from, with the model as it is now.

import Figures
import GenerativeModels

extension TrainingRun {
  /// The noise of the samples that go into files, `[count, latent size]`.
  func savedNoise(count: Int) throws(TrainingError) -> SampleSet {
    let size = try sampler().latent.size
    return SampleSet(
      shape: [count, size], values: game.latent(count: count, seed: options.seed, stream: Stream.savedNoise))
  }

  /// - Parameter classes: of each sample, where the model is conditioned on classes; all in turn unless told.
  func sample(count: Int, classes: [Int]? = nil) throws(TrainingError) -> SampleSet {
    let values = game.sample(latent: try savedNoise(count: count).values, classes: classes)
    return switch data {
    case .line: SampleSet(shape: [count], values: values)
    case .plane: SampleSet(shape: [count, 2], values: values)
    case .images(let table): SampleSet(shape: [count, table.height, table.width], values: values)
    case .none: SampleSet(shape: [0], values: [])
    }
  }

  /// Classes that samples can be asked for; 0 where they cannot.
  var classesToAskFor: Int {
    if case .classes(let count)? = game.sampler?.condition { count } else { 0 }
  }

  /// Which classes G makes, of the noise that figures are measured with; `nil` where there are no images.
  func classCoverage() -> ClassCoverage? {
    guard case .images(let table) = data, game.sampler != nil else { return nil }
    let noise = game.latent(count: Gallery.heldOutImages, seed: options.seed, stream: Stream.measuredNoise)
    return ClassCoverage(
      of: game.sample(latent: noise), among: table.images, examinedWith: table.heldOut, enlargedBy: table.enlargement)
  }

  /// Rows of pictures between pairs of saved samples.
  func interpolate(pairs: Int, points: Int, path: LatentPath) throws(TrainingError) -> LatentInterpolation {
    LatentInterpolation(game, try pictures(), seed: options.seed, pairs: pairs, points: points, path: path)
  }

  /// - Parameter concepts: a, b and c.
  func arithmetic(_ concepts: [Concept]) throws(TrainingError) -> LatentArithmetic {
    let pictures = try pictures()
    do throws(TooFewSamples) {
      return try LatentArithmetic(game, pictures, concepts, seed: options.seed)
    } catch {
      throw .noSuchSamples(error.concept, found: error.found, of: error.count)
    }
  }

  private func pictures() throws(TrainingError) -> ImageTable {
    guard case .images(let table) = data, game.sampler != nil else { throw .notPictures(experiment: experiment.name) }
    return table
  }

  private func sampler() throws(TrainingError) -> Sampler {
    guard let sampler = game.sampler else { throw .noSampler(experiment: experiment.name) }
    return sampler
  }
}
