internal import Bytes
package import Model

/// Generalises shapes into templates: the map from shape to template is a function of the set of shapes.
///
/// `insert` notes shapes, `settle` brings the map up to date. Method: order-independent generalisation over
/// the set of shapes (`Fixpoint` and its phases, `Thresholds`); wildcards keep their kind where all members
/// agree (`TemplateTypes`); a template's id is the hash of its text, so that it is the same everywhere.
///
/// What a settle guarantees:
/// - `settle(full: true)` computes the map from the shapes alone: the reference, equal for any order of
///   inserts, any settles before it, and any union of shards.
/// - `settle()` adds the new shapes to the templates that there are; a template only ever goes into
///   another as a whole. It is deterministic for a sequence of inserts and settles, and close to the
///   reference, not always equal to it.
/// - With more than 2,048 templates the phases wait until a 32nd of what exceeds them has come; new shapes
///   stand as templates of their own until then. Shapes of exceptions are templates as they are.
///
/// - A shape of an exception is its fingerprint, a line feed, and the shape of the message that came with it;
///   the fingerprint alone is the group's text, and `messages` tells what came under it.
///
/// - Complexity: a settle of one new shape among 2,000 templates takes well under a millisecond.
/// - Limits: 100,000 shapes; those beyond share the shape number of `<overflow>` and are counted.
///   32 messages under one exception; those beyond share a shape without one.
package struct TemplateMiner {
  package static let shapeLimit = 100_000
  static let overflowText = "<overflow>"
  /// Begins the text of a shape that a user's rule named; masked texts hold no control characters.
  package static let namedMark: UInt8 = 0x01
  /// Messages kept apart under one exception.
  static let messageLimit = 32
  /// Times that the reference goes through the templates with what it has learned to be a value: no input can hang it.
  private static let learningLimit = 16

  private struct Shape {
    /// Of its text and what it is of.
    var hash: StableHash
    /// The plain shape that it has without the wildcards' kinds.
    var plain: Int32
    /// The shape before it of the same plain shape, or -1.
    var before: Int32
  }

  private struct PlainShape {
    var tokens: [Token]
    /// The same with kinds, where all shapes of these tokens agree on them.
    var typed: [Token]
    /// Its template in the fixpoint, or -1 for an exception.
    var template: Int32
    /// Its own group where it is an exception.
    var group: Int32
    /// The last of the shapes that it stands for.
    var lastShape: Int32 = -1
  }

  /// What a template in play is called; of no meaning for others.
  private struct NamedTemplate {
    /// Its group, or -1.
    var group: Int32 = -1
    /// Its tokens with the kinds on which its members agree so far; empty before any has been joined.
    var typed: [Token] = []
  }

  private let limit: Int
  private var table = TokenTable()
  private var shapes: [Shape] = []
  private var byHash = NumberTable()
  private var plainShapes: [PlainShape] = []
  private var byTokens = NumberTable()
  private var fixpoint = Fixpoint()
  private var members = TemplateMembers()
  private var named: [NamedTemplate] = []
  private var groups = GroupTable()
  private var waiting = 0
  private var pieces: [Piece] = []
  private let overflowGroup: Int
  /// Messages under an exception's group, by shape; empty for those beyond the limit.
  private var messageOfShape: [Int: [UInt8]] = [:]
  private var messagesOfGroup: [Int: Int] = [:]
  /// The shape of a group's messages beyond the limit.
  private var restOfGroup: [Int: Int32] = [:]

  /// Shapes beyond the limit, each time one is met.
  package private(set) var overflowCount = 0
  /// What the last settle merged, in a fixed order.
  package private(set) var merges: [Merge] = []
  /// Shapes that the last settle put into another group, among others that were new; all shapes may have
  /// moved where it was the reference.
  private(set) var regrouped: [Int] = []

  package init(limit: Int = TemplateMiner.shapeLimit) {
    self.limit = limit
    overflowGroup = groups.number(of: Array(Self.overflowText.utf8))
    plainShapes.append(
      PlainShape(tokens: [], typed: [], template: -1, group: Int32(overflowGroup)))
    shapes.append(Shape(hash: StableHash(high: 0, low: 0), plain: 0, before: -1))
    plainShapes[0].lastShape = 0
  }

  /// The shape number that all shapes beyond the limit share.
  package static let overflow = ShapeNumber(index: 0)

  /// Shapes noted, the overflow's number included: numbers are below it.
  package var shapeCount: Int { shapes.count }

  /// Templates in play.
  package var templateCount: Int { fixpoint.live.count }

  /// Notes a shape and tells its number: known ones keep theirs.
  ///
  /// A shape that begins with `namedMark` is a template as it stands behind that, by a user's rule.
  package mutating func insert(_ shape: Span<UInt8>, kind: GroupKind) -> ShapeNumber {
    var hash = StableHash(shape)
    let isNamed = !shape.isEmpty && shape[0] == Self.namedMark
    if kind == .exception { hash.low ^= 0x5851_f42d_4c95_7f2d }
    let known = byHash.first(hash.high) { shapes[$0].hash == hash }
    if let known { return ShapeNumber(index: known) }
    guard shapes.count <= limit else {
      overflowCount += 1
      return Self.overflow
    }
    let number = shapes.count
    if kind == .exception || isNamed { return insertWhole(shape, hash) }
    let plain = plain(shape)
    shapes.appendTightly(
      Shape(hash: hash, plain: Int32(plain), before: plainShapes[plain].lastShape))
    byHash.insert(number, under: hash.high) { shapes[$0].hash.high }
    plainShapes[plain].lastShape = Int32(number)
    return ShapeNumber(index: number)
  }

  private mutating func insertWhole(_ shape: Span<UInt8>, _ hash: StableHash) -> ShapeNumber {
    var text: [UInt8] = []
    var message: [UInt8] = []
    var isMessage = false
    let start = !shape.isEmpty && shape[0] == Self.namedMark ? 1 : 0
    for index in start..<shape.count {
      if isMessage {
        message.append(shape[index])
      } else if shape[index] == 0x0a {
        isMessage = true
      } else {
        text.append(shape[index])
      }
    }
    let group = groups.number(of: text)
    groups.revive(group)
    let number = shapes.count
    let known = messagesOfGroup[group, default: 0]
    let isNoted = known < Self.messageLimit
    if known >= Self.messageLimit {
      // Not noted by its hash: they may be endlessly many.
      if let rest = restOfGroup[group] { return ShapeNumber(index: Int(rest)) }
      restOfGroup[group] = Int32(shapes.count)
      message = []
    } else {
      messagesOfGroup[group] = known + 1
    }
    if isMessage { messageOfShape[number] = message }
    plainShapes.appendTightly(
      PlainShape(tokens: [], typed: [], template: -1, group: Int32(group)))
    shapes.appendTightly(Shape(hash: hash, plain: Int32(plainShapes.count - 1), before: -1))
    if isNoted { byHash.insert(number, under: hash.high) { shapes[$0].hash.high } }
    plainShapes[plainShapes.count - 1].lastShape = Int32(number)
    return ShapeNumber(index: number)
  }

  /// The plain shape of a shape's text; its kinds are joined with those already known.
  private mutating func plain(_ shape: Span<UInt8>) -> Int {
    let typed = tokens(shape)
    var tokens = typed
    for column in tokens.indices where table.plain[tokens[column].number] != tokens[column].number {
      tokens[column] = tokens[column].replaced(by: Int(table.plain[tokens[column].number]))
    }
    let hash = Template.hash(tokens, table)
    let known = byTokens.first(hash) { plainShapes[$0].tokens == tokens }
    if let known {
      var joined = plainShapes[known].typed
      for column in joined.indices where joined[column] != typed[column] {
        joined[column] = tokens[column]
      }
      if joined != plainShapes[known].typed {
        plainShapes[known].typed = joined
        members.unjoin(known, of: fixpoint.current(Int(plainShapes[known].template)))
      }
      return known
    }
    let index = plainShapes.count
    let template = fixpoint.add(tokens, table)
    plainShapes.appendTightly(
      PlainShape(tokens: tokens, typed: typed, template: Int32(template), group: -1))
    byTokens.insert(index, under: hash) { Template.hash(plainShapes[$0].tokens, table) }
    members.add(index, to: template)
    waiting += 1
    return index
  }

  private mutating func tokens(_ text: Span<UInt8>) -> [Token] {
    PieceReader.read(text, into: &pieces)
    return pieces.map { piece in
      Token(number: table.number(of: text.extracting(piece.range)), isSpaced: piece.isSpaced)
    }
  }

  /// How far a settle goes.
  package enum Effort: Sendable {
    /// New shapes are put into known templates or stand as templates of their own.
    case names
    /// The phases run over what is new.
    case phases
    /// The reference: everything anew from the shapes.
    case reference
  }

  /// Shapes that no run of the phases has seen.
  package var waitingCount: Int { waiting }

  /// Brings the map from shapes to templates up to date.
  package mutating func settle(_ effort: Effort) {
    merges.removeAll()
    regrouped.removeAll(keepingCapacity: true)
    switch effort {
    case .reference: settleFromShapes()
    case .phases where waiting > max(0, (fixpoint.live.count - 2048) / 32): run()
    case .phases, .names: name(before: [:])
    }
  }

  package mutating func settle(full: Bool = false) { settle(full ? .reference : .phases) }

  private mutating func run() {
    waiting = 0
    let gone = fixpoint.run(table)
    _ = table.learn(fixpoint.values)
    var before: [Int: Int] = [:]
    for number in gone {
      let now = fixpoint.current(number)
      members.move(number, to: now)
      guard number < named.count else { continue }
      if named[number].group >= 0 { before[Int(named[number].group)] = now }
      named[number] = NamedTemplate()
    }
    name(before: before)
  }

  /// Gives the templates with new members their groups; groups of what has gone are retired, unless an exception or a user's
  /// rule has the same text.
  private mutating func name(before: [Int: Int]) {
    var left = before
    var inUse: Set<Int> = []
    for number in members.unjoinedTemplates {
      let group = groups.number(of: joinedText(of: number))
      let old = Int(named[number].group)
      if old >= 0, old != group { left[old] = number }
      if old == group {
        members.forEachUnjoined(of: number) { noteShapes(of: $0) }
      } else {
        members.forEach(of: number) { noteShapes(of: $0) }
      }
      named[number].group = Int32(group)
      groups.revive(group)
      inUse.insert(group)
    }
    members.forgetUnjoined()
    for (group, template) in left.sorted(by: { $0.key < $1.key }) {
      let now = template < named.count ? Int(named[template].group) : -1
      guard now >= 0, !inUse.contains(group), messagesOfGroup[group] == nil else { continue }
      groups.retire(group, into: now)
      merges.append(Merge(from: groups.ids[group], to: groups.ids[now]))
    }
  }

  private mutating func noteShapes(of plain: Int) {
    var shape = plainShapes[plain].lastShape
    while shape >= 0 {
      regrouped.append(Int(shape))
      shape = shapes[Int(shape)].before
    }
  }

  /// The template's text, the kinds of its new members joined in.
  private mutating func joinedText(of template: Int) -> [UInt8] {
    while named.count <= template { named.appendTightly(NamedTemplate()) }
    let tokens = fixpoint.templates[template].tokens
    let known = named[template].typed
    if !known.isEmpty, known == tokens { return table.text(tokens) }
    var own: [(plain: [Token], typed: [Token])] = []
    members.forEachUnjoined(of: template) {
      own.append((plainShapes[$0].tokens, plainShapes[$0].typed))
    }
    var typed = TemplateTypes.typed(tokens, members: own, table)
    if !known.isEmpty {
      for column in typed.indices where typed[column] != known[column] {
        typed[column] = tokens[column]
      }
    }
    // Where they are a member's own, there need be no copy of them.
    if own.count == 1, own[0].typed == typed { typed = own[0].typed }
    named[template].typed = typed
    return table.text(typed)
  }

  /// The reference: everything anew from the shapes.
  private mutating func settleFromShapes() {
    let before = plainShapes.indices.map { Int32(groupOfPlain($0)) }
    fixpoint = Fixpoint()
    members = TemplateMembers()
    named = []
    waiting = 0
    for index in plainShapes.indices where plainShapes[index].group < 0 {
      plainShapes[index].template = Int32(fixpoint.add(plainShapes[index].tokens, table))
    }
    table.forget()
    _ = fixpoint.run(table)
    var rounds = 0
    while rounds < Self.learningLimit, table.learn(fixpoint.values) {
      rounds += 1
      fixpoint.reopen(table)
      _ = fixpoint.run(table)
    }
    for index in plainShapes.indices where plainShapes[index].group < 0 {
      members.add(index, to: fixpoint.current(Int(plainShapes[index].template)))
    }
    for template in members.unjoinedTemplates {
      let group = groups.number(of: joinedText(of: template))
      named[template].group = Int32(group)
    }
    members.forgetUnjoined()
    retire(before)
  }

  private mutating func retire(_ before: [Int32]) {
    var heirs: [Int: [Int: Int]] = [:]
    var isInUse = [Bool](repeating: false, count: groups.count)
    for index in plainShapes.indices {
      let now = groupOfPlain(index)
      isInUse[now] = true
      let old = Int(before[index])
      if old >= 0, old != now { heirs[old, default: [:]][now, default: 0] += 1 }
    }
    for group in isInUse.indices where isInUse[group] { groups.revive(group) }
    for (group, counts) in heirs.sorted(by: { $0.key < $1.key }) where !isInUse[group] {
      let heir = counts.max {
        $0.value != $1.value
          ? $0.value < $1.value : groups.ids[$0.key].number > groups.ids[$1.key].number
      }
      guard let heir else { continue }
      groups.retire(group, into: heir.key)
      merges.append(Merge(from: groups.ids[group], to: groups.ids[heir.key]))
    }
  }

  /// -1 where it was never settled.
  private func groupOfPlain(_ index: Int) -> Int {
    let shape = plainShapes[index]
    if shape.group >= 0 { return Int(shape.group) }
    let template = fixpoint.current(Int(shape.template))
    return template < named.count ? Int(named[template].group) : -1
  }
}

extension TemplateMiner {
  /// The group of a shape as of the last settle; the overflow's for one that was never settled.
  package func template(of shape: ShapeNumber) -> GroupIndex {
    guard shapes.indices.contains(shape.index) else { return GroupIndex(index: overflowGroup) }
    let group = groupOfPlain(Int(shapes[shape.index].plain))
    return GroupIndex(index: group < 0 ? overflowGroup : group)
  }

  package func text(of group: GroupIndex) -> String {
    String(decoding: groups.text(group.index), as: UTF8.self)
  }

  package func bytes(of group: GroupIndex) -> [UInt8] { groups.text(group.index) }

  package func id(of group: GroupIndex) -> GroupID { groups.ids[group.index] }

  package func group(of shape: ShapeNumber) -> GroupID { id(of: template(of: shape)) }

  /// The group with this id, or the one that it went into.
  package func group(of id: GroupID) -> GroupIndex? {
    groups.number(of: id).map { GroupIndex(index: groups.current($0)) }
  }

  /// The id in use for an id that may have been given out earlier.
  package func current(_ id: GroupID) -> GroupID {
    guard let number = groups.number(of: id) else { return id }
    return groups.ids[groups.current(number)]
  }

  /// The shape of the message that came with an exception's shape; nil for other shapes.
  func message(of shape: Int) -> [UInt8]? { messageOfShape[shape] }

  /// Ids given out earlier, each with the one in use instead.
  package var aliases: [Merge] {
    groups.retired.map { Merge(from: groups.ids[$0.from], to: groups.ids[$0.to]) }
  }
}
