internal import Bytes
internal import Model
internal import PatternMatching

/// The tables as they stand in a compiled file, in one order for writing and reading.
extension PackTables {
  func write(to out: inout TableWriter, _ names: FieldNames) {
    out.write(texts: Array(names.names.dropFirst(FieldNames().names.count)))
    out.write(texts: ids)
    out.write(bytes: store.text)
    out.write(store.ends)
    out.write(scopes.count)
    for scope in scopes {
      out.write(texts: scope.programs)
      out.write(texts: scope.units)
      out.write(texts: scope.loggers)
      out.write(scope.formats.map(\.rawValue))
      out.write(scope.needsName ? 1 : 0)
    }
    out.write(patternScopes)
    plan.write(to: &out)
    index.write(to: &out)
    lines.write(to: &out)
  }

  /// Nil where the tables don't fit together.
  static func read(_ reader: inout TableReader, names: inout FieldNames) -> PackTables? {
    let declared = reader.texts()
    let ids = reader.texts()
    let store = PatternStore(text: reader.blob(), ends: reader.numbers())
    var scopes: [Scope] = []
    for _ in 0..<reader.number() where reader.isSound {
      var scope = Scope(
        programs: reader.texts(), units: reader.texts(), loggers: reader.texts())
      for number in reader.numbers() {
        guard let format = SourceFormat(rawValue: UInt8(clamping: number)) else { return nil }
        scope.formats.append(format)
      }
      scope.needsName = reader.number() != 0
      scopes.append(scope)
    }
    let patternScopes = reader.numbers()
    let base = FieldNames().names.count
    guard let plan = MatchPlan(&reader, patterns: ids.count, fields: base + declared.count),
      let index = CandidateIndex(&reader, patterns: ids.count),
      let lines = LineTables(&reader, fields: base + declared.count)
    else { return nil }
    reader.require(reader.isAtEnd)
    reader.require(ids.count <= PackLibrary.patternLimit)
    reader.require(store.ends.count == ids.count && store.isSound)
    reader.require(
      patternScopes.count == ids.count && patternScopes.allSatisfy { $0 < scopes.count })
    guard reader.isSound else { return nil }

    var known = names
    var fields = (0..<base).map { FieldName(number: UInt16($0)) }
    for name in declared {
      guard let field = known.declare(name) else { return nil }
      fields.append(field)
    }
    names = known
    return PackTables(
      ids: ids, plan: plan.renamed(fields), scopes: scopes,
      patternScopes: patternScopes.map { UInt16(truncatingIfNeeded: $0) }, index: index,
      store: store, lines: lines.renamed(fields, known))
  }
}

extension PatternStore {
  /// Whether the ends lie in order within the text.
  var isSound: Bool {
    var last: UInt32 = 0
    for end in ends {
      if end < last { return false }
      last = end
    }
    return Int(last) == text.count
  }
}

extension MatchPlan {
  func write(to out: inout TableWriter) {
    out.write(
      steps.flatMap {
        [
          $0.captureStart, $0.captureEnd, $0.constantStart, $0.constantEnd,
          Int32($0.category.rawValue), Int32($0.severity.rawValue), Int32($0.outcome.rawValue),
          ($0.hasCategory ? 1 : 0) | ($0.hasSeverity ? 2 : 0) | ($0.hasOutcome ? 4 : 0)
            | ($0.isChange ? 8 : 0),
        ]
      })
    out.write(
      captures.flatMap {
        [$0.group, Int32($0.field.number), ($0.isNumber ? 1 : 0) | ($0.isAlternative ? 2 : 0)]
      })
    out.write(constants.flatMap { [Int32($0.field.number), Int32($0.kind.rawValue), $0.text] })
    out.write(texts.count)
    for text in texts { out.write(bytes: text) }
  }

  init?(_ reader: inout TableReader, patterns: Int, fields: Int) {
    let steps = reader.numbers()
    let captures = reader.numbers()
    let constants = reader.numbers()
    var texts: [[UInt8]] = []
    for _ in 0..<reader.number() where reader.isSound { texts.append(reader.blob()) }
    guard reader.isSound, steps.count == patterns * 8, captures.count % 3 == 0,
      constants.count % 3 == 0
    else { return nil }
    for at in stride(from: 0, to: captures.count, by: 3) {
      guard captures[at] <= Pattern.groupLimit, captures[at + 1] < fields else { return nil }
      add(
        Capture(
          group: Int32(captures[at]),
          field: FieldName(number: UInt16(truncatingIfNeeded: captures[at + 1])),
          isNumber: captures[at + 2] & 1 != 0, isAlternative: captures[at + 2] & 2 != 0))
    }
    for at in stride(from: 0, to: constants.count, by: 3) {
      guard constants[at] < fields,
        let kind = FieldKind(rawValue: UInt8(clamping: constants[at + 1])),
        constants[at + 2] < texts.count
      else { return nil }
      add(
        Constant(
          field: FieldName(number: UInt16(truncatingIfNeeded: constants[at])), kind: kind,
          text: Int32(constants[at + 2])))
    }
    add(texts)
    for at in stride(from: 0, to: steps.count, by: 8) {
      guard steps[at] <= steps[at + 1], steps[at + 1] <= captures.count / 3,
        steps[at + 2] <= steps[at + 3], steps[at + 3] <= constants.count / 3,
        let category = Category(rawValue: UInt8(clamping: steps[at + 4])),
        let severity = Severity(rawValue: UInt8(clamping: steps[at + 5])),
        let outcome = Outcome(rawValue: UInt8(clamping: steps[at + 6]))
      else { return nil }
      let flags = steps[at + 7]
      add(
        Step(
          captureStart: Int32(steps[at]), captureEnd: Int32(steps[at + 1]),
          constantStart: Int32(steps[at + 2]), constantEnd: Int32(steps[at + 3]),
          category: category, severity: severity, outcome: outcome,
          hasCategory: flags & 1 != 0, hasSeverity: flags & 2 != 0, hasOutcome: flags & 4 != 0,
          isChange: flags & 8 != 0))
    }
  }
}
