// Waiting: for keys, signals, wakes and the clock at once. Nothing here blocks but `poll`, and nothing here asks the
// terminal a question.

import CNCurses
import Glibc
import TerminalUI

extension NCursesTerminal {
  package func waitForEvents(until deadline: ContinuousClock.Instant?) -> [Event] {
    // Not everything that ends a wait is an event: an unknown key, a signal that changes nothing.
    while pending.isEmpty {
      let milliseconds = deadline.millisecondsLeft
      collect(waiting: milliseconds)
      if pending.isEmpty && milliseconds == 0 { return [.timeout] }
    }
    defer { pending = [] }
    return pending
  }

  /// Waits at most so many milliseconds, for ever if −1, and appends what has happened to `pending`.
  private func collect(waiting milliseconds: Int32) {
    // A terminal that is gone would be ready at once, for ever.
    var waiting = [
      pollfd(fd: signals.readEnd, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wakes.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: isGone ? -1 : input, events: Int16(POLLIN), revents: 0),
    ]
    // Interrupted by a signal is fine: its byte is in the pipe, and the caller comes again.
    let count = poll(&waiting, nfds_t(waiting.count), milliseconds)
    let lines = printed.next()
    if !lines.isEmpty { pending.append(.printed(lines)) }
    guard count > 0 else { return }
    if waiting[0].revents != 0 { collectSignals() }
    if waiting[1].revents != 0 {
      wakes.reset()
      pending.append(.wake)
    }
    if waiting[2].revents != 0 { collectKeys() }
  }

  private func collectKeys() {
    // Ready without a byte to read is the end of the input.
    guard bytesToRead > 0, isInForeground else { return loseTerminal() }
    let now = ContinuousClock.now
    // Of a paste whose end got lost the rest is not waited for for ever.
    if decoder.isPasting, now - lastInput > Self.pasteBreak { decoder = KeyDecoder() }
    lastInput = now
    var inputs: [Input] = []
    var character = wint_t()
    while inputs.count < Self.mostInputs {
      let result = wget_wch(keyboard, &character)
      if result == ERR { break }
      inputs.append(result == KEY_CODE_YES ? .code(Int32(bitPattern: character)) : .scalar(character))
    }
    pending += gate.pass(decoder.events(in: inputs), at: now)
  }

  /// Characters that are read at once: more would keep the loop from drawing.
  private static let mostInputs = 4096
  /// The longest silence within a paste.
  private static let pasteBreak = Duration.seconds(2)

  private var bytesToRead: Int32 {
    var count: Int32 = 0
    return ioctl(input, UInt(FIONREAD), &count) == 0 ? count : 0
  }

  /// The terminal is gone; said once, for there is nothing left to wait for.
  func loseTerminal() {
    guard !isGone else { return }
    isGone = true
    pending.append(.hangUp)
  }

  /// Turns the signals that have come into events.
  func collectSignals() {
    let numbers = Set(signals.drain().map(Int32.init))
    for signal in numbers.sorted() {
      switch signal {
      case SIGTERM, SIGHUP, SIGINT, SIGQUIT: pending.append(.terminate(signal: signal))
      case SIGWINCH: if adoptSize() { pending.append(.resize(size)) }
      default: break
      }
    }
    if pending.contains(where: \.isTermination) { return }
    if numbers.contains(SIGTSTP) {
      suspend()
    } else if numbers.contains(SIGCONT) {
      takeAgain()
    }
  }
}
