import Bytes

/// Erlang and Elixir: `** (RuntimeError) what` with its frames, what a process that ends says of itself,
/// the reports of OTP.
enum ErlangTrace {
  static func read(_ text: Span<UInt8>) -> TraceLine? {
    switch text[0] {
    case 0x2a:
      guard text.has("** ", at: 0) else { return nil }
      return text.has("** (", at: 0) ? .opener(.erlang) : .weakPart
    case 0x3d:
      return text.find(0x3d, 1, 40).map { isReport(text, $0) } ?? false ? .opener(.erlang) : nil
    case 0x45: return text.has("Error in process <", at: 0) ? .opener(.erlang) : nil
    default: return nil
    }
  }

  /// `=ERROR REPORT==== 1-Mar-2026::09:30:00 ===`
  private static func isReport(_ text: Span<UInt8>, _ mark: Int) -> Bool {
    text.has(" REPORT====", at: mark - 7)
  }

  /// `(app 1.0.0) lib/a.ex:3: A.f/1`
  static func isFrame(_ text: Span<UInt8>, _ at: Int) -> Bool {
    guard let close = text.find(0x29, at, min(text.count, at + 64)) else { return false }
    let place = text.wordEnd(close + 2)
    return text.holds(0x3a, at: place - 1)
      && (text.find(0x2f, place, text.count) != nil || text[place - 2].isDigit)
  }

  static func goesOn(_ line: Span<UInt8>) -> Bool {
    switch line[0] {
    case 0x41: line.has("Ancestors: ", at: 0) || line.has("Args: ", at: 0)
    case 0x43: line.has("Client #PID<", at: 0)
    case 0x45: line.has("Error in process <", at: 0)
    case 0x46: line.has("Function: ", at: 0)
    case 0x49: line.has("Initial Call: ", at: 0)
    case 0x4c: line.has("Last message", at: 0)
    case 0x4d: line.has("Message Queue Length: ", at: 0)
    case 0x53: line.has("State: ", at: 0) || line.has("Start Call: ", at: 0)
    case 0x7b: true
    default: false
    }
  }
}
