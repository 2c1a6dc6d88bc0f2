// The terminal: taken in `init`, given back in `close`, and in between lent to the shell by `suspend`. The only code
// of the program that touches a terminal is in this module.
//
// Order matters throughout: signals are forwarded before `newterm`, so that ncurses sees that they are taken and
// leaves them alone; the guard against crashes is armed after it, when there is something to give back.

import CNCurses
import Glibc
import TerminalUI

/// A terminal drawn with ncurses. One thread owns it, and a process can have one at a time.
package final class NCursesTerminal: TerminalDevice {
  package private(set) var size: Size
  package internal(set) var capabilities: Capabilities
  package let waker: @Sendable () -> Void

  /// How many bytes frames have cost so far; what a session's start and end cost is not in it.
  package var bytesWritten: Int { output.bytesWritten }

  /// The terminal's descriptor that the process got for reading keys.
  let input: Int32
  var output: FrameOutput
  let wakes: Waker
  let signals: AttentionPipe

  /// Its size when the terminal does not know: that of the terminal database.
  private let databaseSize: Size
  let description: TerminalDescription
  private let originalModes: termios
  private let streams: (input: UnsafeMutablePointer<FILE>, output: UnsafeMutablePointer<FILE>)
  private let screen: OpaquePointer
  /// Where keys are read from. A pad, because reading from any other window may draw it.
  let keyboard: UnsafeMutablePointer<WINDOW>

  /// What the terminal shows; `nil` when that is not known.
  var shown: Frame?
  var pairs: PairTable
  var decoder = KeyDecoder()
  var gate = FloodGate()
  /// When the terminal was asked for its background; `nil` if it was not, or has answered.
  var askedAt: ContinuousClock.Instant?
  var lastInput = ContinuousClock.now
  var printed = PrintedLines()
  /// Events that came up outside `waitForEvents`.
  var pending: [Event] = []
  var isGone = false
  /// False while the terminal is lent to the shell, and after `close`.
  private(set) var isTaken = false
  private var isClosed = false

  /// Takes the terminal.
  ///
  /// - Parameters:
  ///   - options: what the person asked for.
  ///   - environment: of the process; `processEnvironment` has the variables that matter.
  ///   - input: descriptor of the terminal that keys come from.
  ///   - output: descriptor of the terminal that is drawn on.
  package init(
    options: TerminalOptions = TerminalOptions(), environment: [String: String] = NCursesTerminal.processEnvironment,
    input: Int32 = STDIN_FILENO, output terminal: Int32 = STDOUT_FILENO
  ) throws(BackendError) {
    guard isatty(input) == 1 else { throw .notATerminal(stream: "input") }
    guard isatty(terminal) == 1 else { throw .notATerminal(stream: "output") }
    let isUTF8 = Self.useLocale(of: environment)
    description = try TerminalDescription(wanted: environment["TERM"], terminal: terminal)
    capabilities = Capabilities.detected(
      environment: environment, terminfoColours: description.colours, isUTF8: isUTF8, options: options)
    if capabilities.isUTF8, !isUTF8 { _ = cn_use_locale(Self.plainUTF8) }

    var modes = termios()
    guard tcgetattr(terminal, &modes) == 0 else { throw .lastFailure(of: "tcgetattr") }
    originalModes = modes
    self.input = input
    let wakes = try Waker()
    self.wakes = wakes
    waker = { wakes.wake() }
    signals = try AttentionPipe()
    output = try FrameOutput(
      output: terminal, interrupt: signals.readEnd,
      isSynchronised: capabilities.synchronisesOutput && description.isANSI)
    guard let reading = fdopen(fcntl(input, F_DUPFD_CLOEXEC, 3), "r"), let writing = fdopen(output.curses, "w") else {
      throw .lastFailure(of: "fdopen")
    }
    streams = (reading, writing)

    guard_forward_signals(signals.writeEnd)
    let isNative = capabilities.colours.isNative(toEntryWith: description.colours)
    let entry = isNative ? nil : CompiledEntry.withDirectColours(name: description.name, terminal: terminal)
    let isDrawable = Self.isDrawable(Self.windowSize(of: terminal))
    guard let screen = Self.newScreen(description.name, entry: entry, streams: streams, asksForSize: isDrawable) else {
      guard_stop_forwarding()
      fclose(reading)
      fclose(writing)
      throw .system(call: "newterm", reason: "terminal type \(description.name) was refused")
    }
    self.screen = screen
    if capabilities.colours > .monochrome {
      start_color()
      use_default_colors()
    }
    keyboard = newpad(1, 1)
    databaseSize = Size(width: Int(getmaxx(cn_screen_window())), height: Int(getmaxy(cn_screen_window())))
    size = databaseSize
    pairs = PairTable(capacity: capabilities.colours == .monochrome ? 0 : Int(cn_pair_count()) - 1)
    setModes()
    take()
    adoptSize()
    if capabilities.answersQuestions(terminal: description.name, terminfoColours: description.colours) {
      output.trySend(groundQuestion)
      askedAt = .now
    }
  }

  deinit { close() }

  /// Lets this thread run out of stack without leaving the terminal broken, as its owner's thread may.
  package static func guardThisThread() { guard_this_thread() }

  private static func newScreen(
    _ name: String, entry: CompiledEntry?,
    streams: (input: UnsafeMutablePointer<FILE>, output: UnsafeMutablePointer<FILE>), asksForSize: Bool
  ) -> OpaquePointer? {
    // The size is the terminal's to tell, not that of exported LINES and COLUMNS, which defeat resizing.
    use_env(false)
    use_tioctl(asksForSize)
    let database = getenv("TERMINFO").map { String(cString: $0) }
    if let entry { setenv("TERMINFO", entry.environmentValue, 1) }
    defer { if let database { setenv("TERMINFO", database, 1) } else { unsetenv("TERMINFO") } }
    return newterm(name, streams.output, streams.input)
  }

  private func setModes() {
    // Every key arrives as itself, Ctrl-C, Ctrl-Z and Ctrl-S included, and Enter is not Ctrl-J.
    raw()
    noecho()
    nonl()
    // A frame is drawn to its end even if a key is pressed meanwhile.
    typeahead(-1)
    // Milliseconds that Escape waits for the rest of a sequence; ncurses' own 1000 feel broken.
    set_escdelay(25)
    nodelay(keyboard, true)
    keypad(keyboard, true)
    // Reports of the mouse are decoded here, in the one form that knows no largest column.
    keyok(KEY_MOUSE, false)
    // Bytes above 127 are parts of characters.
    meta(keyboard, true)
    // Nobody looks at the cursor, so it may stay where the last cell was written.
    leaveok(cn_screen_window(), true)
    curs_set(0)
  }

  package var hearsMouse = false {
    didSet {
      guard isTaken, hearsMouse != oldValue else { return }
      output.trySend(inputModes(paste: [], mouse: hearsMouse ? InputMode.mouse.on : InputMode.mouse.off))
    }
  }

  // MARK: Whose the terminal is

  package func suspend() {
    guard isTaken else { return }
    giveBack()
    guard_stop_process()
    // The signal that continued the process takes the terminal again, unless it was killed while it was stopped: then
    // the terminal is somebody else's.
    collectSignals()
    let isKilled = pending.contains(where: \.isTermination)
    // A process that nobody could continue (an orphaned group) is not stopped in the first place.
    if !isTaken && !isKilled { takeAgain() }
  }

  package func close() {
    guard !isClosed else { return }
    isClosed = true
    giveBack()
    delwin(keyboard)
    delscreen(screen)
    fclose(streams.input)
    fclose(streams.output)
    guard_stop_forwarding()
  }

  /// The process has been continued: the terminal is ours again, and whoever had it may have changed everything.
  func takeAgain() {
    giveBack()
    // ncurses sets the modes and enters the alternate screen when it draws next.
    doupdate()
    take()
    invalidate()
    adoptSize()
    pending.append(.resumed)
  }

  private func take() {
    guard_capture_output()
    printed = PrintedLines()
    var modes = originalModes
    let drawing = output.descriptors
    guard_arm(output.terminal, &modes, description.reset, description.reset.count, drawing, Int32(drawing.count))
    isTaken = true
    output.trySend(inputModes(paste: InputMode.paste.on, mouse: hearsMouse ? InputMode.mouse.on : []))
  }

  /// What tells the terminal what to send; nothing to one that would print it.
  private func inputModes(paste: [UInt8], mouse: [UInt8]) -> [UInt8] { description.isANSI ? paste + mouse : [] }

  private func giveBack() {
    guard isTaken else { return }
    isTaken = false
    swallowReply()
    // From the background the modes are the shell's, and touching them would stop this process.
    let isOurs = isInForeground
    var bytes = description.reset
    if isOurs {
      // What ncurses would write, and wait for.
      bytes = output.collect {
        if !description.hasAlternateScreen { clearForShell() }
        endwin()
      }
      var modes = originalModes
      tcsetattr(output.terminal, TCSANOW, &modes)
    }
    output.sendLast(inputModes(paste: InputMode.paste.off, mouse: InputMode.mouse.off) + bytes, isOurs: isOurs)
    guard_disarm()
    guard_release_output()
  }

  /// What the shell writes next would stand among the last frame.
  private func clearForShell() {
    werase(cn_screen_window())
    wnoutrefresh(cn_screen_window())
    doupdate()
    shown = nil
  }

  /// Whether the terminal is this process's to draw on and read from. It is not when the shell that started it has been
  /// killed, and somebody else has gone on with the terminal; without job control there is no telling.
  var isInForeground: Bool {
    let foreground = tcgetpgrp(output.terminal)
    return foreground < 0 || foreground == getpgrp()
  }

  // MARK: Size

  /// The largest screen that is drawn on; of a larger one the rest stays empty. ncurses keeps three copies of its cells.
  private static let largest = Size(width: 2000, height: 1000)

  private static func isDrawable(_ size: Size) -> Bool { size.width <= largest.width && size.height <= largest.height }

  /// 0 where the terminal does not know.
  private static func windowSize(of terminal: Int32) -> Size {
    var window = winsize()
    _ = ioctl(terminal, UInt(TIOCGWINSZ), &window)
    return Size(width: Int(window.ws_col), height: Int(window.ws_row))
  }

  /// Asks the system how large the terminal is, and draws for that from now on.
  func adoptSize() {
    let window = Self.windowSize(of: output.terminal)
    let now = Size(
      width: min(window.width > 0 ? window.width : databaseSize.width, Self.largest.width),
      height: min(window.height > 0 ? window.height : databaseSize.height, Self.largest.height))
    guard now != size else { return }
    // Without the key that `resizeterm` would put into the input.
    resize_term(Int32(now.height), Int32(now.width))
    size = now
    invalidate()
  }

  // MARK: Environment

  /// Of the variables that name a locale, the first one that is set counts (locale(7)).
  private static let localeVariables = ["LC_ALL", "LC_CTYPE", "LANG"]
  /// The locale with UTF-8 that is always there.
  private static let plainUTF8 = "C.UTF-8"

  /// The variables that this module looks at.
  package static var processEnvironment: [String: String] {
    let pairs = (Capabilities.variables + localeVariables).compactMap { name in
      getenv(name).map { (name, String(cString: $0)) }
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  /// Uses the locale that the environment names, and tells whether that is UTF-8. One that is not installed, as often
  /// happens behind SSH, is replaced by the one that always is.
  static func useLocale(of environment: [String: String]) -> Bool {
    let name = localeVariables.compactMap { environment[$0] }.first { !$0.isEmpty } ?? "C"
    let isUTF8 = ["utf-8", "utf8"].contains { name.lowercased().hasSuffix($0) }
    if !cn_use_locale(name) { _ = cn_use_locale(isUTF8 ? plainUTF8 : "C") }
    return cn_encodes_utf8()
  }
}

extension Event {
  var isTermination: Bool {
    if case .terminate = self { true } else { false }
  }
}
