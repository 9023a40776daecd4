/// The keys of JSON entries that mean something to us, grouped by what they mean.
///
/// Within a role (`Role`) the cases stand in the order of preference: where an object has several of
/// them, the first one counts and the others stay fields under their own names.
enum KnownKey: UInt8, CaseIterable {
  case none = 0
  /// Kept under its own name because stages use it: figures of orders and latencies.
  case kept

  // The journal's.
  case realtime, cursor, bootID, journalHost, journalPID, unit, userUnit, identifier, command
  case aboutUnit, aboutUserUnit, objectUnit, coredumpUnit
  case journalFacility, codeFile, codeLine, codeFunction, executable, commandLine, userID
  case machineID, journalContainerID, journalContainerName
  case journalPriority

  // Time.
  case atTimestamp, serilogTime, timestamp, time, ts, asctime, dateTime, eventTime, timeMillis
  case instantSeconds, mongoDate, googleSeconds, instant, timeShort, unixNanos, auditID,
    observedUnixNanos
  case instantNanos, googleNanos

  // Level.
  case levelName, logLevel, level, severity, severityText, levelShort, serilogLevel, logLevelFlat
  case syslogSeverity, severityNumber, levelNumber, mongoSeverity, priority

  // Message.
  case message, messageShort, serilogMessage, nestedMessage, shortMessage, textPayload
  case payloadMessage, eventText, serilogTemplate, text, body, logText, journalMessage

  // Service, host, program, process, logger, thread.
  case serviceName, service, serviceNameFlat, application, containerService, component
  case hostName, hostNameFlat, host, hostHostName, machineName, kubernetesHost
  case processName, program
  case processID, processIDFlat, process
  case loggerField, logger, loggerName, sourceContext, target, channel, name, mongoComponent
  case threadName, threadID

  // Correlation.
  case traceID, traceIDFlat, googleTrace, contextTrace, traceWord
  case traceParent
  case spanID, spanIDFlat, googleSpan, contextSpan
  case requestID, requestIDFlat
  case sessionID, sessionIDFlat
  case orderID, orderIDFlat

  // Errors.
  case errorType, errorTypeFlat
  case errorMessage, errorMessageFlat, errorWord, errWord
  case stackTrace, stackTraceFlat

  // HTTP and the like.
  case status, statusFlat
  case duration
  case method, methodFlat
  case urlPath, urlFlat
  case userAgent, userAgentFlat
  case sourceIP, sourceIPFlat, sourcePortFlat
  case destinationIPFlat, destinationPortFlat, transportFlat
  case bodyBytesFlat, requestBytesFlat, referrerFlat, httpVersionFlat, urlDomainFlat
  case actionFlat, eventCodeFlat, reasonFlat
  case userName, userNameFlat
  case podName, namespace, containerID
  case serviceVersion, serviceEnvironment
  case threadIDFlat

  // What tells formats apart.
  case stream, version, fullMessage, resourceLogs, bunyanVersion

  /// A set of keys of which an entry takes the first that it has.
  struct Role {
    let first: KnownKey
    let last: KnownKey

    init(_ first: KnownKey, _ last: KnownKey) {
      self.first = first
      self.last = last
    }

    static let time = Role(.atTimestamp, .observedUnixNanos)
    static let level = Role(.levelName, .priority)
    static let message = Role(.message, .journalMessage)
    static let service = Role(.serviceName, .component)
    static let host = Role(.hostName, .kubernetesHost)
    static let program = Role(.processName, .program)
    static let process = Role(.processID, .process)
    static let logger = Role(.loggerField, .mongoComponent)
    static let trace = Role(.traceID, .traceWord)
    static let span = Role(.spanID, .contextSpan)
  }
}
