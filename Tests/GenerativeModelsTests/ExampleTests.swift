// `gantui help models` tells newcomers how to add a model. What it prints is compiled and trained here.

import Figures
import Foundation
import GenerativeModels
import Testing

@Suite("The manual's example of a model")
struct ExampleTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  private static let sources = folder.appending(path: "../../Sources").standardized

  private static func text(_ url: URL) throws -> String { try String(contentsOf: url, encoding: .utf8) }

  /// The blocks of Swift in the page, in order.
  private static func blocks() throws -> [String] {
    try text(sources.appending(path: "gantui/Help/models.md")).components(separatedBy: "```swift\n").dropFirst().map {
      String($0.prefix(upTo: $0.range(of: "```")?.lowerBound ?? $0.endIndex))
    }
  }

  @Test("The page's model is this file, and its loss is a file of the program")
  func page() throws {
    let blocks = try Self.blocks()
    try #require(blocks.count == 2)
    let model = try Self.text(Self.folder.appending(path: "ExampleModel.swift"))
    let loss = try Self.text(Self.sources.appending(path: "GenerativeModels/Losses/HingeLoss.swift"))
    #expect(blocks[0] == model)
    #expect(blocks[1] == loss)
  }

  @Test("It learns: after 2,000 steps points lie several times as close to the spiral as before")
  func learns() throws {
    let model = SpiralGAN()
    let game = Game(model, seed: 1)
    let batches = Batches(.plane(.spiral), model.card.draws, batchSize: game.settings.batchSize, seed: 1)
    let gallery = Gallery(.plane(.spiral), seed: 1)
    func look() -> Look {
      var look = Look(at: game, in: gallery, seed: 1)
      model.look(&look)
      return look
    }
    let before = try #require(look().readings["distance"])
    for _ in 0..<2000 { game.finishStep(batches) }
    let after = look()
    #expect(try #require(after.readings["distance"]) < before / 3, "\(before) before, \(after.readings) after")
    #expect(after.readings["d_loss"] != nil && after.readings["g_loss"] != nil)
    #expect(after.exhibits.map(\.key) == ["samples"])
  }
}
