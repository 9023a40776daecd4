/// A deployment, a restart or a boot: something changed here, which is where people look first.
package struct ChangeMarker: Sendable {
  package enum Kind: String, Sendable { case deployment, restart, boot }

  package var at: Timestamp
  package var kind: Kind
  package var service: Symbol
  package var host: Symbol
  /// The entry's words.
  package var message: String

  package init(at: Timestamp, kind: Kind, service: Symbol, host: Symbol, message: String) {
    self.at = at
    self.kind = kind
    self.service = service
    self.host = host
    self.message = message
  }
}
