import Model

/// All templates of a stream, ready to be written: literals in one pool, parameters between them.
struct MessageTable: Sendable {
  /// A literal and the parameter behind it, if there is one.
  struct Step: Sendable {
    var literal: Piece
    var parameter: Parameter?
  }

  /// How a format spells what would end its strings or lines.
  enum Spelling: Sendable { case plain, json }

  private(set) var pool = PiecePool()
  private(set) var steps: [Step] = []
  /// By template, as ranges of `steps`.
  private(set) var messages: [Range<Int>] = []
  private(set) var prefixes: [Range<Int>] = []
  /// By template; empty where it throws nothing.
  private(set) var stackTraces: [Piece] = []
  private(set) var loggers: [Piece] = []

  init(_ landscape: Landscape, _ spelling: Spelling) {
    for template in landscape.templates {
      let program = landscape.services[template.service].program
      messages.append(add(template.text.parts, spelling))
      prefixes.append(add(TemplateText.split(program.prefix[...]), spelling))
      let names = program.loggers.isEmpty ? [program.name] : program.loggers
      loggers.append(pool.add(names[template.number % names.count]))
      var trace = ""
      if template.text.marks.contains(.traced) {
        trace = StackTrace.lines(
          style: program.style, program: program.name, number: template.number,
          role: template.text.role
        ).joined(separator: "\n")
      }
      stackTraces.append(pool.add(MessageTable.spell(trace, spelling)))
    }
  }

  private mutating func add(_ parts: [TemplateText.Part], _ spelling: Spelling) -> Range<Int> {
    let first = steps.count
    var literal = pool.add("")
    for part in parts {
      switch part {
      case .literal(let text): literal = pool.add(MessageTable.spell(text, spelling))
      case .parameter(let parameter):
        steps.append(Step(literal: literal, parameter: parameter))
        literal = pool.add("")
      }
    }
    if literal.start < literal.end { steps.append(Step(literal: literal, parameter: nil)) }
    return first..<steps.count
  }

  static func spell(_ text: String, _ spelling: Spelling) -> [UInt8] {
    guard spelling == .json else { return Array(text.utf8) }
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x22: bytes += [0x5c, 0x22]
      case 0x5c: bytes += [0x5c, 0x5c]
      case 0x0a: bytes += [0x5c, 0x6e]
      case 0x09: bytes += [0x5c, 0x74]
      default: bytes.append(byte)
      }
    }
    return bytes
  }
}
