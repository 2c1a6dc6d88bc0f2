// Follows all files of all runs in some places, and keeps what the screen shows of them. It is looked at again and again,
// by a task of its own, and never waits.

import Glibc
import RunFiles

package struct RunWatch: Sendable {
  private let places: [Place]
  private var followed: [FollowedRun] = []

  private struct Place: Sendable {
    var finder: RunFinder
    /// Before the names of its runs, where there are several places.
    var prefix: String
  }

  /// A look's outcome.
  package struct Look: Hashable, Sendable {
    /// Whether there is something new to be shown.
    package var hasNews: Bool
    /// Whether there is more to be read already.
    package var hasMore: Bool
  }

  /// Runs that are followed; what is found beyond them is left.
  private static let most = 64

  /// - Parameter paths: files, folders of runs, or runs; also such as are yet to come.
  package init(paths: [String]) {
    places = paths.map { path in
      let finder = RunFinder(path: path)
      return Place(finder: finder, prefix: paths.count > 1 ? finder.name : "")
    }
  }

  /// In the order in which they were found.
  package var runs: [WatchedRun] { followed.map(\.run) }

  /// Reads a portion of every file that has grown.
  ///
  /// - Parameter searching: whether to look for new files as well, which takes longer.
  package mutating func look(searching: Bool) -> Look {
    var look = Look(hasNews: false, hasMore: false)
    if searching, search() { look.hasNews = true }
    for index in followed.indices {
      let (hasNews, hasMore) = followed[index].look()
      look.hasNews = look.hasNews || hasNews
      look.hasMore = look.hasMore || hasMore
    }
    return look
  }

  /// Reads all that is there now.
  package mutating func readAll() {
    _ = search()
    while look(searching: false).hasMore {}
  }

  /// Whether there are new runs.
  private mutating func search() -> Bool {
    let count = followed.count
    for place in places {
      for found in place.finder.runs() {
        if let index = followed.firstIndex(where: { $0.folder == found.folder }) {
          followed[index].follow(found.files)
        } else if followed.count < Self.most {
          followed.append(FollowedRun(found, name: freeName(found.name, in: place)))
        }
      }
    }
    return followed.count > count
  }

  private func freeName(_ name: String, in place: Place) -> String {
    let isRoot = name == place.finder.name
    let full = place.prefix.isEmpty || isRoot ? name : "\(place.prefix)/\(name)"
    let taken = Set(followed.map(\.run.name))
    guard taken.contains(full) else { return full }
    return (2...).lazy.map { "\(full) \($0)" }.first { !taken.contains($0) } ?? full
  }
}

/// A run and its files.
private struct FollowedRun: Sendable {
  let folder: String
  private(set) var run: WatchedRun
  private var files: [ObservedFile] = []
  /// Of a run of gantui.
  private var samples: SamplesFile?
  /// The latest picture of each tag that has not been decoded.
  private var encoded: [String: (step: Double, bytes: [UInt8])] = [:]
  /// Pictures that could not be decoded.
  private var brokenPictures = 0

  init(_ found: RunFinder.Found, name: String) {
    folder = found.folder
    run = WatchedRun(name: name)
    follow(found.files)
  }

  mutating func follow(_ paths: [String]) {
    let samplesPath = RunFolder(path: folder).samples
    if samples == nil, paths.contains(samplesPath) { samples = SamplesFile(path: samplesPath) }
    let known = Set(files.map(\.path) + [samplesPath])
    files += paths.filter { !known.contains($0) }.map(ObservedFile.init(path:))
  }

  mutating func look() -> (hasNews: Bool, hasMore: Bool) {
    let before = run.damages
    var (hasNews, hasMore) = (false, false)
    // A file that goes on is read to its end before the one that its writer began after it.
    for index in files.indices where !hasMore {
      let news = files[index].news()
      if news.isFromStart { startAgain() }
      for observation in news.observations { take(observation) }
      hasNews = hasNews || news.isFromStart || !news.observations.isEmpty
      hasMore = news.hasMore
    }
    decode()
    for (exhibit, sample) in samples?.latest() ?? [:] {
      run.add(sample, of: exhibit)
      hasNews = true
    }
    run.damages = files.reduce(brokenPictures) { $0 + $1.damages }
    return (hasNews || run.damages != before, hasMore)
  }

  /// What one of its files said is no longer true, and nobody knows what of it: all of them are read again.
  private mutating func startAgain() {
    files = files.map(\.path).map(ObservedFile.init(path:))
    samples = samples.map { SamplesFile(path: $0.path) }
    run = WatchedRun(name: run.name)
    (encoded, brokenPictures) = ([:], 0)
  }

  private mutating func take(_ observation: Observation) {
    switch observation.content {
    case .number(let number): run.add(number, of: observation.tag, at: observation.step)
    case .encodedPicture(let bytes): encoded[observation.tag] = (observation.step, bytes)
    case .picture(let picture): run.add(.init(step: observation.step, picture: picture), of: observation.tag)
    }
  }

  private mutating func decode() {
    for (tag, (step, bytes)) in encoded {
      do {
        run.add(.init(step: step, picture: try PNG.decode(bytes)), of: tag)
      } catch {
        brokenPictures += 1
      }
    }
    encoded = [:]
  }
}
