internal import Bytes

/// Frames of C, C++, Swift, Dart, Elixir and Perl.
extension FrameText {
  /// `#0 0x55d0 in total /src/cart.c:31:10`, `#0  0x55d0 in total (item=0x0) at cart.c:31`, and Dart's
  /// `#0      Cart.total (package:shop/cart.dart:31:5)`.
  static func numbered(_ text: Span<UInt8>) -> StackTrace.Frame? {
    guard text[0] == 0x23 else { return nil }
    var at = afterDigits(text, 1)
    guard at > 1 else { return nil }
    at = afterBlanks(text, at)
    guard at < text.count else { return nil }
    guard text.has("0x", at: at) else { return dart(text, at) }
    while at < text.count, text[at] != 0x20 { at += 1 }
    guard text.has(" in ", at: at) else { return nil }
    let name = text.extracting((at + 4)..<nameEnd(text, at + 4))
    return native(name, place: text.extracting((at + 4)..<text.count))
  }

  private static func dart(_ text: Span<UInt8>, _ at: Int) -> StackTrace.Frame? {
    var paren = at
    while paren < text.count, !text.has(" (", at: paren) { paren += 1 }
    guard paren > at, text.has(" (", at: paren) else { return nil }
    let place = text.extracting((paren + 2)..<text.count)
    return StackTrace.Frame(text.extracting(at..<paren), place, .dart)
  }

  /// Valgrind's `at 0x1091A9: total (cart.c:31)` and `by 0x1091F0: main (app.c:9)`.
  static func valgrind(_ text: Span<UInt8>) -> StackTrace.Frame? {
    guard text.has("at 0x", at: 0) || text.has("by 0x", at: 0),
      let colon = text.firstIndex(of: 0x3a, from: 5), colon + 2 < text.count
    else { return nil }
    let name = text.extracting((colon + 2)..<nameEnd(text, colon + 2))
    return native(name, place: text.extracting(colon..<text.count))
  }

  /// glibc's `./shop(total+0x1d)[0x55d0]`.
  static func symbol(_ text: Span<UInt8>) -> StackTrace.Frame? {
    guard text[0] == 0x2e || text[0] == 0x2f, let paren = text.firstIndex(of: 0x28, from: 1),
      let plus = text.firstIndex(of: 0x2b, from: paren), plus > paren + 1,
      text.has("+0x", at: plus)
    else { return nil }
    return native(text.extracting((paren + 1)..<plus), place: text.extracting(0..<paren))
  }

  private static func native(_ name: Span<UInt8>, place: Span<UInt8>) -> StackTrace.Frame? {
    guard !name.isEmpty, !name.has("??", at: 0) else { return nil }
    return StackTrace.Frame(name, place, .native)
  }

  /// Swift's `1 [ra] 0x7f0a total(of:) + 41 in shop at /src/Cart.swift:31:5`, and
  /// `1    shop     0x55d0 total(of:) + 42`; the first also without the address.
  static func swift(_ text: Span<UInt8>) -> StackTrace.Frame? {
    var at = afterDigits(text, 0)
    guard at > 0, at < text.count, text[at] == 0x20 else { return nil }
    let number = at
    while at + 2 < text.count, !text.has(" 0x", at: at) { at += 1 }
    if text.has(" 0x", at: at) {
      at += 1
      while at < text.count, text[at] != 0x20 { at += 1 }
    } else {
      // Without addresses the place must tell that it is a frame.
      guard holds(text, " in ") else { return nil }
      at = number
    }
    at = afterBlanks(text, at)
    while at < text.count, text[at] == 0x5b {
      while at < text.count, text[at] != 0x20 { at += 1 }
      at = afterBlanks(text, at)
    }
    var end = at
    while end < text.count, !text.has(" + ", at: end), !text.has(" in ", at: end) { end += 1 }
    guard end > at else { return nil }
    return StackTrace.Frame(text.extracting(at..<end), text, .swift)
  }

  /// `(shop 1.2.0) lib/shop/cart.ex:31: Shop.Cart.total/1`
  static func elixir(_ text: Span<UInt8>) -> StackTrace.Frame? {
    guard text[0] == 0x28, let close = text.firstIndex(of: 0x29, from: 1) else { return nil }
    var at = close
    while at < text.count, !text.has(": ", at: at) { at += 1 }
    guard text.has(": ", at: at), at + 2 < text.count, text[at - 1] &- 0x30 < 10 else { return nil }
    return StackTrace.Frame(text.extracting((at + 2)..<text.count), text, .elixir)
  }

  /// `Shop::Cart::total("pear") called at /srv/shop/app.pl line 9`
  static func perl(_ text: Span<UInt8>) -> StackTrace.Frame? {
    guard holds(text, " called at "), holds(text, " line ") else { return nil }
    let end = nameEnd(text, 0)
    guard end > 0 else { return nil }
    return StackTrace.Frame(text.extracting(0..<end), text, .perl)
  }

  private static func afterDigits(_ text: Span<UInt8>, _ from: Int) -> Int {
    var at = from
    while at < text.count, text[at] &- 0x30 < 10 { at += 1 }
    return at
  }

  private static func afterBlanks(_ text: Span<UInt8>, _ from: Int) -> Int {
    var at = from
    while at < text.count, text[at] == 0x20 { at += 1 }
    return at
  }

  /// Where a function's name ends: at its parameters or a blank.
  private static func nameEnd(_ text: Span<UInt8>, _ from: Int) -> Int {
    var at = from
    while at < text.count, text[at] != 0x28, text[at] != 0x20 { at += 1 }
    return at
  }
}
