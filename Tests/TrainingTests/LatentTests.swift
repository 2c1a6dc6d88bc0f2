// What a person sees of the space of z: rows between samples, sums of concepts, and that looking changes nothing.

import Figures
import GenerativeModels
import Testing
import Training

@Suite("Walks through the space of z", .timeLimit(.minutes(10)))
struct WalkTests {
  private func trained(_ name: String = "digits", steps: Int = 2, seed: UInt64 = 1) async throws -> Trainer {
    let trainer = Trainer(.test(name), options: TrainingOptions(seed: seed), clock: SteppingClock().clock)
    try await trainer.runToEnd(steps: steps, every: steps) { _ in }
    return trainer
  }

  // MARK: Interpolation

  @Test("Rows lead from one saved sample to the next, in images of 0…1", arguments: LatentPath.allCases)
  func interpolation(path: LatentPath) async throws {
    let trainer = try await trained()
    let rows = try await trainer.interpolate(pairs: 3, points: 5, path: path)
    #expect(rows.path == path && rows.samples.shape == [3, 5, 28, 28])
    #expect(rows.samples.values.allSatisfy { (0...1).contains($0) })
    let saved = try await trainer.sample(count: 6)
    func picture(_ set: SampleSet, _ index: Int) -> ArraySlice<Float> { set.values[index * 784..<(index + 1) * 784] }
    for pair in 0..<3 {
      for (point, sample) in [(0, 2 * pair), (4, 2 * pair + 1)] {
        let differences = zip(picture(rows.samples, 5 * pair + point), picture(saved, sample)).map { abs($0 - $1) }
        #expect(try #require(differences.max()) < 1e-5)
      }
      #expect(picture(rows.samples, 5 * pair + 2) != picture(saved, 2 * pair))
    }
    #expect(rows.judge.known == 4000 && rows.judge.examined == 1000 && rows.judge.accuracy > 0.9)
    #expect(try await trainer.interpolate(pairs: 3, points: 5, path: path) == rows)
  }

  @Test("A row is consistent if every picture is of the class of one of its ends")
  func consistency() {
    let rows: [[UInt8]] = [[1, 1, 7, 7], [1, 7, 1, 7], [1, 1, 2, 7], [3, 3, 3, 3], [1, 2, 3, 7]]
    let found = LabelConsistency(of: rows)
    #expect(abs(found.rows - 3.0 / 5) < 1e-12 && abs(found.pictures - 7.0 / 10) < 1e-12)
  }

  @Test("Dealt out, pictures fit their rows as often as chance has it")
  func control() {
    // Twenty rows of their own class each: a picture lands in its own row once in twenty times.
    let rows = (0..<20).map { [UInt8](repeating: $0, count: 12) }
    #expect(LabelConsistency(of: rows).rows == 1)
    let dealt = LabelConsistency.ofDealtOut(rows, seed: 1)
    #expect(dealt.rows == 0 && abs(dealt.pictures - 1.0 / 20) < 0.01)
    let same = [[UInt8]](repeating: [4, 4, 4], count: 6)
    #expect(LabelConsistency.ofDealtOut(same, seed: 1).rows == 1)
  }

  // MARK: Arithmetic

  @Test(
    "Each concept has three samples of its class that have its trait; the result is in the middle of its neighbours")
  func arithmetic() async throws {
    let trainer = try await trained(steps: 20)
    let counts = try #require(try await trainer.classCoverage()).counts
    let label = UInt8(try #require(counts.indices.max { counts[$0] < counts[$1] }))
    let sum = try await trainer.arithmetic([Concept(.thick, label), Concept(.thin, label), Concept(.right, label)])
    #expect(sum.pictures.shape == [3, 7, 28, 28])
    #expect(sum.samples.count == 3 && sum.samples.allSatisfy { $0.count == 3 })
    #expect(sum.samples.joined().allSatisfy { $0.label == label })
    let (thick, thin, right) = (sum.samples[0], sum.samples[1], sum.samples[2])
    #expect(try #require(thick.map(\.thickness).min()) > #require(thin.map(\.thickness).max()))
    let left = try await trainer.arithmetic([Concept(.left, label), Concept(.thin, label), Concept(.thin, label)])
    #expect(try #require(right.map(\.lean).min()) > #require(left.samples[0].map(\.lean).max()))
    #expect(sum.neighbourhood.count == 9 && sum.result == sum.neighbourhood[4])
    // a − b + b is a: the middle of the neighbourhood is the picture of the mean of a.
    func picture(_ sum: LatentArithmetic, _ row: Int, _ column: Int) -> ArraySlice<Float> {
      sum.pictures.values[(7 * row + column) * 784..<(7 * row + column + 1) * 784]
    }
    let differences = zip(picture(left, 0, 3), picture(left, 1, 5)).map { abs($0 - $1) }
    #expect(try #require(differences.max()) < 1e-4)
    #expect(picture(left, 0, 4) != picture(left, 1, 5))
  }

  @Test("What a sum should show is known where two concepts differ in one word")
  func expected() {
    func expected(_ a: Concept, _ b: Concept, _ c: Concept) -> Concept? { LatentArithmetic.expected(of: [a, b, c]) }
    #expect(expected(Concept(.thick, 3), Concept(.thin, 3), Concept(.thin, 8)) == Concept(.thick, 8))
    #expect(expected(Concept(.thick, 3), Concept(.thick, 8), Concept(.thin, 8)) == Concept(.thin, 3))
    #expect(expected(Concept(.thick, 3), Concept(.left, 8), Concept(.thin, 1)) == nil)
  }

  @Test("Where no sample is of the class, or samples are no pictures, that is said")
  func mistakes() async throws {
    let trainer = try await trained()
    await #expect(throws: TrainingError.noSuchSamples(Concept(.thick, 200), found: 0, of: 1024)) {
      try await trainer.arithmetic([Concept(.thick, 200), Concept(.thin, 3), Concept(.thin, 8)])
    }
    let toy = try await trained("toy")
    await #expect(throws: TrainingError.notPictures(experiment: "toy")) {
      try await toy.interpolate(pairs: 1, points: 3, path: .slerp)
    }
    #expect(TrainingError.notPictures(experiment: "toy").description.contains("digits, dcgan"))
  }

  // MARK: While paused

  private func between(_ snapshot: Snapshot) -> BetweenView? {
    guard case .images(let view)? = snapshot.exhibits.first?.content else { return nil }
    return view.between
  }

  @Test("A paused game shows what is between samples; other pairs and paths on demand; a running one does not")
  func paused() async throws {
    let rehearsal = Rehearsal(.test("digits"), before: { $0.send(.pause) })
    let paused = await rehearsal.first { $0.phase == .paused && between($0) != nil }
    let first = try #require(between(paused))
    guard case .images(let view)? = paused.exhibits.first?.content else { return }
    #expect(first.path == .slerp && first.starts == [0, 2, 4] && first.images.count == 3 * first.points * 784)
    for (shown, row, point) in [(0, 0, 0), (1, 0, first.points - 1), (4, 2, 0), (5, 2, first.points - 1)] {
      let place = row * first.points + point
      let differences = zip(view.fake[shown * 784..<(shown + 1) * 784], first.images[place * 784..<(place + 1) * 784])
      #expect(try #require(differences.map { abs($0 - $1) }.max()) < 1e-5)
    }
    rehearsal.trainer.send(.nextPath)
    let straight = try #require(between(await rehearsal.first { between($0)?.path == .lerp }))
    #expect(straight.starts == first.starts && straight.images != first.images)
    #expect(straight.images.prefix(784) == first.images.prefix(784))
    rehearsal.trainer.send(.nextPair)
    _ = await rehearsal.first { between($0)?.starts == [2, 4, 6] }
    // Round and round through the 64 pictures.
    for _ in 1..<31 { rehearsal.trainer.send(.nextPair) }
    _ = await rehearsal.first { between($0)?.starts == [62, 0, 2] }
    rehearsal.trainer.send(.reset)
    let again = await rehearsal.first { $0.phase == .paused && between($0)?.starts == [62, 0, 2] }
    #expect(again.step == 0)
    rehearsal.trainer.send(.resume)
    _ = await rehearsal.first { $0.phase == .running && between($0) == nil }
    await rehearsal.stop()
  }

  @Test("A run that was paused and looked at learns what one that was not learns, to the bit")
  func looking() async throws {
    func samples(_ visit: (Rehearsal) async -> Void, _ first: Command?) async throws -> (SampleSet, Histories) {
      let rehearsal = Rehearsal(.test("digits"), stepLimit: 3, before: { trainer in first.map { trainer.send($0) } })
      await visit(rehearsal)
      let end = await rehearsal.first { $0.phase == .finished }
      let samples = try await rehearsal.trainer.sample(count: 8)
      await rehearsal.stop()
      return (samples, end.history)
    }
    let undisturbed = try await samples({ _ in }, nil)
    let visited = try await samples(
      { rehearsal in
        let trainer = rehearsal.trainer
        _ = await rehearsal.first { $0.phase == .paused }
        for command in [Command.nextPair, .nextPath, .stepHalf, .nextPair, .stepHalf, .nextPath] {
          trainer.send(command)
        }
        _ = await rehearsal.first { $0.step == 1 && between($0)?.path == .slerp && between($0)?.starts.first == 4 }
        trainer.send(.resume)
      }, .pause)
    #expect(visited.0 == undisturbed.0 && visited.1 == undisturbed.1)
  }
}
