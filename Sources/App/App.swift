internal import Bytes
internal import Glibc
internal import Model
internal import YAML

/// The tool: picks the command that the arguments name, runs it, and ends with its status.
package enum App {
  package static let version = "0.1.0"

  /// Runs the process's own command line and ends the process.
  package static func run() -> Never {
    FileDescriptor.openStandardOnes()
    LargeBuffers.mapsFrom(bytes: 65_536)
    let status = run(Array(CommandLine.arguments.dropFirst()))
    exit(status.rawValue)
  }

  /// Runs a command line without the program's name, and goes on; its exit status.
  package static func perform(_ words: [String]) -> Int32 { run(words).rawValue }

  /// Runs a command line without the program's name.
  static func run(_ words: [String]) -> ExitStatus {
    do {
      return try dispatch(words)
    } catch let error as UsageError {
      if error.showsHelp { Diagnostics.help(HelpText.tool(CommandTable.all)) }
      Diagnostics.error(error.problem, hint: error.hint)
      return .usage
    } catch let error as ConfigurationError {
      Diagnostics.mistake(error)
      return .usage
    } catch {
      Diagnostics.error("\(error)")
      return .failure
    }
  }

  private static func dispatch(_ words: [String]) throws -> ExitStatus {
    let commands = CommandTable.all
    switch words.first {
    case "--version":
      Diagnostics.out("taffrail \(version)\n")
      return .success
    case "--man-page":
      Diagnostics.out(ManualPage.text(version: version, commands))
      return .success
    case "--shell-completions":
      guard let script = Completions.script(for: words.dropFirst().first ?? "", commands) else {
        throw UsageError("--shell-completions takes bash, zsh or fish")
      }
      Diagnostics.out(script)
      return .success
    case "help", "--help", "-h":
      return try help(words.dropFirst().first, commands)
    case nil where isatty(STDIN_FILENO) == 1:
      Diagnostics.aside(HelpText.tool(commands))
      return .usage
    default:
      return try runCommand(words, commands)
    }
  }

  private static func help(_ name: String?, _ commands: [Command]) throws -> ExitStatus {
    guard let name else {
      Diagnostics.out(HelpText.tool(commands))
      return .success
    }
    guard let command = commands.first(where: { $0.name == name }) else {
      throw unknown(name, commands)
    }
    Diagnostics.out(HelpText.command(command))
    return .success
  }

  private static func runCommand(_ words: [String], _ commands: [Command]) throws -> ExitStatus {
    var rest = words[...]
    var chosen = commands[0]
    if let first = words.first, let named = commands.first(where: { $0.name == first }) {
      chosen = named
      rest = rest.dropFirst()
    } else if let first = words.first, CommandTable.reserved.contains(first) {
      throw UsageError("\(first): this command is not in this version")
    }
    let arguments = try Arguments(Array(rest), options: chosen.options)
    if rest.count == words.count { try checkForCommand(arguments.operands, commands) }
    if arguments.has("help") {
      Diagnostics.out(HelpText.command(chosen))
      return .success
    }
    return try chosen.run(arguments)
  }

  /// Refuses an input that is no file but reads like a command.
  private static func checkForCommand(_ operands: [String], _ commands: [Command]) throws {
    guard let first = operands.first, !first.contains(where: { "/.*?[-".contains($0) }),
      !FileStatus.exists(first)
    else { return }
    if commands.contains(where: { $0.name == first }) {
      throw UsageError(
        "\(first): no such file; a command comes before its flags",
        hint: "taffrail \(first) [FLAGS] [INPUT…]")
    }
    if let near = nearest(first, among: commands.map(\.name)) {
      throw UsageError("\(first): no such command or file", hint: "did you mean \(near)?")
    }
  }

  private static func unknown(_ name: String, _ commands: [Command]) -> UsageError {
    let near = nearest(name, among: commands.map(\.name))
    return UsageError("unknown command \(name)", hint: near.map { "did you mean \($0)?" })
  }
}
