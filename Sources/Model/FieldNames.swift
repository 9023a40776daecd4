/// The catalogue of field names: the ECS names known from the start and those that packs declare.
///
/// Filled before the first entry is read, constant afterwards; at most 65,535 names.
package struct FieldNames: Sendable {
  package private(set) var names: [String]
  private var numbers: [String: UInt16]

  /// Starts with the well-known names, in the order of `WellKnownField`.
  package init() {
    names = [""]
    numbers = [:]
    for field in WellKnownField.allCases { _ = declare(field.rawValue) }
  }

  /// The number of a name, made where it is new; nil where the catalogue is full.
  package mutating func declare(_ name: String) -> FieldName? {
    if let number = numbers[name] { return FieldName(number: number) }
    guard names.count <= Int(UInt16.max) else { return nil }
    let number = UInt16(names.count)
    names.append(name)
    numbers[name] = number
    return FieldName(number: number)
  }

  package subscript(_ name: FieldName) -> String { names[Int(name.number)] }

  package func number(of name: String) -> FieldName? {
    numbers[name].map { FieldName(number: $0) }
  }
}

/// Names that decoders and stages use themselves; their numbers are their positions, from 1.
package enum WellKnownField: String, CaseIterable, Sendable {
  case spanID = "span.id"
  case logger = "log.logger"
  case errorType = "error.type"
  case errorMessage = "error.message"
  case stackTrace = "error.stack_trace"
  case eventAction = "event.action"
  case threadID = "process.thread.id"
  case threadName = "process.thread.name"
  case containerID = "container.id"
  case containerName = "container.name"
  case podName = "kubernetes.pod.name"
  case namespace = "kubernetes.namespace"
  case stream = "log.iostream"
  case facility = "log.syslog.facility.code"
  case priority = "log.syslog.priority"
  case messageID = "log.syslog.msgid"
  case sourceAddress = "source.address"
  case sourceIP = "source.ip"
  case sourcePort = "source.port"
  case destinationIP = "destination.ip"
  case userName = "user.name"
  case method = "http.request.method"
  case status = "http.response.status_code"
  case bodyBytes = "http.response.body.bytes"
  case urlPath = "url.path"
  case urlOriginal = "url.original"
  case userAgent = "user_agent.original"
  case referrer = "http.request.referrer"
  case httpVersion = "http.version"
  case requestID = "http.request.id"
  case sessionID = "session.id"
  case orderID = "order.id"
  case duration = "event.duration"
  case codeFile = "log.origin.file.name"
  case codeLine = "log.origin.file.line"
  case codeFunction = "log.origin.function"
  case serviceVersion = "service.version"
  case serviceEnvironment = "service.environment"
  case executable = "process.executable"
  case commandLine = "process.command_line"
  case userID = "user.id"
  case hostID = "host.id"
  case destinationPort = "destination.port"
  case destinationDomain = "destination.domain"
  case destinationUser = "destination.user.name"
  case destinationBytes = "destination.bytes"
  case destinationMAC = "destination.mac"
  case destinationNATIP = "destination.nat.ip"
  case destinationNATPort = "destination.nat.port"
  case sourceDomain = "source.domain"
  case sourceUser = "source.user.name"
  case sourceBytes = "source.bytes"
  case sourceMAC = "source.mac"
  case sourceNATIP = "source.nat.ip"
  case sourceNATPort = "source.nat.port"
  case sourceProcess = "source.process.name"
  case transport = "network.transport"
  case networkProtocol = "network.protocol"
  case urlDomain = "url.domain"
  case urlQuery = "url.query"
  case requestBytes = "http.request.body.bytes"
  case observerVendor = "observer.vendor"
  case observerProduct = "observer.product"
  case observerVersion = "observer.version"
  case observerIP = "observer.ip"
  case ingressInterface = "observer.ingress.interface.name"
  case egressInterface = "observer.egress.interface.name"
  case eventCode = "event.code"
  case eventID = "event.id"
  case eventReason = "event.reason"
  case ruleName = "rule.name"
  case fileName = "file.name"
  case filePath = "file.path"
  case fileSize = "file.size"

  /// The catalogue number.
  package var name: FieldName { Self.numbers[self] ?? .spelled }

  private static let numbers: [WellKnownField: FieldName] = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map {
      ($0.element, FieldName(number: UInt16($0.offset + 1)))
    })
}
