/// The manual page in roff (man(7)), made from the table of commands and flags.
enum ManualPage {
  static func text(version: String, _ commands: [Command]) -> String {
    var lines = [
      ".TH TAFFRAIL 1 \"\" \"taffrail \(version)\" \"User Commands\"",
      ".SH NAME", "taffrail \\- says what is wrong in a log",
      ".SH SYNOPSIS", ".B journalctl \\-o json \\-f | taffrail", ".br",
      ".B taffrail", "[COMMAND] [FLAGS] [INPUT...]",
      ".SH DESCRIPTION",
      "Reads log entries (journald JSON, syslog, JSON lines, logfmt, CRI, access logs, plain text),",
      "groups them by what they say, counts them by the minute, and reports what is wrong, since when,",
      "where, and what came just before. Time is the entries' own; no clock is read.",
      ".SH COMMANDS",
    ]
    for command in commands {
      lines += [".SS \(escape(command.name))", escape(command.summary) + "."]
      for option in command.options {
        lines += [".TP", ".B \(escape(option.usage.trimmed))", escape(option.help)]
      }
    }
    lines += [
      ".SH EXIT STATUS",
      "0 it did its job; 1 it could not; 2 bad usage or configuration; 3 a finding at or above",
      "\\-\\-fail\\-on.",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func escape(_ text: String) -> String {
    text.map { $0 == "-" ? "\\-" : $0 == "\\" ? "\\e" : String($0) }.joined()
  }
}
