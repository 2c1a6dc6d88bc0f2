// The only place where training happens by itself. Between bursts of steps the trainer looks for commands; between
// commands it trains. Nobody waits for anybody: commands go into an inbox, snapshots into a mailbox.

import Figures
import GenerativeModels

/// One experiment, trained on a thread of its own.
package actor Trainer {
  /// The longest that the trainer computes without looking for commands, in seconds. A single step that takes longer is
  /// finished first.
  private static let burst = 0.004
  /// The longest that it keeps its thread from other calls of the actor, in seconds: letting them in costs 80 µs, which
  /// after every burst would be 2 % (measured).
  private static let tenure = 0.04
  /// The shortest rest of a slowed-down trainer, in seconds: steps that follow closer are made together, since waking up
  /// costs more than a small step.
  private static let shortestRest = 0.004
  /// The longest one, for paces that are next to nothing: timers count to an end.
  private static let longestRest = 3600.0
  /// At most 30 snapshots a second.
  private static let snapshotInterval = 1.0 / 30
  /// Steps that say nothing of how fast it can go: the first ones fetch memory as well.
  private static let coldSteps = 3

  /// Where every snapshot lands.
  package nonisolated let snapshots: Latest<Snapshot>

  private let experiment: Experiment
  private let options: TrainingOptions
  private let stepLimit: Int?
  private let resumption: Resumption?
  let clock: TrainingClock
  let recorder: RunRecorder?
  private nonisolated let executor: TrainerExecutor
  private nonisolated let inbox = Inbox<Command>()

  var course: TrainingRun?
  var phase = Phase.preparing
  /// Whether a person wants it to rest, also while there is nothing to be stopped: a reset keeps to that.
  var isHeld = false
  /// Seconds of training, evaluations included, pauses not.
  var seconds = 0.0
  private var rate = RateMeter()
  /// Of the time in which it does not rest.
  private var fullSpeed = RateMeter()
  var pacemaker = Pacemaker()
  var looks = LookCadence()
  /// As it is at the beginning of a course.
  let patience: FloorWatch
  var floor: FloorWatch
  /// Whether it rests by itself, or would if a person had not paused it.
  var restsAtFloor = false
  var memory = Memory()
  let budget: MomentBudget
  /// Its number among those that share the budget.
  let member: Int
  private var publishedAt = -Double.infinity
  private var yieldedAt = -Double.infinity

  package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// - Parameters:
  ///   - stepLimit: steps after which the phase is `finished`; `nil` for no end.
  ///   - resumption: where to go on instead of beginning.
  ///   - pace: kept by `run` until a command asks for another one.
  ///   - patience: says when a run that keeps an automatic pace rests.
  ///   - budget: memory for moments to go back to, which other trainers may share.
  ///   - recorder: told of every look at the players and of what changes; nobody if the run is to leave nothing.
  ///   - prepareThread: called on the thread that trains, before it begins and often again; those that help it are its
  ///     children.
  ///   - wake: called on the trainer's thread when there is a snapshot to be fetched; must not block.
  package init(
    _ experiment: Experiment, options: TrainingOptions, stepLimit: Int? = nil, resumption: Resumption? = nil,
    pace: Pace = .full, patience: FloorWatch = FloorWatch(), budget: MomentBudget = MomentBudget(),
    clock: TrainingClock = .monotonic,
    recorder: RunRecorder? = nil,
    prepareThread: @escaping @Sendable () -> Void = {}, wake: @escaping @Sendable () -> Void = {}
  ) {
    self.experiment = experiment
    self.options = options
    self.stepLimit = stepLimit
    self.resumption = resumption
    self.patience = patience
    floor = patience
    self.budget = budget
    member = budget.join()
    self.clock = clock
    self.recorder = recorder
    pacemaker.pace = pace
    self.executor = TrainerExecutor(name: experiment.name, prepareThread: prepareThread)
    self.snapshots = Latest(wake: wake)
  }

  /// Puts a command where the trainer will find it before its next step. Commands are obeyed in order.
  package nonisolated func send(_ command: Command) { inbox.put(command) }

  // MARK: By itself

  /// Trains and obeys until told to stop, or until the task is cancelled.
  package func run() async {
    var bell = inbox.makeBell()
    looks.isWatched = true
    publish()
    prepareOrFail()
    publish()
    while phase != .stopped {
      for command in inbox.takeAll() { obey(command) }
      switch phase {
      case .running:
        let wait = pacemaker.wait(at: clock.now())
        if wait > 0 {
          if await !rest(wait, bell: &bell) { enter(.stopped) }
        } else {
          trainForAWhile()
          await letOthersIn()
          if Task.isCancelled { enter(.stopped) }
        }
      case .preparing, .paused, .resting, .finished, .failed:
        if inbox.isEmpty, await bell.next(isolation: #isolation) == nil { enter(.stopped) }
      case .stopped: break
      }
    }
  }

  private func letOthersIn() async {
    guard clock.now() - yieldedAt >= Self.tenure else { return }
    await Task.yield()
    yieldedAt = clock.now()
  }

  private func prepareOrFail() {
    do throws(TrainingError) {
      try prepare()
      look()
      remember(always: true)
      phase = course.map(isOver) ?? false ? .finished : .running
    } catch {
      phase = .failed(error)
    }
  }

  /// Waits for the next step, or for a command if that comes first; `false` if the task was cancelled.
  private func rest(_ wait: Double, bell: inout AsyncStream<Void>.Iterator) async -> Bool {
    let begin = clock.now()
    let alarm = Task.detached { [clock, inbox] in
      await clock.sleep(min(max(wait, Self.shortestRest), Self.longestRest))
      if !Task.isCancelled { inbox.ring() }
    }
    let isWanted = await bell.next(isolation: #isolation) != nil
    alarm.cancel()
    account(steps: 0, from: begin, to: clock.now())
    return isWanted
  }

  /// A burst of steps, which ends early for a command or because the next one is not due yet, and what follows on it.
  private func trainForAWhile() {
    guard let course else { return }
    let begin = clock.now()
    let first = course.step
    var now = begin
    repeat {
      course.advanceToNextStep()
      now = clock.now()
      pacemaker.stepped(at: now, to: course.step)
    } while now - begin < Self.burst && !isOver(course) && inbox.isEmpty && pacemaker.wait(at: now) == 0
      && !isLogged(course.step)
    account(steps: course.step - first, from: begin, to: now)
    if course.step > Self.coldSteps {
      fullSpeed.add(steps: course.step - first, seconds: now - begin)
      pacemaker.compare(with: fullSpeed.stepsPerSecond, at: course.step)
    }

    if isOver(course) {
      look()
      enter(course.divergence.map { .failed(.diverged($0)) } ?? .finished)
    } else {
      // In slow motion a step may have to be looked at for long.
      let rest = pacemaker.wait(at: now)
      let isLongSeen = rest >= Self.snapshotInterval
      lookIfDue(at: now, rest: isLongSeen ? rest : 0)
      if isLongSeen || clock.now() - publishedAt >= Self.snapshotInterval { publish() }
      remember()
      save()
      if let divergence = course.divergence { enter(.failed(.diverged(divergence))) } else { restIfAtFloor() }
    }
  }

  /// Whether this very step is to be looked at, or saved.
  func isLogged(_ step: Int) -> Bool { recorder?.wants(step: step) ?? false }

  private func isOver(_ course: TrainingRun) -> Bool { course.step >= stepLimit ?? .max || course.divergence != nil }

  func account(steps: Int, from begin: Double, to end: Double) {
    seconds += end - begin
    rate.add(steps: steps, seconds: end - begin)
  }

  /// What is looked at in the past has been written down already.
  func tellRecorder() {
    if !memory.isInThePast { recorder?.saw(snapshot()) }
  }

  private func obey(_ command: Command) {
    switch (command, phase) {
    case (.stop, _): enter(.stopped)
    case (.pause, _):
      isHeld = true
      guard phase == .running || phase == .resting else { break }
      look()
      remember(always: true)
      enter(.paused)
    case (.resume, _):
      isHeld = false
      guard phase == .paused || phase == .resting else { break }
      if phase == .resting { leaveTheFloor() }
      leaveThePast()
      pacemaker.restart()
      enter(restsAtFloor ? .resting : .running)
    case (.stepHalf, .paused):
      restsAtFloor = false
      leaveThePast()
      course?.advance()
      if course?.isWithinStep != true { remember(always: true) }
      look()
      publish()
    case (.reset, .running), (.reset, .paused), (.reset, .resting), (.reset, .finished), (.reset, .failed): reset()
    case (.renewNoise, _) where course != nil:
      course?.renewNoise()
      look()
      publish()
    case (.nextPair, .paused): walk { $0.advance() }
    case (.nextPath, .paused): walk { $0.turn() }
    case (.pace(let pace), _):
      pacemaker.pace = pace
      // What was measured at another pace says nothing about this one.
      rate = RateMeter()
      recorder?.note(.pace(pace))
      if pace != .automatic { leaveTheFloor() }
      if phase == .resting, !restsAtFloor { enter(.running) } else { publish() }
    case (.rewind, _), (.forward, _), (.recover, _): obeyInTime(command)
    default: break
    }
  }

  /// Shows what is between samples along another way.
  private func walk(_ change: (inout Walk) -> Void) {
    course?.changeWalk(change)
    look()
    publish()
  }

  /// Step 0 again, running unless it is held. Data that could not be read are tried again.
  private func reset() {
    phase = .preparing
    seconds = 0
    rate = RateMeter()
    pacemaker.open()
    (floor, restsAtFloor) = (patience, false)
    recorder?.note(.reset)
    memory = Memory()
    course?.reset()
    prepareOrFail()
    if isHeld, phase == .running { phase = .paused }
    publish()
  }

  func enter(_ next: Phase) {
    guard phase != .stopped else { return }
    if next.isOver, !phase.isOver {
      tellRecorder()
      save(always: true)
    }
    phase = next
    tellRecorder()
    publish()
  }

  func publish() {
    publishedAt = clock.now()
    snapshots.publish(snapshot())
  }

  // MARK: On request

  /// Reads or makes the data and compiles the programs; the second time there is nothing left to do.
  package func prepare() throws(TrainingError) {
    guard course == nil else { return }
    let course = try TrainingRun(experiment, options)
    if let resumption { seconds = try course.resume(resumption).seconds }
    self.course = course
  }

  /// Everything about the run at this moment.
  package func state() throws -> RunState {
    guard let course else { throw TrainingError.notPrepared }
    return course.state(seconds: seconds)
  }

  /// Trains without a dashboard, as fast as it goes, and returns after `steps` steps in all or when cancelled.
  ///
  /// - Parameters:
  ///   - every: steps between two reports; the last one comes at the end, whenever that is.
  ///   - report: called with freshly evaluated figures. Reports do not change what is learnt.
  /// - Throws: `TrainingError` if the data cannot be had, or if the losses are no numbers any more.
  package func runToEnd(steps: Int, every: Int, report: @Sendable (Snapshot) -> Void) async throws {
    try prepare()
    guard let course else { throw TrainingError.notPrepared }
    phase = .running
    recorder?.saw(snapshot())
    while course.step < steps, !Task.isCancelled {
      let begin = clock.now()
      let first = course.step
      repeat {
        course.advanceToNextStep()
      } while course.step < steps && !course.step.isMultiple(of: every) && course.divergence == nil
        && !isLogged(course.step) && clock.now() - begin < Self.burst
      account(steps: course.step - first, from: begin, to: clock.now())
      if let divergence = course.divergence {
        look()
        enter(.failed(.diverged(divergence)))
        throw TrainingError.diverged(divergence)
      }
      let isReported = course.step < steps && course.step.isMultiple(of: every)
      if isReported || isLogged(course.step) || recorder != nil && clock.now() >= looks.figuresDue { look() }
      if isReported { report(snapshot()) }
      save()
      await letOthersIn()
    }
    look(isThorough: true)
    enter(course.step >= steps ? .finished : .stopped)
    report(snapshot())
  }

  /// Generated samples, the same ones for the same seed and weights, whatever has been shown meanwhile.
  package func sample(count: Int, classes: [Int]? = nil) throws -> SampleSet {
    guard let course else { throw TrainingError.notPrepared }
    return try course.sample(count: count, classes: classes)
  }

  /// The noise z that those samples come from, `[count, latentSize]`.
  package func noise(count: Int) throws -> SampleSet {
    guard let course else { throw TrainingError.notPrepared }
    return try course.savedNoise(count: count)
  }

  /// Classes that samples can be asked for; 0 where they cannot.
  package func classesToAskFor() throws -> Int {
    guard let course else { throw TrainingError.notPrepared }
    return course.classesToAskFor
  }

  /// Which classes of the data G makes now; `nil` where there are no images. Takes half a second: not for a snapshot.
  package func classCoverage() throws -> ClassCoverage? {
    guard let course else { throw TrainingError.notPrepared }
    return course.classCoverage()
  }

  /// Rows of pictures between pairs of samples.
  ///
  /// - Parameters:
  ///   - pairs: rows.
  ///   - points: pictures in a row, both ends among them; at least three.
  package func interpolate(pairs: Int, points: Int, path: LatentPath) throws -> LatentInterpolation {
    guard let course else { throw TrainingError.notPrepared }
    return try course.interpolate(pairs: pairs, points: points, path: path)
  }

  /// G(a − b + c) for the mean z of samples of three concepts.
  package func arithmetic(_ concepts: [Concept]) throws -> LatentArithmetic {
    guard let course else { throw TrainingError.notPrepared }
    return try course.arithmetic(concepts)
  }

  /// Everything about this moment.
  package func snapshot() -> Snapshot {
    guard let course else {
      var snapshot = Snapshot(experiment: experiment.summary(options))
      snapshot.phase = phase
      snapshot.pace = pacemaker.stepsPerSecond(at: 0)
      snapshot.isAutomatic = pacemaker.pace == .automatic
      return snapshot
    }
    var snapshot = Snapshot(experiment: course.summary)
    snapshot.phase = phase
    snapshot.step = course.step
    snapshot.next = course.next
    snapshot.seconds = seconds
    snapshot.stepsPerSecond = rate.stepsPerSecond
    snapshot.pace = pacemaker.stepsPerSecond(at: course.step)
    snapshot.isAutomatic = pacemaker.pace == .automatic
    snapshot.readingsStep = course.readingsStep == course.step ? nil : course.readingsStep
    snapshot.samplesStep = course.samplesStep == course.step ? nil : course.samplesStep
    snapshot.readings = course.readings
    snapshot.history = course.history
    snapshot.looked = course.looked
    snapshot.exhibits = course.exhibits
    snapshot.timeline = memory.view
    snapshot.timeline.branch = course.branch
    snapshot.abandoned = memory.courses(from: course.step)
    snapshot.rateScale = course.rateScale
    return snapshot
  }
}
