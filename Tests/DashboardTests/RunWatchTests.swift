import Dashboard
import Figures
import Glibc
import RunFiles
import TestSupport
import Testing
import Training

@Suite("Runs that are watched")
struct RunWatchTests {
  private let folder = Folder()

  private func events(_ tag: String, _ values: [(Int64, Double)]) -> [UInt8] {
    values.flatMap { step, value in
      EventRecord.framed(TensorBoardEvent(wallTime: 0, step: step, values: [.init(tag, .number(value))]).encoded)
    }
  }

  private func lines(_ text: String) -> [UInt8] { Array((text + "\n").utf8) }

  private func read(_ watch: inout RunWatch) -> [WatchedRun] {
    watch.readAll()
    return watch.runs
  }

  private func course(_ run: WatchedRun?, _ tag: String) -> [Double]? {
    run?.figures[tag]?.stretches.map(\.values.mean)
  }

  @Test("Every folder with event files or lines of JSON is a run, and what appears later is found")
  func finding() {
    var watch = RunWatch(paths: [folder.path])
    #expect(read(&watch).isEmpty)
    folder.makeFolder("a")
    folder.makeFolder("a/train")
    folder.write("a/train/events.out.tfevents.1.host", events("loss", [(1, 0.5), (2, 0.25)]))
    folder.write("a/notes.txt", lines(#"{"step":1,"loss":9}"#))
    #expect(read(&watch).map(\.name) == ["a/train"])
    folder.write("log.ndjson", lines(#"{"step":1,"loss":1}"#))
    let runs = read(&watch)
    #expect(runs.map(\.name) == ["a/train", folder.path.split(separator: "/").last.map(String.init)])
    #expect(course(runs[0], "loss") == [0.5, 0.25])
    #expect(course(runs[1], "loss") == [1])
  }

  @Test("A folder is found once, however many links lead to it or round in circles")
  func circles() {
    for name in ["b", "b/c"] { folder.makeFolder(name) }
    folder.write("b/c/log.ndjson", lines(#"{"step":1,"loss":1}"#))
    for (link, place) in [("b/c/up", "../.."), ("a", "b"), ("b/again", "c"), ("z", "b/c")] {
      symlink(place, "\(folder.path)/\(link)")
    }
    var watch = RunWatch(paths: [folder.path])
    #expect(read(&watch).map(\.name) == ["b/c"])
  }

  @Test("A file that grows is read on, and one that was cut off or replaced is read again")
  func following() {
    folder.write("log.ndjson", lines(#"{"step":1,"loss":1}"#))
    var watch = RunWatch(paths: [folder.path + "/log.ndjson"])
    #expect(course(read(&watch).first, "loss") == [1])
    folder.append("log.ndjson", Array(#"{"step":2,"lo"#.utf8))
    #expect(course(read(&watch).first, "loss") == [1], "half a line is none yet")
    folder.append("log.ndjson", lines(#"ss":2}"#))
    #expect(course(read(&watch).first, "loss") == [1, 2])
    folder.write("log.ndjson", lines(#"{"step":1,"loss":7}"#))
    #expect(course(read(&watch).first, "loss") == [7])
  }

  @Test("A run that was taken up again is one course, however its steps overlap")
  func resumed() {
    folder.write("events.out.tfevents.1.host", events("loss", [(1, 1), (2, 2), (3, 3), (4, 4)]))
    folder.write("events.out.tfevents.2.host", events("loss", [(3, 30), (4, 40)]))
    var watch = RunWatch(paths: [folder.path])
    #expect(course(read(&watch).first, "loss") == [1, 2, 30, 40])
    folder.write("events.out.tfevents.3.host", events("loss", [(2, 20), (3, 300)]))
    let run = read(&watch).first
    #expect(course(run, "loss") == [1, 20, 300] && run?.step == 3, "it stands where its latest course does")
  }

  @Test("Garbage among lines is left out and counted; NaN as Python writes it is a finding")
  func garbage() {
    folder.write(
      "log.jsonl",
      lines(#"{"step":1,"loss":1}"#) + lines("Traceback (most recent call last):") + lines("[1, 2]")
        + lines(#"{"step":2,"loss":NaN}"#) + lines("") + lines(#"{"step":3,"loss":3,"note":"x","ok":true}"#))
    var watch = RunWatch(paths: [folder.path])
    let run = read(&watch).first
    #expect(run?.damages == 2)
    #expect(run?.figures.keys.sorted() == ["loss"])
    #expect(course(run, "loss")?.map { $0.isNaN } == [false, true, false])
  }

  @Test("Steps are called by several names, and lines without any are counted")
  func steps() {
    folder.write(
      "a.ndjson", lines(#"{"global_step":10,"epoch":1,"x":1}"#) + lines(#"{"iteration":11,"x":2}"#))
    folder.write("b.ndjson", lines(#"{"y":1}"#) + lines(#"{"y":2}"#))
    var watch = RunWatch(paths: [folder.path + "/a.ndjson", folder.path + "/b.ndjson"])
    let runs = read(&watch)
    #expect(runs.map(\.name) == ["a.ndjson", "b.ndjson"])
    #expect(runs[0].figures["x"]?.stretches.map(\.steps) == [10...10, 11...11])
    #expect(runs[0].figures["epoch"] != nil, "beside a step, an epoch is a figure")
    #expect(runs[1].figures["y"]?.stretches.map(\.steps) == [1...1, 2...2])
  }

  @Test("The latest picture of a tag is shown, in grey; one that is broken costs nothing but itself")
  func pictures() {
    let picture = Picture(width: 2, height: 1, channels: .rgb, pixels: [255, 0, 0, 255, 255, 255])
    let events = [(1, Observation.Content.picture(picture)), (2, .encodedPicture([1, 2, 3]))].flatMap { step, content in
      EventRecord.framed(TensorBoardEvent(wallTime: 0, step: step, values: [.init("samples", content)]).encoded)
    }
    folder.write("events.out.tfevents.1", Array(events.prefix(events.count - 40)))
    var watch = RunWatch(paths: [folder.path])
    let grey = Picture(width: 2, height: 1, channels: .grey, pixels: [76, 255])
    #expect(read(&watch).first?.samples["samples"]?.content == .picture(grey))
    folder.append("events.out.tfevents.1", Array(events.suffix(40)))
    let run = read(&watch).first
    #expect(run?.samples["samples"]?.step == 1)
    #expect(run?.damages == 1)
  }

  @Test("Of a run of gantui the journal's figures are shown once, and its samples as the live view shows them")
  func ownRun() throws {
    let view = Exhibit(
      "samples", title: "samples", .images(ImagesView(width: 1, height: 2, fake: [0, 1, 0.2, 0], real: [1, 1])))
    folder.write("config.toml", lines("seed = 1"))
    folder.write(
      "metrics.ndjson",
      lines(#"{"event":"start","experiment":"digits","seed":1}"#)
        + lines(#"{"event":"metrics","step":10,"d_loss":0.5,"seconds":2,"since":0}"#)
        + lines(#"{"event":"pause","step":10}"#))
    folder.write("events.out.tfevents.1", events("d_loss", [(10, 0.5)]))
    folder.write("samples.ndjson", Array(((view.fixedLine?.text ?? "") + view.line(step: 10).text).utf8))
    var watch = RunWatch(paths: [folder.path])
    let run = try #require(read(&watch).first)
    #expect(run.figures.mapValues { $0.stretches.map(\.values.count) } == ["d_loss": [1]])
    #expect(run.samples["samples"]?.step == 10)
    #expect(run.samples["samples"]?.content == .view(view.content))
    folder.append("samples.ndjson", Array(view.line(step: 20).text.utf8))
    #expect(read(&watch).first?.samples["samples"]?.step == 20)
  }
}
