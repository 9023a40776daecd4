internal import Bytes
internal import Flow
internal import Model

/// OTLP/JSON logs: an `ExportLogsServiceRequest` holds many records (opentelemetry-proto, logs.proto).
///
/// Resource attributes, a record's own keys and its attributes become members of one flat object,
/// which is then an application's entry like any other.
extension JSONRunDecoder {
  mutating func readExport(
    of text: ByteRange, frame: ByteRange, _ batch: Batch, line: UInt32, names: inout NameTable,
    into output: inout EntryOutput
  ) {
    let tape = tape
    let items = tape.items
    guard let exports = child("resourceLogs", of: 0, text, batch.arenas) else { return }
    var export = exports + 1
    while export < Int(items[exports].next) {
      if let scopes = child("scopeLogs", of: export, text, batch.arenas) {
        let resource = child("resource", of: export, text, batch.arenas)
        var scope = scopes + 1
        while scope < Int(items[scopes].next) {
          if let records = child("logRecords", of: scope, text, batch.arenas) {
            var record = records + 1
            while record < Int(items[records].next) {
              if items[record].kind == .object {
                readRecord(record, resource: resource, of: text, batch.arenas)
                appendApplicationEntry(
                  frame, as: .otlp, of: batch, line: line, names: &names, into: &output)
              }
              record = max(record + 1, Int(items[record].next))
            }
          }
          scope = max(scope + 1, Int(items[scope].next))
        }
      }
      export = max(export + 1, Int(items[export].next))
    }
  }

  /// The place of an object's member with this key.
  private func child(
    _ key: StaticString, of object: Int, _ text: ByteRange, _ arenas: ArenaPair
  ) -> Int? {
    let items = tape.items
    guard items[object].kind == .object else { return nil }
    var at = object + 1
    while at < Int(items[object].next) {
      let item = items[at]
      if arenas.bytes(text.part(item.keyStart, item.keyCount)).equals(key) { return at }
      at = max(at + 1, Int(item.next))
    }
    return nil
  }

  private mutating func readRecord(
    _ record: Int, resource: Int?, of text: ByteRange, _ arenas: ArenaPair
  ) {
    let tape = tape
    let items = tape.items
    members.removeAll()
    members.mayHoldEscapes = true
    path.begin(at: 0)
    var at = record + 1
    while at < Int(items[record].next) {
      let item = items[at]
      let key = text.part(item.keyStart, item.keyCount)
      if item.kind == .object, arenas.bytes(key).equals("body") {
        note(value(at, text, arenas), key: key, of: text, arenas)
      } else if item.kind == .array, arenas.bytes(key).equals("attributes") {
        readAttributes(at, of: text, arenas)
      } else if item.kind != .object {
        note(item, key: key, of: text, arenas)
      }
      at = max(at + 1, Int(item.next))
    }
    if let resource, let attributes = child("attributes", of: resource, text, arenas) {
      readAttributes(attributes, of: text, arenas)
    }
  }

  private mutating func readAttributes(_ list: Int, of text: ByteRange, _ arenas: ArenaPair) {
    let tape = tape
    let items = tape.items
    guard items[list].kind == .array else { return }
    var at = list + 1
    while at < Int(items[list].next) {
      if let name = child("key", of: at, text, arenas), items[name].kind == .string,
        let boxed = child("value", of: at, text, arenas)
      {
        let key = text.part(items[name].valueStart, items[name].valueCount)
        note(value(boxed, text, arenas), key: key, of: text, arenas)
      }
      at = max(at + 1, Int(items[at].next))
    }
  }

  private mutating func note(
    _ item: JSONItem, key: ByteRange, of text: ByteRange, _ arenas: ArenaPair
  ) {
    let name = path.name
    guard path.enter(arenas.bytes(key), depth: 1, isEscaped: false, in: name) else { return }
    note(item, key: key, known: KeyPath.find(name, keys), of: text)
  }

  /// What an `AnyValue` holds; an integer, which JSON gets as text, as a number.
  private func value(_ boxed: Int, _ text: ByteRange, _ arenas: ArenaPair) -> JSONItem {
    let items = tape.items
    var inner = items[boxed]
    guard inner.kind == .object, boxed + 1 < Int(inner.next) else { return inner }
    inner = items[boxed + 1]
    let name = arenas.bytes(text.part(inner.keyStart, inner.keyCount))
    if name.equals("intValue"), inner.kind == .string,
      arenas.bytes(text.part(inner.valueStart, inner.valueCount)).isJSONNumber
    {
      inner.rawKind = JSONItem.Kind.number.rawValue
    }
    return inner
  }
}
