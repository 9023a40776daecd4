/// The help of the tool and of each command, as text of at most 80 columns where words allow it.
enum HelpText {
  static func tool(_ commands: [Command]) -> String {
    var lines = [
      "taffrail — says what is wrong in a log: what, since when, where, and what came before.",
      "",
      "Usage: taffrail [COMMAND] [FLAGS] [INPUT…]",
      "       journalctl -o json -f | taffrail",
      "",
      "INPUT is a file, a directory, a glob or - for stdin; none is stdin. Compressed input",
      "(gzip, zstd, xz, bzip2, lz4) is recognised by its first bytes.",
      "",
      "Commands:",
    ]
    let width = commands.map(\.name.count).max() ?? 0
    for command in commands {
      lines.append("  \(command.name.padded(to: width))  \(command.summary)")
    }
    lines += [
      "",
      "Without a command: analyze. `taffrail help COMMAND` shows a command's flags.",
      "      --version            Print the version",
      "      --man-page           Print the manual page (roff)",
      "      --shell-completions bash|zsh|fish",
      "",
      "Exit status: 0 it did its job, 1 it could not, 2 bad usage or configuration,",
      "3 a finding at or above --fail-on.",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  static func command(_ command: Command) -> String {
    var lines = [
      "taffrail \(command.name) — \(command.summary)", "", "Usage: \(command.usage)", "",
    ]
    if !command.options.isEmpty {
      lines.append("Flags:")
      for option in command.options {
        let head = "  \(option.usage)"
        if head.count <= 30 {
          lines.append(head.padded(to: 32) + option.help)
        } else {
          lines.append(head)
          lines.append(String(repeating: " ", count: 32) + option.help)
        }
      }
      lines.append("")
    }
    if !command.examples.isEmpty {
      lines.append("Examples:")
      for example in command.examples {
        lines.append("  # \(example.what)")
        lines.append("  \(example.line)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension String {
  /// With blanks behind it up to `width` characters.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
