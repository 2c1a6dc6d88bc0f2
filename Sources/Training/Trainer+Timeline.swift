// Back and forth in time: moments are remembered while the run goes on, gone to and looked at, and continued from on
// another course. What was reached before stays in sight until it is forgotten.

/// What a trainer remembers of its run, and where it stands.
struct Memory {
  /// Moments at the most.
  private static let most = 64
  /// Seconds between two moments at the least, and the share of the time that remembering may take.
  private static let interval = 1.0
  private static let share = 0.005
  /// Courses that are kept for being looked at.
  private static let coursesKept = 3

  private(set) var timeline = Timeline<RunState>(capacity: Self.most)
  /// Bytes of all moments. What the losses of a moment share with those of the moment before is counted once.
  private(set) var bytes = 0
  private(set) var abandoned: [AbandonedCourse] = []
  /// The losses of the course that the run has been taken back on.
  private var left: AbandonedCourse?
  /// The latest course of all; 0 is the first.
  private(set) var courses = 0
  private var due = -Double.infinity

  var isInThePast: Bool { timeline.position != nil }

  /// Whether it is time to remember something again.
  func isDue(at now: Double) -> Bool { now >= due && !isInThePast }

  /// - Parameters:
  ///   - begin: when taking the state began.
  ///   - end: when it was there.
  ///   - room: bytes that all moments may take, as far as at least two fit.
  mutating func remember(_ state: RunState, from begin: Double, to end: Double, room: Int) {
    due = end + max(Self.interval, (end - begin) / Self.share)
    courses = max(courses, state.branch)
    guard state.step > timeline.last?.moment.step ?? -1 else { return }
    timeline.add(state, at: Double(state.step))
    bytes = Self.bytes(of: timeline)
    while bytes > room, timeline.entries.count > 2 {
      timeline.thin()
      bytes = Self.bytes(of: timeline)
    }
  }

  private static func bytes(of timeline: Timeline<RunState>) -> Int {
    var before = 0
    return timeline.entries.reduce(0) { sum, entry in
      defer { before = entry.moment.step }
      return sum + entry.moment.size(since: before)
    }
  }

  /// The moment before the one where the run stands, which has got as far as `history` shows.
  ///
  /// - Parameter isRemembered: whether where it stands is the last moment itself.
  mutating func back(leaving history: Histories, branch: Int, isRemembered: Bool) -> RunState? {
    guard isInThePast || timeline.entries.count > (isRemembered ? 1 : 0) else { return nil }
    if !isInThePast {
      left = AbandonedCourse(branch: branch, from: 0, history: history)
      if isRemembered { _ = timeline.back() }
    }
    return timeline.back()
  }

  /// The moment after; the last one is where the run had got to.
  mutating func forward() -> RunState? {
    guard let state = timeline.forward() else { return nil }
    if state.step == left?.history.steps {
      timeline.arrive()
      left = nil
    }
    return state
  }

  /// The number of the course that begins at `step`.
  mutating func branch(at step: Int) -> Int {
    timeline.branch()
    if var left {
      left.from = step
      abandoned = (abandoned + [left]).suffix(Self.coursesKept)
    }
    left = nil
    courses += 1
    return courses
  }

  var view: TimelineView {
    TimelineView(steps: timeline.entries.map(\.moment.step), position: timeline.position)
  }

  /// Courses to be drawn beside the run's own: those that were left, and while it is in the past the one that it was on.
  func courses(from step: Int) -> [AbandonedCourse] {
    guard var left, isInThePast else { return abandoned }
    left.from = step
    return abandoned + [left]
  }
}

extension Trainer {
  /// What a run that has left the numbers goes on with of its learning rates.
  private static let recoveryFactor: Float = 0.5

  /// Keeps this moment if it is time, or in any case. What is not sound is not kept: it ends the run.
  func remember(always: Bool = false) {
    guard let course, always || memory.isDue(at: clock.now()), !memory.isInThePast else { return }
    let begin = clock.now()
    course.examine()
    guard course.divergence == nil else { return }
    memory.remember(course.state(seconds: seconds), from: begin, to: clock.now(), room: budget.room(for: member))
    budget.holds(memory.bytes, member: member)
  }

  func obeyInTime(_ command: Command) {
    switch (command, phase) {
    case (.rewind, .running), (.rewind, .paused), (.rewind, .resting), (.rewind, .finished),
      (.rewind, .failed(.diverged)):
      goBack()
    case (.forward, .paused) where memory.isInThePast:
      if let state = memory.forward() { show(state) }
    case (.recover, .failed(.diverged)): recover()
    default: break
    }
  }

  private func goBack() {
    guard let course else { return }
    remember(always: true)
    let isRemembered = course.divergence == nil
    let left = (course.history, course.branch)
    guard let state = memory.back(leaving: left.0, branch: left.1, isRemembered: isRemembered) else { return }
    show(state)
  }

  /// Puts the run where it was, and rests there.
  private func show(_ state: RunState) {
    course?.restore(state)
    seconds = state.seconds
    isHeld = true
    restsAtFloor = false
    phase = .paused
    look()
    publish()
  }

  /// Another course begins where the run stands, if that is in the past.
  func leaveThePast(rateFactor: Float = 1) {
    guard let course, memory.isInThePast else { return }
    course.branch(memory.branch(at: course.step), rateFactor: rateFactor)
    pacemaker.open()
    floor = patience
    recorder?.note(.branch(course.branch, from: course.step, rateScale: Double(course.rateScale)))
  }

  private func recover() {
    goBack()
    guard memory.isInThePast else { return }
    leaveThePast(rateFactor: Self.recoveryFactor)
    isHeld = false
    pacemaker.restart()
    enter(.running)
  }
}

extension Trainer {
  /// Has the run saved if it is time, or in any case. What is not sound is not saved; nor is what is only looked at in the
  /// past, but the moment that the run had come to.
  func save(always: Bool = false) {
    guard let recorder, let course else { return }
    guard always || recorder.wantsCheckpoint(step: course.step, seconds: seconds) else { return }
    course.examine()
    if course.divergence == nil, !memory.isInThePast {
      recorder.keep(course.state(seconds: seconds), score: course.score())
    } else if always, let last = memory.timeline.last?.moment {
      recorder.keep(last, score: nil)
    }
  }
}
