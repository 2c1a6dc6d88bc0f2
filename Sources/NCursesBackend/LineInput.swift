// The events of a program that prints lines instead of drawing: signals, wakes, and what is typed and sent off with
// Enter. The terminal, if there is one, keeps its modes: it shows what is typed, and Ctrl-C and Ctrl-Z are its affair.

import CNCurses
import Glibc
import TerminalUI

package final class LineInput: EventSource {
  package let waker: @Sendable () -> Void
  /// Whether somebody can type.
  package let isInteractive: Bool
  /// Whether lines may have characters beyond 7 bits.
  package let isUTF8: Bool

  /// −1 once there is nothing more to come.
  private var input: Int32
  private let wakes: Waker
  private let signals: AttentionPipe
  private var decoder = KeyDecoder()
  private var pending: [Event] = []

  /// - Parameter input: only read if it is a terminal; what else may be there is not meant for this program.
  package init(
    input: Int32 = STDIN_FILENO, environment: [String: String] = NCursesTerminal.processEnvironment
  ) throws(BackendError) {
    isUTF8 = NCursesTerminal.useLocale(of: environment)
    isInteractive = isatty(input) == 1
    self.input = isInteractive ? input : -1
    let wakes = try Waker()
    self.wakes = wakes
    waker = { wakes.wake() }
    signals = try AttentionPipe()
    guard_forward_signals(signals.writeEnd)
  }

  deinit { guard_stop_forwarding() }

  package func waitForEvents(until deadline: ContinuousClock.Instant?) -> [Event] {
    while pending.isEmpty {
      let milliseconds = deadline.millisecondsLeft
      collect(waiting: milliseconds)
      if pending.isEmpty && milliseconds == 0 { return [.timeout] }
    }
    defer { pending = [] }
    return pending
  }

  private func collect(waiting milliseconds: Int32) {
    var waiting = [
      pollfd(fd: signals.readEnd, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wakes.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: input, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&waiting, nfds_t(waiting.count), milliseconds) > 0 else { return }
    if waiting[0].revents != 0 { collectSignals() }
    if waiting[1].revents != 0 {
      wakes.reset()
      pending.append(.wake)
    }
    if waiting[2].revents != 0 { collectLine() }
  }

  private func collectSignals() {
    for signal in Set(signals.drain().map(Int32.init)).sorted() {
      switch signal {
      case SIGTERM, SIGHUP, SIGINT, SIGQUIT: pending.append(.terminate(signal: signal))
      case SIGTSTP: guard_stop_process()
      default: break
      }
    }
  }

  private func collectLine() {
    let bytes = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
      count = max(0, read(input, buffer.baseAddress, buffer.count))
    }
    guard !bytes.isEmpty else {
      // Ctrl-D, or the terminal is gone.
      input = -1
      pending.append(.hangUp)
      return
    }
    let inputs = String(decoding: bytes, as: UTF8.self).unicodeScalars.map { Input.scalar($0.value) }
    pending += decoder.events(in: inputs).filter { $0 != .key(.enter) }
  }
}
