/// Makes a `MaskAutomaton` of a regular expression: one position for each place that takes a byte
/// (Glushkov, "The abstract theory of automata", 1961, doi:10.1070/RM1961v016n05ABEH004112).
///
/// The text is thought of with a symbol before it and one behind it, which `^` and `$` take where nothing
/// else can stand between them and the text's ends; elsewhere they ask nothing. What is behind the match
/// is not looked at.
/// - Limits: 510 positions; what has no room stands for any text. Of a counted repetition up to four copies
///   are kept, then it stands for any number.
struct AutomatonBuilder {
  typealias States = MaskAutomaton.States

  private static let positionLimit = 510
  private static let copyLimit = 4

  /// What each position takes: bytes, the symbol before the text, the symbol behind it.
  private var sets: [ByteSet] = []
  private var takesStart = States()
  private var takesEnd = States()
  private var follow: [States] = []
  /// The positions that have no room: whoever reaches them matches.
  private let overflow = States.of(positionLimit)
  private var hasOverflow = false

  /// A part of the expression: whether it may be empty, and the positions that may be first and last in it.
  private struct Part {
    var isEmpty = true
    var first = States()
    var last = States()
  }

  /// The automaton of an expression; nil where it would take any text.
  static func automaton(of node: ByteNode) -> MaskAutomaton? {
    var builder = AutomatonBuilder()
    let part = builder.build(node, atStart: true, atEnd: true)
    return part.isEmpty ? nil : builder.finished(part)
  }

  /// What must match at the text's start beside the whole: lookaheads before anything is taken.
  static func conditions(of node: ByteNode) -> [ByteNode] {
    guard case .sequence(let nodes) = node else { return [] }
    var found: [ByteNode] = []
    var isAnchored = false
    for node in nodes {
      switch node {
      case .start: isAnchored = true
      case .nothing: break
      case .ahead(let wanted): found.append(.sequence((isAnchored ? [.start] : []) + [wanted]))
      default: return found
      }
    }
    return found
  }

  private mutating func finished(_ part: Part) -> MaskAutomaton {
    var first = part.first
    var isAnchored = true
    first.forEach { if !takesStart.holds($0) { isAnchored = false } }
    var sets = sets
    if !isAnchored {
      // One more position takes what stands before the match.
      let position = sets.count
      sets.append(.all)
      first.insert(position)
      takesStart.insert(position)
      follow.append(first)
    }
    var columns = [States](repeating: States(), count: MaskAutomaton.symbolCount)
    for (position, set) in sets.enumerated() {
      set.forEach { columns[Int($0)].insert(position) }
    }
    columns[MaskAutomaton.startSymbol] = takesStart
    columns[MaskAutomaton.endSymbol] = takesEnd
    if hasOverflow {
      for index in columns.indices { columns[index].formUnion(overflow) }
      follow += Array(repeating: States(), count: Self.positionLimit + 1 - follow.count)
    }
    var accepting = part.last
    if hasOverflow { accepting.formUnion(overflow) }
    return MaskAutomaton(first: first, accepting: accepting, follow: follow, columns: columns)
  }

  private mutating func position(
    _ set: ByteSet, takesStart isStart: Bool = false, takesEnd isEnd: Bool = false
  ) -> Part {
    guard sets.count < Self.positionLimit - 1 else {
      hasOverflow = true
      return Part(isEmpty: false, first: overflow, last: overflow)
    }
    let position = sets.count
    sets.append(set)
    follow.append(States())
    if isStart { takesStart.insert(position) }
    if isEnd { takesEnd.insert(position) }
    return Part(isEmpty: false, first: .of(position), last: .of(position))
  }

  private mutating func build(_ node: ByteNode, atStart: Bool, atEnd: Bool) -> Part {
    switch node {
    case .bytes(let set): return position(set)
    case .sequence(let nodes):
      var whole = Part()
      var atStart = atStart
      for (index, node) in nodes.enumerated() {
        let isLast = atEnd && index == nodes.count - 1
        whole = joined(whole, build(node, atStart: atStart, atEnd: isLast))
        switch node {
        case .nothing: break
        case .ahead where !isLast: break
        default: atStart = false
        }
      }
      return whole
    case .choice(let nodes):
      var whole = Part(isEmpty: false)
      for node in nodes {
        let part = build(node, atStart: atStart, atEnd: atEnd)
        whole.isEmpty = whole.isEmpty || part.isEmpty
        whole.first.formUnion(part.first)
        whole.last.formUnion(part.last)
      }
      return whole
    case .repeated(let node, let least, let most):
      return repeated(node, least, most, atStart: atStart, atEnd: atEnd)
    case .start: return atStart ? position(.none, takesStart: true) : Part()
    case .end:
      if !atEnd { return Part() }
      var feed = position(ByteSet([10]))
      feed.isEmpty = true
      return joined(feed, position(.none, takesEnd: true))
    case .lineEnd: return atEnd ? position(ByteSet([10]), takesEnd: true) : Part()
    case .nothing: return Part()
    case .anything:
      var part = looped(position(.all))
      part.isEmpty = true
      return part
    case .ahead(let wanted): return atEnd ? build(wanted, atStart: false, atEnd: true) : Part()
    }
  }

  private mutating func repeated(
    _ node: ByteNode, _ least: Int, _ most: Int?, atStart: Bool, atEnd: Bool
  ) -> Part {
    if most == 0 { return Part() }
    if most == 1 {
      var part = build(node, atStart: atStart, atEnd: atEnd)
      if least == 0 { part.isEmpty = true }
      return part
    }
    var whole = Part()
    let copies = min(max(least, 1), Self.copyLimit)
    for copy in 1...copies {
      var part = build(node, atStart: false, atEnd: false)
      if copy == copies, most != least || least > copies { part = looped(part) }
      if least == 0 { part.isEmpty = true }
      whole = joined(whole, part)
    }
    return whole
  }

  private mutating func joined(_ left: Part, _ right: Part) -> Part {
    left.last.forEach { if $0 < follow.count { follow[$0].formUnion(right.first) } }
    var whole = Part(isEmpty: left.isEmpty && right.isEmpty, first: left.first, last: right.last)
    if left.isEmpty { whole.first.formUnion(right.first) }
    if right.isEmpty { whole.last.formUnion(left.last) }
    return whole
  }

  private mutating func looped(_ part: Part) -> Part {
    part.last.forEach { if $0 < follow.count { follow[$0].formUnion(part.first) } }
    return part
  }
}
