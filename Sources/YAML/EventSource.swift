internal import CYAML
internal import Model

/// One of the parser's events, as values of this side.
enum YAMLEvent {
  case streamEnd
  case documentStart
  case documentEnd
  case alias(String)
  case scalar(String, YAMLNode.ScalarStyle, anchor: String?)
  case sequenceStart(anchor: String?)
  case sequenceEnd
  case mappingStart(anchor: String?)
  case mappingEnd
  case other
}

/// libyaml's event parser over bytes in memory.
@safe
struct EventSource: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let text: UnsafeMutableBufferPointer<UInt8>
  private let file: String
  /// Where the last event began, from 1.
  private(set) var line = 1
  private(set) var column = 1

  init(_ bytes: [UInt8], file: String) {
    self.file = file
    unsafe text = .allocate(capacity: max(1, bytes.count))
    _ = unsafe text.initialize(from: bytes)
    unsafe parser = .allocate(capacity: 1)
    unsafe yaml_parser_initialize(parser)
    unsafe yaml_parser_set_input_string(parser, text.baseAddress, bytes.count)
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe text.deallocate()
  }

  mutating func next() throws(ConfigurationError) -> YAMLEvent {
    var event = unsafe yaml_event_t()
    guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw problem() }
    defer { unsafe yaml_event_delete(&event) }
    line = unsafe Int(event.start_mark.line) + 1
    column = unsafe Int(event.start_mark.column) + 1
    return unsafe Self.translate(event)
  }

  private static func translate(_ event: yaml_event_t) -> YAMLEvent {
    switch unsafe event.type {
    case YAML_STREAM_END_EVENT: return .streamEnd
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_DOCUMENT_END_EVENT: return .documentEnd
    case YAML_ALIAS_EVENT: return unsafe .alias(name(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      let style: YAMLNode.ScalarStyle =
        switch unsafe scalar.style {
        case YAML_PLAIN_SCALAR_STYLE: .plain
        case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
        default: .quoted
        }
      return unsafe .scalar(
        String(decoding: bytes, as: UTF8.self), style, anchor: name(scalar.anchor))
    case YAML_SEQUENCE_START_EVENT:
      return unsafe .sequenceStart(anchor: name(event.data.sequence_start.anchor))
    case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      return unsafe .mappingStart(anchor: name(event.data.mapping_start.anchor))
    case YAML_MAPPING_END_EVENT: return .mappingEnd
    default: return .other
    }
  }

  private static func name(_ text: UnsafeMutablePointer<UInt8>?) -> String? {
    guard let text = unsafe text else { return nil }
    return unsafe String(cString: text)
  }

  private func problem() -> ConfigurationError {
    let parser = unsafe self.parser.pointee
    var words = unsafe parser.problem.map { unsafe String(cString: $0) } ?? "not valid YAML"
    if let context = unsafe parser.context {
      words = unsafe String(cString: context) + ": " + words
    }
    switch unsafe parser.error {
    case YAML_READER_ERROR:
      let (line, column) = unsafe place(of: Int(parser.problem_offset))
      return ConfigurationError(file: file, line: line, column: column, problem: words)
    case YAML_MEMORY_ERROR:
      return ConfigurationError(file: file, problem: "not enough memory to read it")
    default:
      let mark = unsafe parser.problem_mark
      return ConfigurationError(
        file: file, line: Int(mark.line) + 1, column: Int(mark.column) + 1, problem: words,
        hint: words.contains("mapping values are not allowed")
          ? "a text that holds ': ' needs quotes" : nil)
    }
  }

  private func place(of offset: Int) -> (line: Int, column: Int) {
    var line = 1
    var column = 1
    for index in unsafe 0..<max(0, min(offset, text.count)) {
      if unsafe text[index] == 0x0a {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
    return (line, column)
  }
}
