internal import Bytes
internal import Model
internal import YAML

/// Reads what a pattern's `set` states: fields that have the same value in every entry that it matches.
///
/// A plain number or truth value is written as JSON's, anything else as text, a list as an array of these.
/// - Limits: 32 fields, values of 1,000 bytes as JSON.
enum ConstantReader {
  private static let fieldLimit = 32
  private static let valueLimit = 1000

  /// Fields that have a key of their own in a pattern, or are the entry's.
  private static let elsewhere: [(field: String, hint: String)] = [
    ("event.action", "write action: … beside set"),
    ("event.outcome", "write outcome: … beside set"),
    ("log.level", "write severity: … beside set"), ("message", "the message stays as it came"),
    ("@timestamp", "the time is the entry's own"),
    ("severity_number", "write severity: … beside set"),
    ("severity_source", "write severity: … beside set"),
  ]

  static func read(_ node: YAMLNode?) throws(ConfigurationError) -> [ConstantField] {
    guard let node else { return [] }
    var found: [ConstantField] = []
    for pair in try node.mapping().pairs {
      let name = try self.name(pair.key)
      let (kind, bytes) = try value(pair.value)
      guard bytes.count <= valueLimit else {
        throw pair.value.error("longer than \(valueLimit) bytes", found: "\(bytes.count) bytes")
      }
      if found.contains(where: { $0.name == name }) {
        throw pair.key.error("the field '\(name)' is set twice", found: name)
      }
      found.append(ConstantField(name: name, kind: kind, bytes: bytes, line: pair.key.line))
    }
    guard found.count <= fieldLimit else {
      throw node.error("more than \(fieldLimit) fields are set", found: "\(found.count)")
    }
    return found
  }

  private static func name(_ node: YAMLNode) throws(ConfigurationError) -> String {
    let name: String
    do {
      name = try GrokExpander.fieldName(try node.text(), 0)
    } catch let error as ExpansionError {
      throw node.error(error.problem, found: error.found, hint: error.hint)
    } catch let error as ConfigurationError {
      throw error
    } catch {
      throw node.error("not a field name")
    }
    if let other = elsewhere.first(where: { $0.field == name }) {
      throw node.error("'\(name)' can't be set", found: name, hint: other.hint)
    }
    if name.hasPrefix("taffrail.") {
      throw node.error("fields of taffrail's own can't be set", found: name)
    }
    return name
  }

  private static func value(
    _ node: YAMLNode
  ) throws(ConfigurationError) -> (FieldKind, [UInt8]) {
    guard case .sequence(let items) = node.content else { return try scalar(node) }
    var out = ByteWriter()
    out.write(0x5b)
    for (index, item) in items.enumerated() {
      if index > 0 { out.write(0x2c) }
      let (kind, bytes) = try scalar(item)
      if kind == .text { out.writeJSON(string: bytes.span) } else { out.write(bytes.span) }
    }
    out.write(0x5d)
    if items.isEmpty { throw node.error("an empty list says nothing") }
    return (.array, out.bytes)
  }

  private static func scalar(
    _ node: YAMLNode
  ) throws(ConfigurationError) -> (FieldKind, [UInt8]) {
    let text = try node.text()
    let bytes = Array(text.utf8)
    if bytes.isEmpty { throw node.error("an empty text says nothing") }
    guard case .scalar(_, .plain) = node.content else { return (.text, bytes) }
    if text == "true" || text == "false" { return (.bool, bytes) }
    return (NumberText.isJSON(bytes.span) ? .number : .text, bytes)
  }
}

/// A field that a pattern states.
struct ConstantField: Sendable, Equatable {
  var name: String
  var kind: FieldKind
  /// Text as it is, anything else as JSON.
  var bytes: [UInt8]
  /// Where it stands in the pack.
  var line: Int
}
