// How the program ends, for the shell. The numbers are those of sysexits.h, and 128 + n for signal n, as shells have it.

import ArgumentParser
import Dashboard
import Glibc
import NCursesBackend
import RunFiles
import Training

enum ExitStatus: Int32 {
  case diverged = 1
  /// EX_USAGE; also the parser's own.
  case usage = 64
  /// EX_DATAERR
  case wrongData = 65
  /// EX_NOINPUT
  case noData = 66
  /// EX_UNAVAILABLE
  case noTerminal = 69
  /// EX_OSERR
  case system = 71
  /// EX_CANTCREAT
  case cannotWrite = 73

  static let help = """
    Exit status: 0 done or quit; 1 the losses are not numbers any more; 64 wrong usage; 65 a file of data or a theme \
    is broken or cannot be read; 66 the experiment's data are missing, or no sample is what was asked for; 69 no \
    terminal to draw on; 71 the system refuses threads or files; 73 a file, or the end of a run, cannot be written; \
    128 + n ended by signal n.
    """

  /// `nil` for an error that is not about the world but about the command line.
  init?(of error: any Error) {
    switch error {
    case let error as TrainingError:
      switch error {
      case .unknownExperiment, .setting, .packing, .noSampler, .notPictures, .otherConfiguration: self = .usage
      case .data: self = .wrongData
      case .checkpoint(let error): self.init(of: error)
      case .noImages, .dataGone, .noSuchSamples: self = .noData
      case .diverged, .notPrepared: self = .diverged
      }
    case let error as ThemeError:
      switch error {
      case .unknown: self = .usage
      case .unreadable, .wrong: self = .wrongData
      }
    case let error as RunFileError:
      switch error {
      case .cannotRead, .noRun, .noFigures: self = .noData
      case .broken: self = .wrongData
      case .cannotWrite, .cannotRemove, .held, .occupied, .noHome: self = .cannotWrite
      }
    case is BackendError: self = .noTerminal
    case is SystemError: self = .system
    case is OutputError, is FileError: self = .cannotWrite
    default: return nil
    }
  }

  /// The status of a process that a signal has ended, as shells report it.
  static func ended(by signal: Int32) -> ExitCode { ExitCode(128 + signal) }
}
