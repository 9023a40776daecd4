import Model

/// Catalogue numbers of the fields that text formats fill, looked up once.
enum TextFields {
  static let spanID = WellKnownField.spanID.name
  static let logger = WellKnownField.logger.name
  static let threadID = WellKnownField.threadID.name
  static let threadName = WellKnownField.threadName.name
  static let codeFile = WellKnownField.codeFile.name
  static let codeLine = WellKnownField.codeLine.name
  static let errorMessage = WellKnownField.errorMessage.name
  static let stackTrace = WellKnownField.stackTrace.name
  static let requestID = WellKnownField.requestID.name
  static let sessionID = WellKnownField.sessionID.name
  static let orderID = WellKnownField.orderID.name
  static let stream = WellKnownField.stream.name
  static let containerName = WellKnownField.containerName.name
  static let sourceAddress = WellKnownField.sourceAddress.name
  static let sourceIP = WellKnownField.sourceIP.name
  static let sourcePort = WellKnownField.sourcePort.name
  static let userName = WellKnownField.userName.name
  static let method = WellKnownField.method.name
  static let urlOriginal = WellKnownField.urlOriginal.name
  static let httpVersion = WellKnownField.httpVersion.name
  static let status = WellKnownField.status.name
  static let bodyBytes = WellKnownField.bodyBytes.name
  static let referrer = WellKnownField.referrer.name
  static let userAgent = WellKnownField.userAgent.name
}
