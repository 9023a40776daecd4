package import Model

/// Groups as a table: how many, which share, how grave, whose, which words.
package struct GroupTable: Sendable {
  package let style: TextStyle
  /// Columns for a service's name; longer ones are cut.
  private static let serviceWidth = 20

  package init(style: TextStyle) { self.style = style }

  package func lines(_ groups: [GroupLine]) -> [String] {
    let rows = groups.map { line in
      (
        count: TextNumber.grouped(line.count), share: TextNumber.percent(line.share),
        severity: line.severity == .unknown ? "" : line.severity.name,
        service: TerminalText.cut(service(line), to: Self.serviceWidth),
        template: TerminalText.firstLine(line.reference.template)
      )
    }
    func width(_ title: String, _ texts: [String]) -> Int {
      max(title.count, texts.map(TerminalText.columns).max() ?? 0)
    }
    let counts = width("COUNT", rows.map(\.count))
    let shares = width("SHARE", rows.map(\.share))
    let severities = width("SEVERITY", rows.map(\.severity))
    let services = width("SERVICE", rows.map(\.service))
    let used = 2 + counts + 2 + shares + 2 + severities + 2 + services + 2
    let head =
      "  " + TerminalText.right("COUNT", to: counts) + "  "
      + TerminalText.right("SHARE", to: shares) + "  "
      + TerminalText.padded("SEVERITY", to: severities) + "  "
      + TerminalText.padded("SERVICE", to: services) + "  GROUP"
    return [style.paint(head, .faint)]
      + rows.map { row in
        "  " + TerminalText.right(row.count, to: counts) + "  "
          + TerminalText.right(row.share, to: shares) + "  "
          + TerminalText.padded(row.severity, to: severities) + "  "
          + TerminalText.padded(row.service, to: services) + "  "
          + TerminalText.cut(row.template, to: style.columns.map { max(8, $0 - used) })
      }
  }

  package func text(_ groups: [GroupLine]) -> String {
    lines(groups).joined(separator: "\n") + "\n"
  }

  /// An entry's line, its group and the group's template.
  package static func line(_ number: Int64, _ group: GroupID, _ template: String) -> String {
    "\(TerminalText.right("\(number)", to: 7))  \(group)  \(TerminalText.firstLine(template))\n"
  }

  private func service(_ line: GroupLine) -> String {
    guard let first = line.services.first else { return "" }
    let more = line.services.count - 1
    return TerminalText.escaped(first) + (more > 0 ? " +\(more)" : "")
  }
}
