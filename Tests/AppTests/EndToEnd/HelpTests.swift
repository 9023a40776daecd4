import Foundation
import Testing

@testable import App

/// Every command explains itself.
@Suite("Help")
struct HelpTests {
  static let commands = CommandTable.all.map(\.name)

  @Test("of a command says how it is used, all its flags, and examples", arguments: commands)
  func command(name: String) throws {
    let shell = try Shell()
    let asked = try shell.run("taffrail \(name) --help")
    #expect(asked.status == 0)
    #expect(asked.error.isEmpty)
    #expect(try shell.run("taffrail help \(name)").out == asked.out)
    #expect(asked.out.contains("Usage: taffrail "))
    #expect(asked.out.contains("Examples:"))
    let command = try #require(CommandTable.all.first { $0.name == name })
    for option in command.options { #expect(asked.out.contains("--\(option.name)")) }
    #expect(!command.examples.isEmpty)
    #expect(Set(command.options.map(\.name)).count == command.options.count)
    let letters = command.options.compactMap(\.short)
    #expect(Set(letters).count == letters.count)
  }

  @Test("of the tool lists the commands that are there")
  func tool() throws {
    let shell = try Shell()
    let help = try shell.run("taffrail --help")
    #expect(help.status == 0)
    for name in Self.commands { #expect(help.out.contains("\n  \(name) ")) }
    for name in CommandTable.reserved { #expect(!help.out.contains("\n  \(name) ")) }
    #expect(try shell.run("taffrail help").out == help.out)
    #expect(try shell.run("taffrail --version").out == "taffrail \(App.version)\n")
  }

  @Test("is a manual page that roff accepts")
  func manual() throws {
    let shell = try Shell()
    let outcome = try shell.run(
      """
      taffrail --man-page >taffrail.1 || exit 9
      if command -v groff >/dev/null; then groff -man -Tutf8 -ww taffrail.1; fi >/dev/null; cat taffrail.1
      """)
    #expect(outcome.status == 0)
    #expect(outcome.error.isEmpty, "\(outcome.error)")
    for name in Self.commands { #expect(outcome.out.contains(name)) }
  }

  @Test("completes in shells", arguments: ["bash", "zsh", "fish"])
  func completions(name: String) throws {
    let shell = try Shell()
    let outcome = try shell.run(
      """
      taffrail --shell-completions \(name) >script || exit 9
      if command -v \(name) >/dev/null; then \(name) -n script; fi
      """)
    #expect(outcome.status == 0)
    #expect(outcome.error.isEmpty, "\(outcome.error)")
    let script = try shell.read("script")
    for command in Self.commands { #expect(script.contains(command)) }
    // The words that a flag takes.
    if name != "bash" { #expect(script.contains("events groups partial")) }
  }

  @Test("bash completes commands and flags")
  func bashCompletes() throws {
    let shell = try Shell()
    let outcome = try shell.run(
      """
      source <(taffrail --shell-completions bash)
      COMP_WORDS=(taffrail par); COMP_CWORD=1; _taffrail; echo "${COMPREPLY[@]}"
      COMP_WORDS=(taffrail parse --inp); COMP_CWORD=2; _taffrail; echo "${COMPREPLY[@]}"
      """)
    #expect(outcome.out == "parse partial\n--input-tz --input-year\n")
  }
}
