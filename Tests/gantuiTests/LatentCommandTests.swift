// `interpolate` and `arithmetic`, from the command line to the file.

import TestSupport
import Testing

@Suite("Walks through the space of z as files")
struct LatentCommandTests {
  @Test("interpolate writes a row for each pair and says how consistent they are; the same seed gives the same bytes")
  func interpolate() throws {
    let folder = Folder()
    func run(_ name: String, _ more: String...) throws -> Outcome {
      let arguments = ["interpolate", "digits", "--steps", "2", "--threads", "1", "--pairs", "3", "--points", "4"]
      return try Running(
        Program.path, arguments + more + ["--output", "\(folder.path)/\(name)"], environment: Program.environment
      ).finish()
    }
    let outcome = try run("a.npy")
    #expect(outcome.status == 0 && outcome.errors.isEmpty && outcome.lines.count == 3)
    #expect(outcome.lines[0].hasPrefix("slerp: in ") && outcome.lines[0].contains(" of 3 rows"))
    #expect(outcome.lines[1].contains("by chance") && outcome.lines[2].contains("of 1000 held-out ones"))
    let file = try #require(NumPyFile(folder.read("a.npy")))
    #expect(file.shape == [3, 4, 28, 28] && file.values.allSatisfy { (0...1).contains($0) })

    #expect(try run("b.npy").output == outcome.output)
    #expect(folder.read("b.npy") == folder.read("a.npy"))
    #expect(try run("c.npy", "--path", "lerp").output.hasPrefix("lerp: in "))
    let lerp = try #require(NumPyFile(folder.read("c.npy")))
    #expect(lerp.values[..<784] == file.values[..<784] && lerp.values[784..<1568] != file.values[784..<1568])

    #expect(try run("d.png").status == 0)
    // 4 × 64 + 8 by 3 × 64 + 8 pixels, big-endian.
    #expect(Array(folder.read("d.png")[16..<24]) == [0, 0, 1, 8, 0, 0, 0, 200])
  }

  @Test("arithmetic writes three rows of seven, and names what it took, found and expected")
  func arithmetic() throws {
    let folder = Folder()
    // After one step everything that G makes is judged to be of a class or two, so that the class has to be asked for.
    func run(_ output: String, class label: Int) throws -> Outcome {
      try Program.run(
        "arithmetic", "digits", "--steps", "1", "--threads", "1", "--concepts", "thick \(label)", "thin \(label)",
        "thin \(label)", "--output", "\(folder.path)/\(output)")
    }
    let label = try #require(try (0..<10).first { try run("a.npy", class: $0).status == 0 })
    let outcome = try run("a.npy", class: label)
    #expect(outcome.errors.isEmpty && outcome.lines.count == 6)
    #expect(
      outcome.lines[0].hasPrefix("thick \(label)") && outcome.lines[0].contains("; its samples \(label) \(label)"))
    #expect(outcome.lines[3].hasPrefix("thick \(label) − thin \(label) + thin \(label)  judged "))
    #expect(outcome.lines[4] == "expected: thick \(label)")
    let file = try #require(NumPyFile(folder.read("a.npy")))
    #expect(file.shape == [3, 7, 28, 28] && file.values.allSatisfy { (0...1).contains($0) })
    #expect(try run("b.png", class: label).output == outcome.output)
    // 7 × 64 + 8, and two gaps of 8, by 3 × 64 + 8 pixels.
    #expect(Array(folder.read("b.png")[16..<24]) == [0, 0, 1, 216, 0, 0, 0, 200])
  }

  @Test("A concept that no sample shows ends with 66 and says what was found, and nothing is written")
  func noSuchSample() throws {
    let folder = Folder()
    let outcome = try Program.run(
      "arithmetic", "digits", "--steps", "1", "--concepts", "thick 77", "thin 3", "thin 8", "--output",
      "\(folder.path)/x.npy")
    #expect(outcome.status == 66 && outcome.output.isEmpty && folder.names.isEmpty)
    #expect(
      outcome.errors == """
        Error: there is no “thick 77”: of 1024 generated samples 0 are judged to be of class 77, and 3 are needed; \
        train for more steps, or name another class

        """)
  }

  @Test("sample asks a conditioned model for one class, or for all in turn: the same z, another class")
  func classes() throws {
    let folder = Folder()
    func run(_ name: String, _ more: String...) throws {
      let arguments = ["sample", "cgan", "--steps", "1", "--threads", "1", "--set", "batch=4", "--output"]
      let outcome = try Running(
        Program.path, arguments + ["\(folder.path)/\(name)"] + more, environment: Program.environment
      ).finish()
      #expect(outcome.status == 0 && outcome.errors.isEmpty && outcome.output.isEmpty)
    }
    func pictures(_ name: String) throws -> [ArraySlice<Float>] {
      let file = try #require(NumPyFile(folder.read(name)))
      #expect(file.shape == [20, 28, 28] && file.values.allSatisfy { (0...1).contains($0) })
      return (0..<20).map { file.values[$0 * 784..<($0 + 1) * 784] }
    }
    try run("all.npy", "--count", "20", "--class", "all")
    try run("three.npy", "--count", "20", "--class", "3")
    let (all, three) = (try pictures("all.npy"), try pictures("three.npy"))
    for place in 0..<20 { #expect((all[place] == three[place]) == (place % 10 == 3), "\(place)") }
    try run("default.npy", "--count", "20")
    #expect(folder.read("default.npy") == folder.read("all.npy"))
    // 25 of ten classes: 10 × 64 + 8 by 3 × 64 + 8 pixels, big-endian; of one class in a square.
    try run("all.png", "--count", "25", "--class", "all")
    #expect(Array(folder.read("all.png")[16..<24]) == [0, 0, 2, 136, 0, 0, 0, 200])
    try run("three.png", "--count", "25", "--class", "3")
    #expect(Array(folder.read("three.png")[16..<24]) == [0, 0, 1, 72, 0, 0, 1, 72])
  }
}
