import TestSupport
import Testing
import Training

@Suite("The course of a figure")
struct FigureHistoryTests {
  @Test("As long as there are few values, each is known exactly, with its step")
  func exact() {
    var history = FigureHistory()
    for index in 0..<FigureHistory.capacity { history.add(Double(index) / 8, at: Double(index) * 7) }
    #expect(history.stretches.map(\.steps) == (0..<FigureHistory.capacity).map { Double($0) * 7...Double($0) * 7 })
    #expect(history.stretches.map(\.values.mean) == (0..<FigureHistory.capacity).map { Double($0) / 8 })
    #expect(history.latest == 255.875)
  }

  @Test("However many values come, stretches stay few, cover all steps in order, and lose no spike, NaN or value")
  func bounded() {
    var random = SplitMix(state: 3)
    var history = FigureHistory()
    var step = 0.0
    let count = 100_000
    for index in 0..<count {
      step += Double.random(in: 1...9, using: &random)
      history.add(index == 500 ? 1000 : index == 70_000 ? .nan : 1, at: step)
    }
    #expect((FigureHistory.capacity / 2...FigureHistory.capacity).contains(history.stretches.count))
    #expect(history.stretches.reduce(0) { $0 + $1.values.steps } == count)
    #expect(history.stretches.map(\.values.maximum).max() == 1000)
    #expect(history.stretches.reduce(0) { $0 + $1.values.broken } == 1)
    #expect(history.stretches.last?.steps.upperBound == step)
    #expect(history.extent == 1...1000)
    for (before, after) in zip(history.stretches, history.stretches.dropFirst()) {
      #expect(before.steps.upperBound < after.steps.lowerBound)
    }
  }

  @Test("A run that goes back overtakes what it did from there on, and its smoothing goes on from there")
  func goingBack() {
    var (history, direct) = (FigureHistory(), FigureHistory())
    for step in 0..<100 { history.add(Double(step % 7), at: Double(step)) }
    for step in 50..<60 { history.add(2, at: Double(step)) }
    for step in 0..<60 { direct.add(step < 50 ? Double(step % 7) : 2, at: Double(step)) }
    #expect(history.stretches.map(\.steps) == direct.stretches.map(\.steps))
    #expect(history.stretches.map(\.values.mean) == direct.stretches.map(\.values.mean))
    for index in 0..<4 {
      let (resumed, whole) = (history.stretches[59].values.smoothed[index], direct.stretches[59].values.smoothed[index])
      #expect(abs(resumed - whole) < 1e-4)
    }
    history.add(9, at: -1)
    #expect(history.stretches.map(\.values.mean) == [9])
  }

  @Test("Several values of one step are one stretch")
  func sameStep() {
    var history = FigureHistory()
    for value in [1.0, 2, 6] { history.add(value, at: 5) }
    #expect(history.stretches.count == 1)
    #expect(history.stretches[0].values.mean == 3)
  }
}
