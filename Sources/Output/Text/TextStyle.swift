internal import Bytes
package import Model

/// How text is laid out for people: width, colours, the zone of its times.
package struct TextStyle: Sendable {
  /// Columns after which a line is cut; nil for no limit.
  package var columns: Int?
  package var isColoured: Bool
  package var zone: TextZone

  package init(columns: Int? = nil, isColoured: Bool = false, zone: TextZone = .utc) {
    self.columns = columns.map { max($0, 40) }
    self.isColoured = isColoured
    self.zone = zone
  }

  /// SGR parameters (ECMA-48 section 8.3.117): the eight colours that every terminal has.
  enum Colour: String {
    case bold = "1"
    case faint = "2"
    case red = "31"
    case boldRed = "1;31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
  }

  func paint(_ text: String, _ colour: Colour) -> String {
    isColoured ? "\u{1b}[\(colour.rawValue)m\(text)\u{1b}[0m" : text
  }

  /// What a text is about.
  package func strong(_ text: String) -> String { paint(text, .bold) }

  /// What stands beside it.
  package func faint(_ text: String) -> String { paint(text, .faint) }

  /// What is wrong.
  package func mark(_ text: String) -> String { paint(text, .yellow) }

  func colour(of severity: FindingSeverity) -> Colour {
    switch severity {
    case .info: .cyan
    case .warning: .yellow
    case .error: .red
    case .critical: .boldRed
    }
  }
}

/// The zone in which text shows times: JSON is always in UTC.
package struct TextZone: Sendable {
  /// Seconds east of UTC at a moment, and the zone's name then.
  package var offset: @Sendable (Timestamp) -> (seconds: Int, name: String)

  package init(offset: @escaping @Sendable (Timestamp) -> (seconds: Int, name: String)) {
    self.offset = offset
  }

  package static let utc = TextZone { _ in (0, "UTC") }

  /// A zone of the system's database.
  package static func rules(_ rules: ZoneRules) -> TextZone {
    TextZone { rules.offset(at: $0.nanoseconds / 1_000_000_000) }
  }

  /// A fixed offset, named as in `+02:00`.
  package static func fixed(seconds: Int) -> TextZone {
    let minutes = abs(seconds) / 60
    let sign = seconds < 0 ? "-" : "+"
    let name = "\(sign)\(TextTime.two(minutes / 60)):\(TextTime.two(minutes % 60))"
    return seconds == 0 ? .utc : TextZone { _ in (seconds, name) }
  }
}
