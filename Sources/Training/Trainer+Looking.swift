// When a trainer looks at its players, and what follows from what it sees.

extension Trainer {
  /// Measures and draws what is due.
  ///
  /// - Parameter rest: seconds that this step is to be seen for, if those are long; else 0.
  func lookIfDue(at now: Double, rest: Double) {
    guard let course else { return }
    if looks.measures(within: rest) || now >= looks.figuresDue || isLogged(course.step) {
      look()
    } else if looks.draws(within: rest) || now >= looks.picturesDue {
      glance()
    }
  }

  /// Evaluates, and decides when to do so again from what it cost.
  ///
  /// - Parameter isThorough: whether figures that take seconds are measured, too.
  func look(isThorough: Bool = false) {
    guard let course else { return }
    let begin = clock.now()
    course.evaluate(isResting: isHeld, isThorough: isThorough)
    let end = clock.now()
    looks.looked(from: begin, to: end, hasPictures: course.hasPictures)
    if phase == .running {
      account(steps: 0, from: begin, to: end)
      floor.saw(course.readings, at: seconds)
    }
    tellRecorder()
  }

  /// Draws pictures anew. The recorder is not told: its figures and pictures belong together.
  private func glance() {
    guard let course else { return }
    let begin = clock.now()
    course.redraw()
    let end = clock.now()
    looks.glanced(from: begin, to: end)
    account(steps: 0, from: begin, to: end)
  }

  /// Leaves the cores to others where there is nothing more to be seen.
  func restIfAtFloor() {
    guard pacemaker.pace == .automatic, !pacemaker.isOpening, floor.hasBeenThereForLong(at: seconds) else { return }
    look()
    remember(always: true)
    save(always: true)
    restsAtFloor = true
    enter(.resting)
  }

  /// A person wants it to go on; it does not rest again by itself.
  func leaveTheFloor() {
    floor.dismiss()
    restsAtFloor = false
  }
}
