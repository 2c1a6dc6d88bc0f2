// The program: which commands there are, and how each of them ends. A command is a synchronous program on the main
// thread, because that is where a terminal is drawn; training happens on threads of its own.

import ArgumentParser
import Glibc
import NCursesBackend

@main
struct Gantui: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gantui",
    abstract: "Trains generative adversarial networks, live in your terminal.",
    usage: """
      gantui [<experiment> ...] [<options>]
      gantui <command>
      """,
    discussion: """
      Without a command, the experiments are shown and steered as they learn: toy and digits unless others are named. \
      “gantui list experiments” names them all, “gantui help EXPERIMENT” explains one, and “gantui help” lists further \
      topics; ? in the live view lists the keys. Settings are read from ~/.config/gantui/config.toml, of which \
      “gantui --default-config” prints a commented one.

      \(ExitStatus.help)
      """,
    version: "gantui 0.1",
    subcommands: [
      RunCommand.self, TrainCommand.self, RunsCommand.self, ReplayCommand.self, ExportCommand.self, WatchCommand.self,
      CompareCommand.self, ScreenshotCommand.self, SampleCommand.self, InterpolateCommand.self, ArithmeticCommand.self,
      ListCommand.self, KeysCommand.self, BenchCommand.self, VerifyCommand.self,
    ],
    defaultSubcommand: RunCommand.self)

  static func main() {
    openStandardStreams()
    CrashGuard.watch()
    do {
      if let words = Help.words(of: CommandLine.arguments), let text = try Help.text(for: words) {
        StandardOutput.write(text)
        return
      }
      var command = try parseAsRoot()
      try command.run()
    } catch {
      guard let status = ExitStatus(of: error) else { leave(withParserError: error) }
      StandardError.writeLine("Error: \(error)")
      Glibc.exit(status.rawValue)
    }
  }

  /// A stream that the parent has closed is opened on the null device: else the next file that is opened, a run's own, would
  /// be taken for it.
  private static func openStandardStreams() {
    for stream in STDIN_FILENO...STDERR_FILENO where fcntl(stream, F_GETFD) < 0 {
      // The lowest number that is free, which is this one.
      _ = open("/dev/null", O_RDWR)
    }
  }

  /// What is wrong with the command line, and help that was asked for, are the parser's to say; but an argument that it
  /// quotes may contain anything.
  private static func leave(withParserError error: any Error) -> Never {
    let code = exitCode(for: error)
    let quoted = CommandLine.arguments.filter { $0.contains("\n") }
    let message = quoted.reduce(fullMessage(for: error)) { $0.replacing($1, with: $1.harmlessLine) }
    if code.isSuccess || message.isEmpty { exit(withError: error) }
    StandardError.write(message + "\n")
    Glibc.exit(code.rawValue)
  }
}
