// The loop's part in recordings: the file is opened and closed here, and every frame passes by.

import TerminalUI

extension Dashboard {
  /// Records from the next frame on, into a file that is there already. For before `run`.
  package mutating func record(into file: any Appending) {
    recording = Recording(into: file, as: Cast(options.casts, title: state.title), from: now())
    say(Notice("recording: \(file.path)"))
    state.isRecording = true
    note(.recording(path: file.path))
  }

  mutating func startRecording() {
    let name = state.fileName ?? "gantui"
    do {
      record(into: try files.create(name, ending: "cast"))
    } catch {
      say(Notice("no recording: \(error)", isError: true))
    }
  }

  mutating func stopRecording() {
    guard var recording else { return }
    do {
      try recording.end(at: now())
      endRecording(saying: Notice("recorded: \(recording.path)"))
    } catch {
      endRecording(saying: Notice("the recording is not whole: \(error)", isError: true))
    }
  }

  mutating func record(_ frame: Frame) {
    let time = now()
    do {
      try recording?.add(frame, at: time)
    } catch {
      endRecording(saying: Notice("the recording has ended: \(error)", isError: true))
    }
  }

  private mutating func endRecording(saying notice: Notice) {
    if let path = recording?.path { note(.recordingEnded(path: path)) }
    recording = nil
    state.isRecording = false
    say(notice)
  }
}
