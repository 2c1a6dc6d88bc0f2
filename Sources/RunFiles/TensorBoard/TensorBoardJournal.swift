// A run's event file, which TensorBoard shows beside others: written event by event, as a journal is line by line.

import Glibc

package struct TensorBoardJournal: Sendable {
  private var journal: Journal

  /// Makes a file in a folder, named as TensorBoard wants it: after the time, the machine and the process.
  package init(in folder: String, at start: Moment) throws(RunFileError) {
    var host = [CChar](repeating: 0, count: 256)
    gethostname(&host, host.count - 1)
    let name = String(decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    try RunFolder(path: folder).make()
    journal = Journal(
      try JournalFileOnDisk(path: "\(folder)/events.out.tfevents.\(start.seconds).\(name).\(getpid()).0"))
    if case .failed(let error) = append(TensorBoardEvent(wallTime: Double(start.seconds), version: "brain.Event:2")) {
      throw error
    }
  }

  /// Adds what there is to show of a step.
  package mutating func add(_ values: [TensorBoardEvent.Value], step: Int, at now: Moment) -> Journal.Outcome {
    append(TensorBoardEvent(wallTime: Double(now.seconds), step: Int64(step), values: values))
  }

  private mutating func append(_ event: TensorBoardEvent) -> Journal.Outcome {
    journal.append(EventRecord.framed(event.encoded), at: event.wallTime)
  }
}
