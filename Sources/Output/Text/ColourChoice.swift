/// When text is coloured: `--color`, `TAFFRAIL_COLOR`, `NO_COLOR` (no-color.org), else on terminals.
package enum ColourChoice: String, CaseIterable, Sendable {
  case auto, always, never

  /// Whether to colour.
  ///
  /// - Parameters:
  ///   - flag: what the command line says; nil where it says nothing.
  ///   - environment: a variable's value, or nil.
  package static func isColoured(
    flag: ColourChoice?, isTerminal: Bool, environment: (String) -> String?
  ) -> Bool {
    let choice = flag ?? environment("TAFFRAIL_COLOR").flatMap(ColourChoice.init(rawValue:))
    switch choice {
    case .always: return true
    case .never: return false
    case .auto, nil: break
    }
    if let noColour = environment("NO_COLOR"), !noColour.isEmpty { return false }
    return isTerminal && environment("TERM") != "dumb"
  }
}
