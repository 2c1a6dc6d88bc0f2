// `gantui help` and `gantui list experiments --json`: what a newcomer asks first.

import Foundation
import GenerativeModels
import TestSupport
import Testing

@Suite("Help on experiments and topics")
struct HelpTests {
  @Test("Every experiment says its paper, data, settings with ranges, and figures with meanings")
  func experiments() throws {
    for model in Catalogue.all {
      let card = model.card
      let outcome = try Program.run("help", card.name)
      #expect(outcome.status == 0 && outcome.errors.isEmpty)
      #expect(outcome.output.hasPrefix("\(card.name): \(card.title)\n"))
      let words = outcome.output.split { $0.isWhitespace }.joined(separator: " ")
      for part in [card.paper] + card.exhibits.map(\.title) + card.knobs.flatMap({ [$0.meaning, $0.domain] }) {
        #expect(words.contains(part), "\(card.name) does not say “\(part)”")
      }
      for figure in card.figures(.init(card.knobs)) {
        #expect(words.contains("\(figure.key.rawValue) \(figure.label)"), "\(card.name): \(figure.key.rawValue)")
        #expect(figure.meaning.isEmpty || words.contains(figure.meaning))
      }
      #expect(outcome.lines.allSatisfy { $0.count <= 80 }, "\(outcome.output)")
    }
  }

  @Test("list experiments --json is a JSON object a line")
  func json() throws {
    let outcome = try Program.run("list", "experiments", "--json")
    #expect(outcome.status == 0 && outcome.lines.count == Catalogue.all.count)
    struct Line: Decodable {
      struct Knob: Decodable { let key, kind, meaning: String }
      struct Figure: Decodable { let key, label, unit, meaning: String }
      struct Exhibit: Decodable { let key, title: String }
      let name, title, paper, data, samples: String
      let classes: Int?
      let knobs: [Knob]
      let figures: [Figure]
      let exhibits: [Exhibit]
    }
    let lines = try outcome.lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    for (line, model) in zip(lines, Catalogue.all) {
      let card = model.card
      #expect(line.name == card.name && line.paper == card.paper && !line.data.isEmpty)
      #expect(line.knobs.map(\.key) == card.knobs.map(\.key))
      #expect(line.figures.map(\.key) == card.figures(.init(card.knobs)).map(\.key.rawValue))
      #expect(line.exhibits.map(\.key) == card.exhibits.map(\.key))
    }
    #expect(lines.first { $0.name == "cgan" }?.classes == 10)
    #expect(lines.first { $0.name == "dirac" }?.samples == "none")
    #expect(outcome.lines[0].contains(#""choices":["non-saturating","#))
    let others = try Program.run("list", "themes", "--json")
    #expect(others.status == 64 && others.errors.contains("--json lists experiments only"))
  }

  @Test("Commands are explained as before; help alone lists commands, topics and experiments")
  func commands() throws {
    let train = try Program.run("help", "train")
    let same = try Program.run("train", "--help")
    #expect(train.status == 0 && train.output == same.output)
    let nested = try Program.run("help", "runs", "rm")
    #expect(nested.status == 0 && nested.output.contains("gantui runs rm"))
    let all = try Program.run("help")
    #expect(all.status == 0)
    for word in ["SUBCOMMANDS:", "  screenshot ", "\nTOPICS", "\n  models  ", "\n  runs  ", "vae/plane"] {
      #expect(all.output.contains(word), "\(word)")
    }
  }

  @Test("A topic is plain text of 80 columns; a topic of a command's name follows the command's own help")
  func topics() throws {
    let runs = try Program.run("help", "runs").output
    #expect(runs.hasPrefix("OVERVIEW: ") && runs.contains("--prune") && runs.contains("\nRUNS: WHAT IS SAVED"))
    let page = try Program.run("help", "themes")
    #expect(page.status == 0 && page.output.hasPrefix("THEMES AND COLOURS\n\n"))
    #expect(!page.output.contains("`") && page.output.contains("    gantui --theme paper"))
    #expect(page.lines.allSatisfy { $0.count <= 80 })
  }

  @Test("The page on models shows the example as it is compiled")
  func example() throws {
    let page = try Program.run("help", "models").lines
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../GenerativeModelsTests/ExampleModel.swift")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { "    " + $0 }
    let start = try #require(page.firstIndex(of: lines[0]))
    #expect(Array(page[start..<start + lines.count]) == lines)
  }

  @Test(
    "A word that is no topic is an error with a guess",
    arguments: [("cgn", "cgan"), ("trian", "train"), ("themse", "themes")])
  func unknown(word: String, meant: String) throws {
    let outcome = try Program.run("help", word)
    #expect(outcome.status == 64 && outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("Error: there is no command, experiment or topic “\(word)”"))
    #expect(outcome.errors.contains("did you mean “\(meant)”?"))
  }
}
