// What TensorBoard gets of a run, against the run's journal.

import Figures
import RunFiles
import TestSupport
import Testing
import Training

@Suite("A run's event file")
struct EventFileTests {
  private let folder = Folder()

  private func moment(step: Int) -> Snapshot {
    var summary = ExperimentSummary(name: "digits", title: "", data: "", loss: "", updates: "", seed: 7)
    summary.figures = OldFigures.all
    var snapshot = Snapshot(experiment: summary)
    snapshot.phase = .running
    snapshot.step = step
    snapshot.seconds = Double(step)
    snapshot.stepsPerSecond = 12.5
    snapshot.readings["d_loss"] = 1 / Double(step + 1)
    snapshot.readings["g_loss"] = Double(step) / 8
    snapshot.readings["modes_covered"] = Double(step)
    snapshot.samples = .images(ImagesView(width: 1, height: 1, fake: [Float(step) / 4, 1], real: [0]))
    return snapshot
  }

  @Test(
    "has the figures of the journal at the same steps, and the samples in a grid, in the folder that was chosen",
    arguments: [EventFilePlace?.none, .runFolder, .folder(in: "board")])
  func contents(place: EventFilePlace?) throws {
    var place = place
    if case .folder = place { place = .folder(in: folder.path + "/board") }
    let recorder = RunRecorder(
      .test("digits"), options: TrainingOptions(seed: 7), place: .new(in: folder.path + "/runs"), events: place,
      now: { Moment(seconds: 1_795_000_000) })
    for step in 0...3 { recorder.saw(moment(step: step)) }
    recorder.close(runPatience: 0, diskPatience: 300)

    let run = try RunFolder.find("last", in: folder.path + "/runs")
    let board = place == .runFolder ? run.path : "\(folder.path)/board/\(run.name)"
    let names = Folder.names(in: board).filter { $0.hasPrefix("events.out.tfevents.1795000000.") }
    guard place != nil else {
      #expect(names.isEmpty && !Folder.names(in: run.path).contains { $0.contains("tfevents") })
      return
    }
    #expect(names.count == 1)
    var reader = EventRecordReader()
    let records = reader.records(in: Folder.bytes(at: "\(board)/\(names.first ?? "")"))
    let events = try records.map { try #require(TensorBoardEvent($0)) }
    #expect(events.first?.version == "brain.Event:2" && reader.damages == 0)

    let lines = try Folder.text(at: run.metrics).split(separator: "\n").map { try #require(JSONObject(Array($0.utf8))) }
    for line in lines where line.text("event") == "metrics" {
      let step = try #require(line.count("step"))
      let values = events.filter { $0.step == step }.flatMap(\.values)
      for tag in ["d_loss", "g_loss", "modes_covered", "steps_per_second"] {
        let found = values.filter { $0.tag == tag }
        guard case .number(let number)? = found.first?.content else {
          Issue.record("no \(tag) at step \(step)")
          continue
        }
        #expect(found.count == 1 && Float(number) == line.number(tag).map { Float($0) }, "\(tag) at step \(step)")
      }
      guard case .encodedPicture(let file)? = values.first(where: { $0.tag == "samples" })?.content else {
        Issue.record("no samples at step \(step)")
        continue
      }
      #expect(try PNG.decode(file) == Picture.grid([Float(step) / 4, 1], width: 1, height: 1))
    }
  }
}
