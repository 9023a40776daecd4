import Bytes
import Model

/// What the keys of CEF's extension and of LEEF's events mean, as ECS names.
///
/// Sources: ArcSight CEF revision 26, appendix A; IBM LEEF 2.0, predefined attributes; the names are those
/// that Elastic's `decode_cef` gives.
enum EventKey {
  enum Meaning {
    case time, message, host, outcome
    case field(WellKnownField, isNumber: Bool)
    case other
  }

  static let vendor = WellKnownField.observerVendor
  static let product = WellKnownField.observerProduct
  static let version = WellKnownField.observerVersion
  static let code = WellKnownField.eventCode

  private static let fields: [(StaticString, WellKnownField, isNumber: Bool)] = [
    ("src", .sourceIP, false), ("dst", .destinationIP, false), ("spt", .sourcePort, true),
    ("dpt", .destinationPort, true), ("suser", .sourceUser, false),
    ("duser", .destinationUser, false), ("act", .eventAction, false),
    ("proto", .transport, false), ("app", .networkProtocol, false),
    ("request", .urlOriginal, false), ("requestMethod", .method, false),
    ("requestClientApplication", .userAgent, false), ("requestContext", .referrer, false),
    ("shost", .sourceDomain, false), ("dhost", .destinationDomain, false),
    ("smac", .sourceMAC, false), ("dmac", .destinationMAC, false), ("in", .sourceBytes, true),
    ("out", .destinationBytes, true), ("fname", .fileName, false), ("filePath", .filePath, false),
    ("fsize", .fileSize, true), ("reason", .eventReason, false), ("externalId", .eventID, false),
    ("dvc", .observerIP, false), ("sproc", .sourceProcess, false),
    ("sourceTranslatedAddress", .sourceNATIP, false),
    ("sourceTranslatedPort", .sourceNATPort, true),
    ("destinationTranslatedAddress", .destinationNATIP, false),
    ("destinationTranslatedPort", .destinationNATPort, true),
    ("deviceInboundInterface", .ingressInterface, false),
    ("deviceOutboundInterface", .egressInterface, false),
    ("srcPort", .sourcePort, true), ("dstPort", .destinationPort, true),
    ("usrName", .userName, false), ("srcBytes", .sourceBytes, true),
    ("dstBytes", .destinationBytes, true), ("srcMAC", .sourceMAC, false),
    ("dstMAC", .destinationMAC, false), ("action", .eventAction, false),
    ("url", .urlOriginal, false), ("policy", .ruleName, false),
    ("srcPostNAT", .sourceNATIP, false), ("dstPostNAT", .destinationNATIP, false),
    ("srcPostNATPort", .sourceNATPort, true), ("dstPostNATPort", .destinationNATPort, true),
  ]

  static func meaning(_ key: Span<UInt8>) -> Meaning {
    if key.equals("rt") || key.equals("devTime") { return .time }
    if key.equals("msg") { return .message }
    if key.equals("dvchost") { return .host }
    if key.equals("outcome") { return .outcome }
    for field in fields where key.equals(field.0) {
      return .field(field.1, isNumber: field.isNumber)
    }
    return .other
  }

  static func outcome(_ word: Span<UInt8>) -> Outcome? {
    if word.matches(lowercase: "success", 0, word.count) { return .success }
    if word.matches(lowercase: "failure", 0, word.count) { return .failure }
    return word.matches(lowercase: "failed", 0, word.count) ? .failure : nil
  }
}
