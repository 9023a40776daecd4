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
    let bytes = Array(message.utf8)
    tellsRestart = Self.tellsRestart(bytes)
    unit = Self.unit(in: bytes)
  }

  private static func tellsRestart(_ bytes: [UInt8]) -> Bool {
    let wanted = restart
    var at = 0
    while at + wanted.count <= bytes.count {
      if at == 0 || bytes[at - 1] == 0x20 {
        var same = 0
        while same < wanted.count, bytes[at + same] | 0x20 == wanted[same] { same += 1 }
        if same == wanted.count { return true }
      }
      at += 1
    }
    return false
  }

  /// `order-service` in `Started order-service.service - Orders.`, `cron` in `Started cron.service.`
  package static func unit(in message: String) -> String? { unit(in: Array(message.utf8)) }

  private static func unit(in bytes: [UInt8]) -> String? {
    var start = 0
    for end in 0...bytes.count {
      let isEnd =
        end == bytes.count || bytes[end] == 0x20 || bytes[end] == 0x3a || bytes[end] == 0x2c
      if !isEnd { continue }
      var word = bytes[start..<end]
      if word.last == 0x2e { word.removeLast() }
      if word.count >= service.count, word.suffix(service.count).elementsEqual(service) {
        return String(decoding: word.dropLast(service.count), as: UTF8.self)
      }
      start = end + 1
    }
    return nil
  }

  private static let restart = Array("restart".utf8)
  private static let service = Array(".service".utf8)
}
