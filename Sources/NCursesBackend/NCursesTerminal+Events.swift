// Waiting: for keys, signals, wakes and the clock at once. Nothing here blocks but `poll`, and nothing here waits for the
// terminal's answer to a question, but for a moment at the very end.

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
      // Nothing to collect: what was printed is looked for in any case.
      pollfd(fd: guard_capture_watch(), events: Int16(POLLIN), revents: 0),
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
    let isInBulk = decoder.isPasting || gate.isClosed(at: now)
    let events = isInBulk ? decoder.events(in: readBytes()) : readKeys()
    for case .ground(let ground) in events {
      capabilities.ground = ground
      askedAt = nil
    }
    pending += gate.pass(events, at: now)
  }

  /// Whoever gets the terminal next would take an answer that is still on its way for something typed. It is waited for if
  /// the question is so fresh that there may be one.
  func swallowReply() {
    guard let asked = askedAt, .now - asked < Self.freshness, isInForeground, !isGone else { return }
    askedAt = nil
    let end = ContinuousClock.now + Self.replyPatience
    while true {
      var waiting = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, Optional(end).millisecondsLeft) == 1, bytesToRead > 0 else { return }
      if decoder.events(in: readBytes()).contains(where: { if case .ground = $0 { true } else { false } }) { return }
    }
  }

  /// Terminals answer within milliseconds, those behind a slow network within this.
  private static let freshness = Duration.seconds(1)
  private static let replyPatience = Duration.milliseconds(150)

  /// What ncurses makes of the input; it takes several system calls a character.
  private func readKeys() -> [Event] {
    var events: [Event] = []
    var character = wint_t()
    for _ in 0..<Self.mostInputs where !decoder.isPasting {
      let result = wget_wch(keyboard, &character)
      if result == ERR { break }
      events += decoder.events(for: result == KEY_CODE_YES ? .code(Int32(bitPattern: character)) : .scalar(character))
    }
    return events + decoder.flush()
  }

  /// What was pasted, or typed by no hand, without a detour: it is searched for its end, not understood.
  private func readBytes() -> [Input] {
    let bytes = [UInt8](unsafeUninitializedCapacity: Self.mostBytes) { buffer, count in
      count = max(0, read(input, buffer.baseAddress, buffer.count))
    }
    return bytes.map { .scalar(UInt32($0)) }
  }

  /// Characters that are read at once: more would keep the loop from drawing.
  private static let mostInputs = 256
  private static let mostBytes = 65_536
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
      case SIGWINCH:
        adoptSize()
        // Of several changes only the last is seen: that it is back at the old size does not mean that nothing is lost.
        invalidate()
        pending.append(.resize(size))
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
