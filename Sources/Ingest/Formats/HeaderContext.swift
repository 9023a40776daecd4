import Bytes
import Model

/// Who came and as whom, of the pairs that a logger writes into a bracket of its header:
/// `[name=ann@example.org;oip=192.0.2.7;ua=…]`, `[user=ann, client=192.0.2.7]`.
///
/// Sources: the mapped diagnostic context of logback and log4j 2; Zimbra's mailbox.log, whose `oip` is the
/// address that a request came from and whose `ip` may be a proxy's.
enum HeaderContext {
  /// Keys in the order of preference.
  private static let addresses: [StaticString] = [
    "oip", "client", "clientip", "client_ip", "remoteip", "remote_ip", "remoteaddr", "remote_addr",
    "rhost", "srcip", "src", "ip",
  ]
  private static let users: [StaticString] = ["user", "username", "account", "login", "name"]

  static func note(_ text: FrameText, _ range: Range<Int>, in batch: Batch) {
    let bytes = text.bytes
    if let value = value(of: addresses, bytes, range),
      let read = AddressText.read(bytes.extracting(value))
    {
      let from = value.lowerBound
      batch.fields.append(
        Field(
          TextFields.sourceIP,
          text.range(from + read.address.lowerBound, from + read.address.upperBound)))
    }
    if let value = value(of: users, bytes, range), value.count <= 128 {
      batch.fields.append(
        Field(TextFields.userName, text.range(value.lowerBound, value.upperBound)))
    }
  }

  /// The value of the first key that stands there.
  private static func value(
    of keys: [StaticString], _ bytes: Span<UInt8>, _ range: Range<Int>
  ) -> Range<Int>? {
    for key in keys {
      var at = range.lowerBound
      while at < range.upperBound {
        var end = at
        while end < range.upperBound, !isBreak(bytes[end]) { end += 1 }
        if let equals = bytes.find(0x3d, at, end), bytes.matches(lowercase: key, at, equals),
          equals + 1 < end
        {
          return (equals + 1)..<end
        }
        at = end + 1
      }
    }
    return nil
  }

  private static func isBreak(_ byte: UInt8) -> Bool {
    byte == 0x3b || byte == 0x2c || byte == 0x20
  }
}
