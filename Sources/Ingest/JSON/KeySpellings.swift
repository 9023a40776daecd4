/// How loggers spell the known keys, nested ones dotted.
///
/// Sources: systemd.journal-fields(7); ECS 9; the manuals of bunyan, pino, winston, zap, logrus, Go's
/// slog, laurel's audit records, log4j 2 JSON layouts, logback, python-json-logger, structlog, Serilog CLEF, Monolog, GELF 1.1,
/// MongoDB 4.4 structured logs, Google Cloud Logging, Rust's tracing; OpenTelemetry's data model.
enum KeySpellings {
  static let all: [(KnownKey, [StaticString])] =
    journal + entry + correlation + fields
    + RequestKeys.all

  static var count: Int { all.reduce(0) { $0 + $1.1.count } }

  private static let journal: [(KnownKey, [StaticString])] = [
    (.realtime, ["__REALTIME_TIMESTAMP"]),
    (.cursor, ["__CURSOR"]),
    (.bootID, ["_BOOT_ID"]),
    (.journalHost, ["_HOSTNAME"]),
    (.journalPID, ["_PID"]),
    (.unit, ["_SYSTEMD_UNIT"]),
    (.userUnit, ["_SYSTEMD_USER_UNIT"]),
    (.identifier, ["SYSLOG_IDENTIFIER"]),
    (.command, ["_COMM"]),
    (.aboutUnit, ["UNIT"]),
    (.aboutUserUnit, ["USER_UNIT"]),
    (.objectUnit, ["OBJECT_SYSTEMD_UNIT"]),
    (.coredumpUnit, ["COREDUMP_UNIT"]),
    (.journalFacility, ["SYSLOG_FACILITY"]),
    (.codeFile, ["CODE_FILE", "log.origin.file.name"]),
    (.codeLine, ["CODE_LINE", "log.origin.file.line"]),
    (.codeFunction, ["CODE_FUNC", "log.origin.function"]),
    (.executable, ["_EXE", "process.executable"]),
    (.commandLine, ["_CMDLINE", "process.command_line"]),
    (.userID, ["_UID", "user.id"]),
    (.machineID, ["_MACHINE_ID", "host.id"]),
    (.journalContainerID, ["CONTAINER_ID_FULL"]),
    (.journalContainerName, ["CONTAINER_NAME"]),
    (.journalPriority, ["PRIORITY"]),
    (.journalMessage, ["MESSAGE"]),
  ]

  private static let entry: [(KnownKey, [StaticString])] = [
    (.atTimestamp, ["@timestamp"]),
    (.serilogTime, ["@t"]),
    (.timestamp, ["timestamp", "Timestamp", "TIMESTAMP"]),
    (.time, ["time", "Time"]),
    (.ts, ["ts"]),
    (.asctime, ["asctime"]),
    (.dateTime, ["datetime", "dateTime", "date_time", "date"]),
    (
      .eventTime,
      [
        "eventTime", "event_time", "eventTimestamp", "logTime", "log_time", "EventTime",
        "requestReceivedTimestamp", "stageTimestamp", "start_time", "startTime", "time_local",
        "time_iso8601", "StartUTC",
      ]
    ),
    (.timeMillis, ["timeMillis", "timestamp_ms", "timestampMs", "time_ms"]),
    (.instantSeconds, ["instant.epochSecond"]),
    (.instantNanos, ["instant.nanoOfSecond"]),
    (.mongoDate, ["t.$date", "t.$date.$numberLong"]),
    (.googleSeconds, ["timestampSeconds", "timestamp.seconds", "time.seconds"]),
    (.googleNanos, ["timestampNanos", "timestamp.nanos", "time.nanos"]),
    (.instant, ["instant"]),
    (.timeShort, ["t"]),
    (.unixNanos, ["timeUnixNano", "time_unix_nano"]),
    (.auditID, ["ID"]),
    (.observedUnixNanos, ["observedTimeUnixNano", "observed_time_unix_nano"]),
    (.levelName, ["levelname", "level_name", "levelName"]),
    (.logLevel, ["log.level"]),
    (.level, ["level", "Level", "LEVEL"]),
    (.severity, ["severity", "Severity", "SEVERITY"]),
    (.severityText, ["severityText", "severity_text", "SeverityText"]),
    (.levelShort, ["lvl"]),
    (.serilogLevel, ["@l"]),
    (.logLevelFlat, ["loglevel", "log_level", "logLevel", "LogLevel"]),
    (.syslogSeverity, ["log.syslog.severity.name"]),
    (.severityNumber, ["severityNumber", "severity_number", "SeverityNumber"]),
    (.levelNumber, ["levelno"]),
    (.mongoSeverity, ["s"]),
    (.priority, ["priority"]),
    (.message, ["message", "Message"]),
    (.messageShort, ["msg", "Msg"]),
    (.serilogMessage, ["@m", "RenderedMessage"]),
    (.nestedMessage, ["fields.message", "log.message"]),
    (.shortMessage, ["short_message"]),
    (.textPayload, ["textPayload"]),
    (.payloadMessage, ["jsonPayload.message", "jsonPayload.msg"]),
    (.eventText, ["event"]),
    (.serilogTemplate, ["@mt", "MessageTemplate", "messageTemplate"]),
    (.text, ["text", "xml", "event.xml", "Event.xml", "EventXml", "EventXML", "event_xml"]),
    (.body, ["body", "Body"]),
    (.logText, ["log"]),
    (.serviceName, ["service.name"]),
    (.service, ["service", "Service", "_service"]),
    (.serviceNameFlat, ["service_name", "serviceName", "ServiceName", "svc"]),
    (
      .application, ["app", "application", "app_name", "appName", "appname", "_app", "Application"]
    ),
    (
      .containerService,
      [
        "container.name", "kubernetes.container_name", "kubernetes.container.name",
        "container_name",
      ]
    ),
    (.component, ["component"]),
    (.hostName, ["host.name"]),
    (.hostNameFlat, ["hostname", "Hostname", "HostName"]),
    (.host, ["host", "Host"]),
    (.hostHostName, ["host.hostname"]),
    (.machineName, ["MachineName", "Properties.MachineName"]),
    (.kubernetesHost, ["kubernetes.host", "kubernetes.node.name"]),
    (.processName, ["process.name"]),
    (.program, ["program", "programname", "process_name", "processName", "ident"]),
    (.processID, ["process.pid"]),
    (.processIDFlat, ["pid", "process_id", "processId", "ProcessId", "_pid"]),
    (.process, ["process"]),
    (.loggerField, ["log.logger"]),
    (.logger, ["logger", "Logger", "_logger"]),
    (.loggerName, ["logger_name", "loggerName", "LoggerName"]),
    (.sourceContext, ["SourceContext", "Properties.SourceContext"]),
    (.target, ["target"]),
    (.channel, ["channel"]),
    (.name, ["name"]),
    (.mongoComponent, ["c"]),
    (.threadName, ["thread", "thread_name", "threadName", "process.thread.name", "_thread"]),
    (.threadID, ["process.thread.id"]),
    (.threadIDFlat, ["thread_id", "threadId", "ThreadId", "tid"]),
  ]

  private static let correlation: [(KnownKey, [StaticString])] = [
    (.traceID, ["trace.id"]),
    (
      .traceIDFlat,
      [
        "trace_id", "traceId", "traceid", "TraceId", "traceID", "TRACE_ID", "otelTraceID", "@tr",
        "_trace_id", "_traceId",
      ]
    ),
    (.googleTrace, ["logging.googleapis.com/trace"]),
    (
      .contextTrace,
      [
        "contextMap.traceId", "contextMap.trace_id", "mdc.traceId", "mdc.trace_id",
        "context.trace_id", "fields.trace_id", "span.trace_id", "attr.trace_id", "dd.trace_id",
      ]
    ),
    (.traceWord, ["trace"]),
    (
      .traceParent,
      [
        "traceparent", "trace_parent", "headers.traceparent", "req.headers.traceparent",
        "http.request.headers.traceparent",
      ]
    ),
    (.spanID, ["span.id"]),
    (
      .spanIDFlat,
      [
        "span_id", "spanId", "spanid", "SpanId", "spanID", "SPAN_ID", "otelSpanID", "@sp",
        "_span_id",
      ]
    ),
    (.googleSpan, ["logging.googleapis.com/spanId"]),
    (
      .contextSpan,
      [
        "contextMap.spanId", "contextMap.span_id", "mdc.spanId", "mdc.span_id", "context.span_id",
        "dd.span_id",
      ]
    ),
    (.requestID, ["http.request.id"]),
    (
      .requestIDFlat,
      [
        "request_id", "requestId", "requestID", "RequestId", "RequestID", "requestid", "REQUEST_ID",
        "req_id", "reqId", "req.id", "request.id", "x-request-id", "x_request_id", "X-Request-ID",
        "X-Request-Id", "correlation_id", "correlationId", "correlation-id", "CorrelationId",
        "_request_id", "mdc.requestId", "contextMap.requestId", "reqid",
      ]
    ),
    (.sessionID, ["session.id"]),
    (
      .sessionIDFlat,
      [
        "session_id", "sessionId", "sessionID", "SessionId", "SESSION_ID", "sessionid", "session",
        "_session_id",
      ]
    ),
    (.orderID, ["order.id"]),
    (
      .orderIDFlat,
      [
        "order_id", "orderId", "orderID", "OrderId", "OrderID", "ORDER_ID", "orderid", "clOrdId",
        "ClOrdID", "cl_ord_id", "client_order_id", "clientOrderId", "_order_id",
      ]
    ),
  ]

  private static let fields: [(KnownKey, [StaticString])] = [
    (.errorType, ["error.type"]),
    (
      .errorTypeFlat,
      [
        "err.type", "err.name", "error.name", "error.kind", "exception.type", "exceptionType",
        "exception_type", "exception_class", "exception.class", "thrown.name", "error_type",
        "exc_type", "errorType", "exception.exception_class",
      ]
    ),
    (.errorMessage, ["error.message"]),
    (
      .errorMessageFlat,
      [
        "err.message", "err.msg", "exception.message", "thrown.message", "error.msg",
        "error_message", "errorMessage", "exception_message", "exception.exception_message",
      ]
    ),
    (.errorWord, ["error"]),
    (.errWord, ["err"]),
    (.stackTrace, ["error.stack_trace"]),
    (
      .stackTraceFlat,
      [
        "stack_trace", "stacktrace", "stackTrace", "stack", "err.stack", "error.stack", "exc_info",
        "exception", "exception.stacktrace", "exception.stack_trace", "@x", "Exception",
        "thrown.extendedStackTrace", "traceback", "errorVerbose", "error.stacktrace", "exc_text",
      ]
    ),
    (.status, ["http.response.status_code"]),
    (.duration, ["event.duration"]),
    (.method, ["http.request.method"]),
    (.urlPath, ["url.path"]),
    (.userAgent, ["user_agent.original"]),
    (.sourceIP, ["source.ip"]),
    (.userName, ["user.name"]),
    (.podName, ["kubernetes.pod.name", "kubernetes.pod_name"]),
    (.namespace, ["kubernetes.namespace", "kubernetes.namespace_name"]),
    (.containerID, ["container.id", "container_id"]),
    (.serviceVersion, ["service.version"]),
    (.serviceEnvironment, ["service.environment"]),
    (.stream, ["stream"]),
    (.version, ["version"]),
    (.fullMessage, ["full_message"]),
    (.resourceLogs, ["resourceLogs"]),
    (.bunyanVersion, ["v"]),
    (
      .kept,
      [
        "symbol", "instrument", "ticker", "side", "quantity", "qty", "price", "fill_price",
        "fillPrice", "filled_qty", "filledQty", "fill_qty", "limit_price", "order_type", "strategy",
        "venue", "pnl", "position", "fee", "latency", "latency_ms", "latencyMs", "latency_us",
        "duration", "duration_ms", "durationMs", "duration_us", "elapsed", "elapsed_ms",
        "elapsedMs",
        "took", "took_ms", "response_time", "responseTime", "response_time_ms", "request_time",
        "attr.durationMillis", "durationMillis", "responseTimeMs", "elapsedTime", "size", "reason",
        "_latency_ms", "_duration_ms", "success", "Success", "successful", "outcome", "Outcome",
        "result", "Result", "authenticated", "login_success", "responseElements.ConsoleLogin",
        "event.outcome", "outcome.result", "ResultStatus", "resultStatus",
      ]
    ),
  ]
}
