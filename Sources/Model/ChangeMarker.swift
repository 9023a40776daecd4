/// A deployment, a restart or a boot: something changed here, which is where people look first.
package struct ChangeMarker: Sendable {
  package enum Kind: String, Sendable { case deployment, restart, boot }

  package var at: Timestamp
  package var kind: Kind
  package var service: Symbol
  package var host: Symbol
  /// The entry's words.
  package var message: String
  /// Whether one of them begins with `restart`, in any case.
  package private(set) var tellsRestart: Bool
  /// The unit that the words name, without `.service`.
  package private(set) var unit: String?

  package init(at: Timestamp, kind: Kind, service: Symbol, host: Symbol, message: String) {
    self.at = at
    self.kind = kind
    self.service = service
    self.host = host
    self.message = message
    tellsRestart = Self.tellsRestart(message)
    unit = Self.unit(in: message)
  }

  private static func tellsRestart(_ message: String) -> Bool {
    let wanted = "restart".utf8
    var isStart = true
    var rest = message.utf8[...]
    while let byte = rest.first {
      if isStart, rest.count >= wanted.count,
        zip(rest, wanted).allSatisfy({ $0 | 0x20 == $1 })
      {
        return true
      }
      isStart = byte == 0x20
      rest = rest.dropFirst()
    }
    return false
  }

  /// `order-service` in `Started order-service.service - Orders.`
  package static func unit(in message: String) -> String? {
    for word in message.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x3a || $0 == 0x2c }) {
      if word.count >= 8, word.suffix(8).elementsEqual(".service".utf8) {
        return String(word.dropLast(8))
      }
    }
    return nil
  }
}
