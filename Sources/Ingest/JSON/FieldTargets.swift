internal import Bytes
internal import Model

/// Where a known key's value goes when it is a field: its ECS name, and whether stages want it.
struct FieldTargets: ~Copyable {
  struct Target: BitwiseCopyable {
    /// The catalogue's number; 0 where the key keeps its own name.
    var name: UInt16
    /// A field that stages use, made in every mode.
    var isWanted: Bool
    /// Only a number may take the name.
    var needsNumber: Bool
    /// Only an IP address may take the name; a port behind it gets a field of its own.
    var needsAddress: Bool
    /// Only text with a line break may take the name: a stack trace.
    var needsLines: Bool
  }

  private var targets: FixedBuffer<Target>
  /// The keys of fields that stages use.
  static var wanted: [KnownKey] { correlation.map(\.0) + watched + [.kept] }

  /// Who came, as whom, for what: fields that the watch for attacks counts by.
  private static let watched: [KnownKey] = [
    .sourceIP, .sourceIPFlat, .userName, .userNameFlat, .method, .methodFlat, .urlPath, .urlFlat,
    .userAgent, .userAgentFlat, .destinationPortFlat, .actionFlat, .reasonFlat,
  ]

  let stackTrace = WellKnownField.stackTrace.name
  let spanID = WellKnownField.spanID.name
  let httpVersion = WellKnownField.httpVersion.name
  let transport = WellKnownField.transport.name
  let status = WellKnownField.status.name
  let sourcePort = WellKnownField.sourcePort.name
  let destinationPort = WellKnownField.destinationPort.name
  let sourceIP = WellKnownField.sourceIP.name

  private static let correlation: [(KnownKey, WellKnownField)] = [
    (.spanID, .spanID), (.spanIDFlat, .spanID), (.googleSpan, .spanID), (.contextSpan, .spanID),
    (.requestID, .requestID), (.requestIDFlat, .requestID),
    (.sessionID, .sessionID), (.sessionIDFlat, .sessionID),
    (.orderID, .orderID), (.orderIDFlat, .orderID),
    (.errorType, .errorType), (.errorTypeFlat, .errorType),
    (.errorMessage, .errorMessage), (.errorMessageFlat, .errorMessage),
    (.errorWord, .errorMessage), (.errWord, .errorMessage),
    (.stackTrace, .stackTrace), (.stackTraceFlat, .stackTrace),
    (.status, .status), (.statusFlat, .status), (.duration, .duration),
  ]

  private static let others: [(KnownKey, WellKnownField)] = [
    (.journalFacility, .facility), (.codeFile, .codeFile), (.codeLine, .codeLine),
    (.codeFunction, .codeFunction),
    (.executable, .executable), (.commandLine, .commandLine), (.userID, .userID),
    (.machineID, .hostID),
    (.journalContainerID, .containerID), (.journalContainerName, .containerName),
    (.loggerField, .logger), (.threadName, .threadName), (.threadID, .threadID),
    (.threadIDFlat, .threadID),
    (.method, .method), (.methodFlat, .method), (.urlPath, .urlPath), (.urlFlat, .urlOriginal),
    (.userAgent, .userAgent), (.sourceIP, .sourceIP), (.sourceIPFlat, .sourceIP),
    (.userName, .userName), (.userNameFlat, .userName), (.podName, .podName),
    (.namespace, .namespace), (.containerID, .containerID), (.stream, .stream),
    (.userAgentFlat, .userAgent), (.sourcePortFlat, .sourcePort),
    (.destinationIPFlat, .destinationIP), (.destinationPortFlat, .destinationPort),
    (.transportFlat, .transport), (.bodyBytesFlat, .bodyBytes),
    (.requestBytesFlat, .requestBytes), (.referrerFlat, .referrer),
    (.httpVersionFlat, .httpVersion), (.urlDomainFlat, .urlDomain), (.actionFlat, .eventAction),
    (.eventCodeFlat, .eventCode), (.reasonFlat, .eventReason),
    (.serviceVersion, .serviceVersion), (.serviceEnvironment, .serviceEnvironment),
  ]

  init() {
    let own = Target(
      name: 0, isWanted: false, needsNumber: false, needsAddress: false, needsLines: false)
    targets = FixedBuffer(repeating: own, count: 256)
    for (key, field) in Self.others { targets[Int(key.rawValue)].name = field.name.number }
    for (key, field) in Self.correlation {
      targets[Int(key.rawValue)].name = field.name.number
      targets[Int(key.rawValue)].isWanted = true
    }
    for key in Self.watched { targets[Int(key.rawValue)].isWanted = true }
    targets[Int(KnownKey.kept.rawValue)].isWanted = true
    for key in [KnownKey.sourceIPFlat, .destinationIPFlat] {
      targets[Int(key.rawValue)].needsAddress = true
    }
    for key in [
      KnownKey.status, .statusFlat, .duration, .journalFacility, .codeLine, .sourcePortFlat,
      .destinationPortFlat, .bodyBytesFlat, .requestBytesFlat,
    ] {
      targets[Int(key.rawValue)].needsNumber = true
    }
    targets[Int(KnownKey.stackTraceFlat.rawValue)].needsLines = true
  }

  subscript(known: UInt8) -> Target { targets[Int(known)] }

  /// The part of a value that may stand under the target's name; nil where none may.
  ///
  /// `-` is no value; a status has three digits; a version stands without its `HTTP/`; a transport is a
  /// short word.
  func part(of bytes: Span<UInt8>, for target: Target) -> Range<Int>? {
    let all = 0..<bytes.count
    if bytes.count == 0 || bytes.count == 1 && bytes[0] == 0x2d { return nil }
    if target.needsLines { return bytes.scan(for: 0x0a) != nil ? all : nil }
    if target.needsAddress { return address(bytes)?.value }
    if target.needsNumber {
      guard bytes.count <= 18, bytes.isJSONNumber else { return nil }
      if target.name == status.number {
        return bytes.count == 3 && (0x31...0x35).contains(bytes[0]) ? all : nil
      }
      return all
    }
    if target.name == httpVersion.number {
      if bytes.has("HTTP/", at: 0), bytes.count > 5 { return 5..<bytes.count }
      return bytes[0].isDigit && bytes.count <= 3 ? all : nil
    }
    if target.name == transport.number {
      guard bytes.count <= 10, bytes[0].isLetter else { return nil }
      for index in all where !bytes[index].isNameByte { return nil }
    }
    return all
  }

  /// The IP address that a value begins with, and the port behind it.
  func address(_ bytes: Span<UInt8>) -> (value: Range<Int>, port: Range<Int>)? {
    AddressText.read(bytes).map { ($0.address, $0.port) }
  }

  /// Where the port that stands behind an address goes.
  func port(besides address: FieldName) -> FieldName {
    address == sourceIP ? sourcePort : destinationPort
  }
}
