// The flat buffer as a value, and what in it is no number.

import Autograd
import Testing

@Suite("A store of parameters")
struct ParameterStoreTests {
  private func store() -> (store: ParameterStore, weight: Parameter, range: ParameterRange) {
    var layout = ParameterLayout()
    let weight = layout.add("p.weight", [3, 5])
    _ = layout.add("p.running_mean", [5], isTrained: false)
    let range = layout.makeRange("p", since: 0)
    return (ParameterStore(layout), weight, range)
  }

  @Test("has a name and a shape for all that a training knows")
  func slices() {
    let slices = store().store.layout.slices
    #expect(
      slices.map(\.name) == ["p.weight", "p.running_mean", "first_moment.p.weight", "second_moment.p.weight"])
    #expect(slices.map(\.shape) == [[3, 5], [5], [3, 5], [3, 5]])
    let places = slices.map(\.elements).sorted { $0.lowerBound < $1.lowerBound }
    #expect(zip(places, places.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }, "none overlap")
  }

  @Test("is a value that can be put back")
  func contents() {
    let (store, weight, _) = store()
    store[weight] = (0..<15).map(Float.init)
    let before = store.contents
    store.clear()
    #expect(store[weight] == [Float](repeating: 0, count: 15))
    store.contents = before
    #expect(store[weight] == (0..<15).map(Float.init))
  }

  @Test("names the first of its parts that is no finite number", arguments: [Float.nan, .infinity])
  func broken(value: Float) {
    let (store, _, _) = store()
    #expect(store.firstBrokenSlice == nil)
    for slice in store.layout.slices {
      var contents = store.contents
      contents.values[slice.elements.upperBound - 1] = value
      let broken = ParameterStore(store.layout)
      broken.contents = contents
      #expect(broken.firstBrokenSlice?.name == slice.name)
    }
  }
}
