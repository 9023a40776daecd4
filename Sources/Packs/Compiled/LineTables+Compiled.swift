internal import Flow
internal import Model
internal import PatternMatching

/// The line formats as they stand in a compiled file, in one order for writing and reading.
extension LineTables {
  func write(to out: inout TableWriter) {
    out.write(formats.count)
    for format in formats {
      out.write(text: format.name)
      out.write(text: format.pack)
      out.write(bytes: format.program)
      out.write(bytes: format.timeLayout)
      out.write(texts: format.words)
      out.write([
        Int(format.severity.rawValue), format.category.map { Int($0.rawValue) + 1 } ?? 0,
        format.outcome.map { Int($0.rawValue) + 1 } ?? 0,
      ])
      out.write(format.levels.map(\.severity.rawValue))
      for level in format.levels { out.write(bytes: level.text) }
    }
    for list in captures {
      out.write(list.flatMap { [$0.group, Int($0.field.number), $0.isNumber ? 1 : 0] })
    }
    for list in byFirstByte { out.write(list) }
    out.write(bytes: store.text)
    out.write(store.ends)
    index.write(to: &out)
  }

  /// Nil where the tables don't fit together; roles are given by `renamed`.
  init?(_ reader: inout TableReader, fields: Int) {
    let count = reader.number()
    for _ in 0..<count where reader.isSound {
      guard let format = Self.format(&reader) else { return nil }
      formats.append(format)
    }
    for _ in 0..<count where reader.isSound {
      let numbers = reader.numbers()
      guard numbers.count % 3 == 0 else { return nil }
      var list: [Capture] = []
      for at in stride(from: 0, to: numbers.count, by: 3) {
        guard numbers[at] <= Pattern.groupLimit, numbers[at + 1] < fields else { return nil }
        list.append(
          Capture(
            group: Int(numbers[at]),
            field: FieldName(number: UInt16(truncatingIfNeeded: numbers[at + 1])),
            isNumber: numbers[at + 2] != 0, role: .field))
      }
      captures.append(list)
    }
    for byte in 0..<256 {
      let list = reader.numbers()
      guard list.allSatisfy({ $0 < formats.count }) else { return nil }
      byFirstByte[byte] = list.map { UInt16(truncatingIfNeeded: $0) }
    }
    store = PatternStore(text: reader.blob(), ends: reader.numbers())
    guard reader.isSound, count == formats.count, count <= LineCompiler.limit,
      store.ends.count == count, store.isSound,
      let index = CandidateIndex(&reader, patterns: count)
    else { return nil }
    self.index = index
  }

  private static func format(_ reader: inout TableReader) -> LineFormat? {
    var format = LineFormat(name: reader.text(), pack: reader.text())
    format.program = reader.blob()
    format.timeLayout = reader.blob()
    format.words = reader.texts()
    let verdict = reader.numbers()
    guard verdict.count == 3, let severity = Severity(rawValue: UInt8(clamping: verdict[0])) else {
      return nil
    }
    format.severity = severity
    if verdict[1] > 0 {
      guard let category = Category(rawValue: UInt8(clamping: verdict[1] - 1)) else { return nil }
      format.category = category
    }
    if verdict[2] > 0 {
      guard let outcome = Outcome(rawValue: UInt8(clamping: verdict[2] - 1)) else { return nil }
      format.outcome = outcome
    }
    for number in reader.numbers() {
      guard let severity = Severity(rawValue: UInt8(clamping: number)) else { return nil }
      format.levels.append((reader.blob(), severity))
    }
    return format
  }

  /// The same with the fields' numbers of this run, and the roles that their names give.
  func renamed(_ fields: [FieldName], _ names: FieldNames) -> LineTables {
    var copy = self
    for format in captures.indices {
      for place in captures[format].indices {
        let field = fields[Int(captures[format][place].field.number)]
        copy.captures[format][place].field = field
        copy.captures[format][place].role = LineCapture.Role(name: names[field])
      }
    }
    return copy
  }
}
