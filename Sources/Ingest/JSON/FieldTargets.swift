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
    /// Only text with a line break may take the name: a stack trace.
    var needsLines: Bool
  }

  private var targets: FixedBuffer<Target>
  /// The keys of fields that stages use.
  static var wanted: [KnownKey] { correlation.map(\.0) + [.kept] }

  let stackTrace = WellKnownField.stackTrace.name
  let spanID = WellKnownField.spanID.name

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
    (.serviceVersion, .serviceVersion), (.serviceEnvironment, .serviceEnvironment),
  ]

  init() {
    let own = Target(name: 0, isWanted: false, needsNumber: false, needsLines: false)
    targets = FixedBuffer(repeating: own, count: 256)
    for (key, field) in Self.others { targets[Int(key.rawValue)].name = field.name.number }
    for (key, field) in Self.correlation {
      targets[Int(key.rawValue)].name = field.name.number
      targets[Int(key.rawValue)].isWanted = true
    }
    targets[Int(KnownKey.kept.rawValue)].isWanted = true
    for key in [KnownKey.status, .statusFlat, .duration, .journalFacility, .codeLine] {
      targets[Int(key.rawValue)].needsNumber = true
    }
    targets[Int(KnownKey.stackTraceFlat.rawValue)].needsLines = true
  }

  subscript(known: UInt8) -> Target { targets[Int(known)] }
}
