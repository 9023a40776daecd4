import Bytes
import Model

/// Decides whether a line belongs to an open entry.
enum JoinRule {
  /// Whether `line` belongs to `open` by its shape; limits are another matter.
  ///
  /// - Parameters:
  ///   - isHeaded: the open entry's first line had a stamp or header, and this one has none.
  ///   - severity: the open entry's level.
  static func belongs(
    _ line: Span<UInt8>, _ shape: TraceLine, to open: OpenEntry, isHeaded: Bool,
    severity: Severity
  ) -> Bool {
    if open.isOver { return false }
    let isTrace = open.language != .none || open.hasTrace
    if open.expectsMore, isTrace, !(shape.isOpener && shape.language.opensAlone) { return true }
    switch shape.role {
    case .indented: return isTrace || open.stream == 0
    case .indentedOpener:
      return isTrace || open.lines > 1 && open.stream == 0 || isHeaded && severity >= .warning
    case .part: return isTrace || isHeaded
    case .weakPart: return isTrace
    case .opener:
      if open.language.goesOn(line, shape, open) { return true }
      if isTrace, line.has("goroutine ", at: 0) { return true }
      return !isTrace && open.lines == 1 && isHeaded && severity >= .warning
        && shape.language.followsAnnouncement
    case .ordinary: return closes(line, open) || open.language.goesOn(line, shape, open)
    }
  }

  /// The closing bracket of a block that the entry has opened, alone on its line.
  private static func closes(_ line: Span<UInt8>, _ open: OpenEntry) -> Bool {
    guard open.closer != 0, line.count <= 3, line[0] == open.closer else { return false }
    for index in 1..<max(1, line.count) where line[index].isAlphanumeric { return false }
    return true
  }
}
