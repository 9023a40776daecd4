internal import Bytes

/// Which names announce a secret.
enum SecretWords {
  /// Names end with one of these, compared without case and without `_`, `-`, `.`.
  private static let endings: [StaticString] = [
    "password", "passwd", "passphrase", "passcode", "pwd", "secret", "token", "apikey",
    "accesskey", "secretkey", "privatekey", "signingkey", "encryptionkey", "credential",
    "credentials", "authorization", "secretaccesskey", "sessionkey",
  ]

  static func isWord(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == 0x5f || byte == 0x2d || byte == 0x2e
  }

  static func isAlphanumeric(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
  }

  static func wordEnd(_ text: Span<UInt8>, from start: Int) -> Int {
    var at = start
    while at < text.count, isWord(text[at]) { at += 1 }
    return at
  }

  static func isSecretName(_ text: Span<UInt8>, _ name: Range<Int>) -> Bool {
    for ending in endings where ends(text, name, with: ending) { return true }
    return name.count == 4 && equals(text, name, "pass")
  }

  /// Whether the word is `literal` (lower case), without regard to case.
  static func equals(_ text: Span<UInt8>, _ word: Range<Int>, _ literal: StaticString) -> Bool {
    guard word.count == literal.utf8CodeUnitCount else { return false }
    return ends(text, word, with: literal)
  }

  /// Goes backwards over both, past separators in the name; a separator or a change of case to upper
  /// need not stand before the ending.
  private static func ends(
    _ text: Span<UInt8>, _ name: Range<Int>, with ending: StaticString
  ) -> Bool {
    ending.withUTF8Buffer { buffer in
      let letters = unsafe Span(_unsafeElements: buffer)
      var left = letters.count
      var at = name.upperBound
      while left > 0 {
        guard at > name.lowerBound else { return false }
        at -= 1
        let byte = text[at]
        if byte == 0x5f || byte == 0x2d || byte == 0x2e, left < letters.count { continue }
        guard byte | 0x20 == letters[left - 1] else { return false }
        left -= 1
      }
      return true
    }
  }
}
