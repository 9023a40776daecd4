import Bytes
import Model

/// Goes through a Windows event and tells its values under winlogbeat's names.
struct WindowsEventWalk {
  /// A dotted name in one or two parts.
  struct Name {
    var first: ByteRange
    var second = ByteRange.empty
    var mayBeNumber = false
  }

  private enum Section { case other, system, data, user, rendering }

  private static let depthLimit = 16
  /// Bytes of an event's words: where it has no message of its own, its data stand in for it.
  private static let wordLimit = 8192

  private let whole: ByteRange
  /// The names of the elements around the place, outermost first.
  private var stack: [ByteRange] = []
  private var depth = 0
  private var section = Section.other
  private var text = XMLText()
  /// An element has ended within the one at hand, so that it is no leaf.
  private var hasChildren = false
  /// The `Name` of a `Data` element.
  private var dataName = ByteRange.empty
  private var unnamed: UInt64 = 0
  private var level = -1
  private var keywords = ByteRange.empty
  private(set) var provider = ByteRange.empty
  private var code = ByteRange.empty
  private var data: [(name: ByteRange, value: ByteRange)] = []

  init(_ text: ByteRange) { whole = text }

  /// Tells each value; false where the text is no event.
  mutating func run(_ arenas: ArenaPair, _ note: (Name, ByteRange) -> Void) -> Bool {
    let bytes = arenas.bytes(whole)
    var reader = XMLReader(at: bytes.behindSpace(0))
    while true {
      switch reader.next(bytes) {
      case .open(let name, let attributes, let isEmpty):
        if depth == 0, !bytes.extracting(name).equals("Event") { return false }
        open(bytes, name, attributes, arenas, note)
        if isEmpty { close(arenas, note) }
      case .close(let name):
        guard depth > 0, isInnermost(bytes.extracting(name), arenas) else { return false }
        close(arenas, note)
      case .text(let part) where depth == 0, .verbatim(let part) where depth == 0:
        if bytes.behindSpace(part.lowerBound, before: part.upperBound) < part.upperBound {
          return false
        }
        continue
      case .text(let part):
        if !text.append(part, of: bytes, start: whole, isVerbatim: false, arenas) { return false }
      case .verbatim(let part):
        if !text.append(part, of: bytes, start: whole, isVerbatim: true, arenas) { return false }
      case .end, .malformed: return false
      }
      if depth == 0 { break }
    }
    return bytes.behindSpace(reader.at) == bytes.count
  }

  private func range(_ part: Range<Int>) -> ByteRange {
    whole.part(UInt32(truncatingIfNeeded: part.lowerBound), UInt32(part.count))
  }

  private func isInnermost(_ name: Span<UInt8>, _ arenas: ArenaPair) -> Bool {
    depth > Self.depthLimit || arenas.bytes(stack[depth - 1]).equals(name)
  }

  private mutating func open(
    _ bytes: Span<UInt8>, _ name: Range<Int>, _ attributes: Range<Int>, _ arenas: ArenaPair,
    _ note: (Name, ByteRange) -> Void
  ) {
    depth += 1
    text.removeAll()
    hasChildren = false
    guard depth <= Self.depthLimit else { return }
    stack.append(range(name))
    let element = bytes.extracting(name)
    if depth == 2 { section = Self.section(element) }
    dataName = .empty
    guard depth == 3, section == .system || section == .data else { return }
    var at = attributes.lowerBound
    while let (key, part) = XMLReader.attribute(bytes, &at, before: attributes.upperBound) {
      var value = XMLText()
      guard value.append(part, of: bytes, start: whole, isVerbatim: false, arenas),
        !value.range.isEmpty
      else { continue }
      let attribute = bytes.extracting(key)
      if section == .data {
        if attribute.equals("Name") { dataName = value.range }
      } else {
        noteSystem(element, attribute, value.range, arenas, note)
      }
    }
  }

  private static func section(_ name: Span<UInt8>) -> Section {
    if name.equals("System") { return .system }
    if name.equals("EventData") { return .data }
    if name.equals("UserData") { return .user }
    return name.equals("RenderingInfo") ? .rendering : .other
  }

  private mutating func close(_ arenas: ArenaPair, _ note: (Name, ByteRange) -> Void) {
    let value = trimmed(text.range, arenas)
    if depth <= Self.depthLimit {
      if !hasChildren, depth > 1, !value.isEmpty { tell(value, arenas, note) }
      stack.removeLast()
    }
    depth -= 1
    hasChildren = true
    text.removeAll()
  }

  private func trimmed(_ range: ByteRange, _ arenas: ArenaPair) -> ByteRange {
    let bytes = arenas.bytes(range)
    let from = bytes.behindSpace(0)
    var end = bytes.count
    while end > from, bytes[end - 1].isSpace { end -= 1 }
    return range.part(UInt32(from), UInt32(end - from))
  }

  /// Tells the value of the innermost element, which has no others in it.
  private mutating func tell(
    _ value: ByteRange, _ arenas: ArenaPair, _ note: (Name, ByteRange) -> Void
  ) {
    let name = stack[depth - 1]
    switch section {
    case .system where depth == 3:
      let nothing = [UInt8]()
      noteSystem(arenas.bytes(name), nothing.span, value, arenas, note)
    case .rendering where depth == 3: noteRendering(arenas.bytes(name), value, arenas, note)
    case .rendering where arenas.bytes(name).equals("Keyword"): noteKeyword(value, arenas, note)
    case .data where depth == 3: noteData(name, value, arenas, note)
    case .user where depth > 2:
      guard let prefix = arenas.keep("winlog.user_data") else { return }
      data.append((name, value))
      note(Name(first: prefix, second: name), value)
    case .other:
      if depth == 2 { return note(Name(first: name, mayBeNumber: true), value) }
      note(Name(first: stack[1], second: name, mayBeNumber: true), value)
    case .system, .rendering, .data, .user: break
    }
  }

  /// Where the values of `System` go: element, attribute (none for its text), name.
  private static let system: [(StaticString, StaticString, StaticString)] = [
    ("Provider", "Name", "winlog.provider_name"), ("Provider", "Guid", "winlog.provider_guid"),
    ("EventID", "", "winlog.event_id"), ("Version", "", "winlog.version"),
    ("Task", "", "winlog.task"), ("Opcode", "", "winlog.opcode"),
    ("Keywords", "", "winlog.keywords"), ("TimeCreated", "SystemTime", "@timestamp"),
    ("EventRecordID", "", "winlog.record_id"),
    ("Correlation", "ActivityID", "winlog.activity_id"),
    ("Correlation", "RelatedActivityID", "winlog.related_activity_id"),
    ("Execution", "ProcessID", "winlog.process.pid"),
    ("Execution", "ThreadID", "winlog.process.thread.id"),
    ("Channel", "", "winlog.channel"), ("Computer", "", "winlog.computer_name"),
    ("Security", "UserID", "winlog.user.identifier"),
  ]

  private mutating func noteSystem(
    _ element: Span<UInt8>, _ attribute: Span<UInt8>, _ value: ByteRange, _ arenas: ArenaPair,
    _ note: (Name, ByteRange) -> Void
  ) {
    if element.equals("Level"), attribute.isEmpty {
      level = arenas.bytes(value).number(0, Int(value.count)) ?? -1
      return
    }
    if element.equals("Provider"), attribute.equals("Name") { provider = value }
    if element.equals("EventID"), attribute.isEmpty { code = value }
    if element.equals("Keywords") { keywords = value }
    for (wanted, key, name) in Self.system
    where element.equals(wanted) && attribute.equals(key) {
      guard let kept = arenas.keep(name) else { return }
      note(Name(first: kept, mayBeNumber: true), value)
      if element.equals("Computer"), let host = arenas.keep("host.name") {
        note(Name(first: host), value)
      }
      return
    }
  }

  private mutating func noteRendering(
    _ element: Span<UInt8>, _ value: ByteRange, _ arenas: ArenaPair,
    _ note: (Name, ByteRange) -> Void
  ) {
    let name: StaticString
    if element.equals("Message") {
      name = "message"
    } else if element.equals("Task") {
      name = "winlog.task_name"
    } else if element.equals("Opcode") {
      name = "winlog.opcode_name"
    } else {
      return
    }
    if let kept = arenas.keep(name) { note(Name(first: kept), value) }
  }

  private func noteKeyword(
    _ value: ByteRange, _ arenas: ArenaPair, _ note: (Name, ByteRange) -> Void
  ) {
    if let kept = arenas.keep("winlog.keyword") { note(Name(first: kept), value) }
  }

  private mutating func noteData(
    _ element: ByteRange, _ value: ByteRange, _ arenas: ArenaPair,
    _ note: (Name, ByteRange) -> Void
  ) {
    guard let prefix = arenas.keep("winlog.event_data") else { return }
    var name = element
    if arenas.bytes(element).equals("Data") {
      name = dataName
      if name.isEmpty {
        unnamed += 1
        guard let start = arenas.keep("param"), arenas.side.append(decimal: unnamed) else { return }
        name = ByteRange(
          start.offset, count: arenas.side.count - start.offset, inSide: true)
      }
    }
    data.append((name, value))
    note(Name(first: prefix, second: name), value)
  }

  /// Windows' levels: 1 critical, 2 error, 3 warning, 4 information, 5 verbose; 0 is always logged.
  var severity: Severity? {
    switch level {
    case 0, 4: .info
    case 1: .critical
    case 2: .error
    case 3: .warning
    case 5: .debug
    default: nil
    }
  }

  /// How an audited action ended, which two bits of the keywords say.
  func outcome(_ arenas: ArenaPair) -> Outcome? {
    let digits = arenas.bytes(keywords)
    guard digits.count > 2, digits.has("0x", at: 0),
      let value = digits.hexNumber(2..<digits.count)
    else { return nil }
    if value & 0x0010_0000_0000_0000 != 0 { return .failure }
    return value & 0x0020_0000_0000_0000 != 0 ? .success : nil
  }

  /// `Microsoft-Windows-Security-Auditing 4625: TargetUserName=alice, IpAddress=203.0.113.9`: what stands for a
  /// message where the event was not rendered. An event's only text is its message.
  func words(_ arenas: ArenaPair) -> ByteRange? {
    if data.count == 1, unnamed == 1 { return data[0].value }
    let side = arenas.side
    let start = side.count
    guard side.append(arenas.bytes(provider)) != nil, side.append(0x20),
      side.append(arenas.bytes(code)) != nil
    else { return nil }
    for (index, part) in data.enumerated() {
      let isLast = side.count - start + Int(part.name.count + part.value.count) > Self.wordLimit
      if isLast { break }
      guard side.append(index == 0 ? 0x3a : 0x2c), side.append(0x20),
        side.append(arenas.bytes(part.name)) != nil, side.append(0x3d),
        side.append(arenas.bytes(part.value)) != nil
      else { break }
    }
    return ByteRange(start, count: side.count - start, inSide: true)
  }
}
