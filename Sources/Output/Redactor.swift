package import Bytes

/// Takes secrets out of texts: passwords and tokens beside their names or in URLs, bearer and basic
/// credentials, AWS key ids, provider tokens, JWTs, private key blocks, payment card numbers.
///
/// One pass over words (runs of letters, digits, `_`, `-`, `.`); each rule looks at a word and what
/// follows it, and the pass goes on behind what the rule took: linear in the text, no patterns.
/// - Limits: none; a secret without a telling name or form is not seen.
package struct Redactor: Sendable {
  package static let mark: StaticString = "[redacted]"

  package init() {}

  /// Copies `text` with `[redacted]` in place of secrets; tells how many there were.
  @discardableResult
  package func redact(_ text: Span<UInt8>, into out: inout ByteBuffer) -> Int {
    var found = 0
    var copied = 0
    var at = 0
    while at < text.count {
      guard SecretWords.isWord(text[at]) else {
        at += 1
        continue
      }
      let end = SecretWords.wordEnd(text, from: at)
      let word = at..<end
      if let secret = secret(text, word) {
        out.write(text.extracting(copied..<secret.lowerBound))
        out.write(Self.mark)
        copied = secret.upperBound
        found += 1
        at = max(secret.upperBound, at + 1)
      } else {
        at = end
      }
    }
    out.write(text.extracting(min(copied, text.count)...))
    return found
  }

  func redact(_ text: borrowing ByteBuffer, into out: inout ByteBuffer) -> Int {
    redact(text.span, into: &out)
  }

  package func redacted(_ text: String) -> String {
    var out = ByteBuffer(capacity: text.utf8.count + 32)
    let found = redact(Array(text.utf8).span, into: &out)
    return found == 0 ? text : out.text()
  }

  /// Whether a field of this name holds a secret as a whole.
  package static func isSecret(name: Span<UInt8>) -> Bool {
    SecretWords.isSecretName(name, 0..<name.count)
  }

  /// The bytes to take out that the word at `word` tells of.
  private func secret(_ text: Span<UInt8>, _ word: Range<Int>) -> Range<Int>? {
    if let block = SecretForms.privateKey(text, word) { return block }
    if let token = SecretForms.token(text, word) { return token }
    if let card = SecretForms.cardNumber(text, word) { return card }
    if let password = SecretForms.password(inURL: text, word) { return password }
    if let credentials = SecretForms.credentials(text, word) { return credentials }
    guard SecretWords.isSecretName(text, word) else { return nil }
    return SecretForms.value(of: text, word)
  }
}
