import Bytes

/// PHP: uncaught exceptions with the previous ones, Xdebug's traces, Monolog's.
enum PHPTrace {
  static func read(_ text: Span<UInt8>) -> TraceLine? {
    switch text[0] {
    case 0x22: return text.equals("\"} ") || text.equals("\"}") ? .weakPart : nil
    case 0x23: return text.count > 2 && text[1].isDigit ? .weakPart : nil
    case 0x46: return text.has("Fatal error: Uncaught ", at: 0) ? .opener(.any) : nil
    case 0x4e: return isNext(text) ? .weakPart : nil
    case 0x50: return php(text)
    case 0x53: return text.has("Stack trace:", at: 0) ? .weakPart : nil
    case 0x5b: return text.equals("[stacktrace]") ? .part : nil
    default: return nil
    }
  }

  /// `Next Shop\CheckoutFailed: what in /srv/a.php:3`, which the first one led to.
  private static func isNext(_ text: Span<UInt8>) -> Bool {
    guard text.has("Next ", at: 0) else { return false }
    let end = text.wordEnd(5)
    return end > 6 && text[end - 1] == 0x3a && text[text.count - 1].isDigit
  }

  /// `PHP Fatal error:  Uncaught …`, and `PHP   1. {main}() /srv/a.php:0`.
  private static func php(_ text: Span<UInt8>) -> TraceLine? {
    guard text.has("PHP ", at: 0) else { return nil }
    if text.has("PHP  ", at: 0) || text.has("PHP Stack trace:", at: 0) { return .weakPart }
    guard let colon = text.find(0x3a, 4, 40) else { return nil }
    return text.has(":  ", at: colon) ? .opener(.any) : nil
  }
}
