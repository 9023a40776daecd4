package import Bytes
package import Model

/// Takes samples of the values in messages to the tracks of their places, and has the tracks judged.
///
/// Which entries are looked at is settled before any byte of them is: a shape is watched from its twelfth entry on; of its
/// entries those that `SampleRule` chooses by the shape's count in the last minute, so that five a minute are expected at most; where it has no measure, of a quarter of them; and of fewer of all, so that of a minute an eighth and 40 are left.
/// So what is sampled depends on the stream alone, not on batches or workers,
/// and the rest cost a byte's look-up.
/// A place is known by its group and its label (`ValuePlan`), or its group and its field where a pattern captured it. When a
/// group goes into another, its tracks go along, and where both have a track it is one of both from then on.
/// - Limits: 3,000 shapes, 2,000 measures of 1.4 KB, 1,000 texts of 3 KB; 5 samples of a shape and 4,096 in all a minute. What
///   finds no room is counted in `refused`; shapes that have not come for a day make room for others, tracks stay. Shapes that
///   have shown no value in 16 samples are left alone.
package struct ValueWatch: Sendable {
  static let shapeLimit = 3000
  static let measureLimit = 2000
  static let textLimit = 1000
  static let perMinute = 4096
  static let watchedFrom: UInt8 = 12
  static let captureLimit = 6

  private static let undecided: UInt8 = 0xff
  private static let unwatched: UInt8 = 0xfe

  /// By shape: how many zero bits a sampled entry's hash has, or one of the two above.
  private var duties: [UInt8] = []
  private var counts: [UInt8] = []
  private var slots: [Int32] = []
  private var seeds: [UInt32] = []
  var shapes: [Shape] = []
  var measures: [MeasureTrack] = []
  var measurePlaces: [Place] = []
  var texts: [TextTrack] = []
  var textPlaces: [Place] = []
  var byKey: [UInt64: Target] = [:]
  private var touchedMeasures: [Int32] = []
  private var touchedTexts: [Int32] = []
  private var openMeasures: [Int32] = []
  private var openTexts: [Int32] = []
  private var room = perMinute
  /// Zero bits more that every shape's sampled entries must have, so that no more than the wanted share is looked at.
  private var pressure: UInt8 = 0
  private let roles: FieldRoles
  /// Read of tracks before they take a sample, and told nobody.
  private var warmth = 0
  private var values: InlineArray<8, ValuePlace> = .init(repeating: ValuePlace())
  /// Entries that were looked at, shapes and places that found no room, messages that did not fit their shape.
  package private(set) var sampled = 0
  package private(set) var refused = 0
  package private(set) var misfits = 0

  package init(_ roles: FieldRoles = FieldRoles()) { self.roles = roles }

  /// Whether an entry is one of those that are looked at.
  @inline(__always)
  package func wants(_ entry: borrowing Entry, shape: Int) -> Bool {
    guard shape < duties.count else { return false }
    let duty = duties[shape]
    // One that only says that another came again has no text to be looked at.
    if entry.isEcho { return false }
    if duty >= Self.unwatched { return false }
    return SampleRule.chooses(
      entry.time, length: Int(entry.message.count), seed: seeds[shape], bits: duty)
  }

  /// Takes the values of entries that are wanted, by index, as far as they are wanted still.
  ///
  /// What their shapes and tracks hold has left the caches since the last sample: all of it is read before the
  /// first is taken, so that the processor fetches it side by side.
  @inline(never)
  package mutating func take(
    _ entries: Span<Entry>, _ wanted: Span<UInt32>, _ fields: Span<Field>, _ arenas: ArenaPair
  ) {
    var sum = 0
    for place in 0..<wanted.count { sum &+= touch(Int(entries[Int(wanted[place])].mask)) }
    warmth = sum
    for place in 0..<wanted.count {
      let index = Int(wanted[place])
      let shape = Int(entries[index].mask)
      if duties[shape] < Self.unwatched { take(entries[index], shape: shape, fields, arenas) }
    }
  }

  private mutating func touch(_ shape: Int) -> Int {
    let at = Int(slots[shape])
    var sum = shapes[at].plan?.touch ?? 0
    for target in shapes[at].targets where target.track >= 0 { sum &+= touch(target) }
    for capture in shapes[at].captures where capture.target.track >= 0 {
      sum &+= touch(capture.target)
    }
    return sum
  }

  @inline(__always)
  private mutating func touch(_ target: Target) -> Int {
    let track = Int(target.track)
    return target.isText
      ? texts[track].touch() &+ (textPlaces[track].isTouched ? 1 : 0)
      : measures[track].touch() &+ (measurePlaces[track].isTouched ? 1 : 0)
  }

  private mutating func take(
    _ entry: borrowing Entry, shape: Int, _ fields: Span<Field>, _ arenas: ArenaPair
  ) {
    let at = Int(slots[shape])
    let minute = entry.time.minute.number
    if shapes[at].minute != minute {
      shapes[at].minute = minute
      shapes[at].taken = 0
    }
    guard Int(shapes[at].taken) < SampleRule.perShape, room > 0 else { return }
    shapes[at].taken += 1
    room -= 1
    sampled += 1
    let stamp = Int32(truncatingIfNeeded: minute)
    for index in entry.captureRange {
      let field = fields[index]
      let role = roles.role(of: field.name)
      if role == .none { continue }
      guard let target = target(of: field.name, role, at, entry.service) else { continue }
      let bytes = arenas.bytes(field.value)
      if target.isText {
        note(ValueText(bytes), target.track, stamp)
      } else if let value = MeasureText.value(bytes, role.measure ?? .number) {
        note(Float(value * role.factor), target.track, stamp)
      }
    }
    let message = arenas.bytes(entry.message)
    guard let count = shapes[at].plan?.walk(message, into: &values) else {
      if shapes[at].plan != nil { misfit(at) } else { idle(at) }
      return
    }
    if shapes[at].fits < .max { shapes[at].fits += 1 }
    for index in 0..<count {
      let place = values[index]
      let target = shapes[at].targets[Int(place.slot)]
      guard target.track >= 0 else { continue }
      let bytes = message.extracting(Int(place.start)..<Int(place.end))
      if target.isText {
        note(ValueText(bytes), target.track, stamp)
      } else if let measure = measurePlaces[Int(target.track)].measure,
        let value = MeasureText.value(bytes, measure)
      {
        note(Float(value), target.track, stamp)
      }
    }
  }

  /// A shape whose messages mostly do not fit its template is left alone.
  private mutating func misfit(_ at: Int) {
    misfits += 1
    if shapes[at].misfits < .max { shapes[at].misfits += 1 }
    if shapes[at].misfits >= 16, shapes[at].misfits > shapes[at].fits {
      shapes[at].plan = nil
      if shapes[at].captures.isEmpty { duties[shapes[at].number] = Self.unwatched }
    }
  }

  /// A shape that has shown no value is left alone as well.
  private mutating func idle(_ at: Int) {
    guard shapes[at].captures.allSatisfy({ $0.target.track < 0 }) else { return }
    if shapes[at].misfits < .max { shapes[at].misfits += 1 }
    if shapes[at].misfits >= 16 { duties[shapes[at].number] = Self.unwatched }
  }

  private mutating func note(_ value: Float, _ track: Int32, _ minute: Int32) {
    let at = Int(track)
    measures[at].add(value, minute)
    if !measurePlaces[at].isTouched {
      measurePlaces[at].isTouched = true
      touchedMeasures.append(track)
    }
  }

  private mutating func note(_ value: ValueText, _ track: Int32, _ minute: Int32) {
    let at = Int(track)
    texts[at].add(value, minute)
    if !textPlaces[at].isTouched {
      textPlaces[at].isTouched = true
      touchedTexts.append(track)
    }
  }

  private mutating func target(
    of field: FieldName, _ role: FieldRoles.Role, _ at: Int, _ service: Symbol
  ) -> Target? {
    for capture in shapes[at].captures where capture.field == field {
      return capture.target.track >= 0 ? capture.target : nil
    }
    guard shapes[at].captures.count < Self.captureLimit else { return nil }
    let target = track(
      shapes[at].group, label: UInt64(field.number) &* 0xd1b5_4a32_d192_ed03,
      name: roles.name(of: field), measure: role.measure, service)
    shapes[at].captures.append(Capture(field: field, target: target))
    return target.track >= 0 ? target : nil
  }

  static func key(_ group: GroupID, _ label: UInt64) -> UInt64 {
    (group.number ^ label &* 0x9e37_79b9_7f4a_7c15) &* 0xe703_7ed1_a0b4_28db
  }

  /// The track of a place, made where it is new; -1 where there is no room.
  private mutating func track(
    _ group: GroupID, label: UInt64, name: String, measure: Measure?, _ service: Symbol
  ) -> Target {
    let key = Self.key(group, label)
    if let known = byKey[key] {
      if known.isText, known.track >= 0 { texts[Int(known.track)].restart() }
      return known
    }
    var target = Target(track: -1, isText: measure == nil)
    let place = Place(group: group, label: label, name: name, measure: measure, service: service)
    if measure != nil, measures.count < Self.measureLimit {
      target.track = Int32(measures.count)
      measures.append(MeasureTrack())
      measurePlaces.append(place)
    } else if measure == nil, texts.count < Self.textLimit {
      target.track = Int32(texts.count)
      texts.append(TextTrack())
      textPlaces.append(place)
    } else {
      refused += 1
      return target
    }
    byKey[key] = target
    return target
  }
}

extension ValueWatch {
  /// What the watch asks of the run about a shape.
  package struct Questions {
    package var group: (ShapeNumber) -> GroupID
    package var template: (ShapeNumber) -> [UInt8]
    package var service: (GroupID) -> Symbol
    /// A hash of the shape's own text.
    package var seed: (ShapeNumber) -> UInt32

    package init(
      group: @escaping (ShapeNumber) -> GroupID, template: @escaping (ShapeNumber) -> [UInt8],
      service: @escaping (GroupID) -> Symbol, seed: @escaping (ShapeNumber) -> UInt32
    ) {
      self.group = group
      self.template = template
      self.service = service
      self.seed = seed
    }
  }

  /// Judges the places that had samples, and settles what is sampled from now on.
  package mutating func close(
    _ minute: Minute, shapes tally: [(shape: ShapeNumber, entries: Int)], _ questions: Questions
  ) -> [ShiftFinding] {
    var found: [ShiftFinding] = []
    judgeEnds(minute, &found)
    judgeMeasures(minute, &found)
    judgeTexts(minute, &found)
    settle(entries: tally.reduce(0) { $0 + $1.entries })
    for (shape, entries) in tally { plan(shape, entries, questions) }
    if minute.number % 60 == 0 { sweep(minute) }
    return found
  }

  /// Of the entries of a minute an eighth and 40 more are to be looked at at most.
  private mutating func settle(entries: Int) {
    let taken = Self.perMinute - room
    room = Self.perMinute
    let wanted = entries / 8 + 40
    if taken > wanted, pressure < 16 {
      pressure += 1
    } else if taken * 3 < wanted, pressure > 0 {
      pressure -= 1
    }
  }

  private mutating func judgeEnds(_ minute: Minute, _ found: inout [ShiftFinding]) {
    var measuresLeft: [Int32] = []
    for track in openMeasures {
      guard let shift = measures[Int(track)].opened else { continue }
      if let change = measures[Int(track)].judgeEnd(minute) {
        found.append(finding(change, track, shift))
      } else {
        measuresLeft.append(track)
      }
    }
    openMeasures = measuresLeft
    var textsLeft: [Int32] = []
    for track in openTexts {
      guard let shift = texts[Int(track)].opened else { continue }
      if let change = texts[Int(track)].judgeEnd(minute) {
        found.append(finding(change, track, shift))
      } else {
        textsLeft.append(track)
      }
    }
    openTexts = textsLeft
  }

  private mutating func judgeMeasures(_ minute: Minute, _ found: inout [ShiftFinding]) {
    var kept = 0
    for index in touchedMeasures.indices {
      let track = touchedMeasures[index]
      let at = Int(track)
      if let shift = measures[at].judge(minute) {
        openMeasures.append(track)
        found.append(finding(.opens, track, shift))
      }
      // A sample of a minute that is still open.
      if Int64(measures[at].lastMinute) > minute.number, measurePlaces[at].heir < 0 {
        touchedMeasures[kept] = track
        kept += 1
      } else {
        measurePlaces[at].isTouched = false
      }
    }
    touchedMeasures.removeLast(touchedMeasures.count - kept)
  }

  private mutating func judgeTexts(_ minute: Minute, _ found: inout [ShiftFinding]) {
    for track in touchedTexts {
      textPlaces[Int(track)].isTouched = false
      if let shift = texts[Int(track)].judge(minute) {
        openTexts.append(track)
        found.append(finding(.opens, track, shift))
      }
    }
    touchedTexts.removeAll(keepingCapacity: true)
  }

  private mutating func plan(_ shape: ShapeNumber, _ entries: Int, _ questions: Questions) {
    let index = shape.index
    if duties.count <= index {
      let missing = max(256, index + 1 - duties.count)
      duties.append(contentsOf: repeatElement(Self.undecided, count: missing))
      counts.append(contentsOf: repeatElement(0, count: missing))
      slots.append(contentsOf: repeatElement(-1, count: missing))
      seeds.append(contentsOf: repeatElement(0, count: missing))
    }
    if duties[index] == Self.unwatched { return }
    if duties[index] == Self.undecided {
      counts[index] = UInt8(min(Int(counts[index]) + entries, 255))
      guard counts[index] >= Self.watchedFrom else { return }
      watch(shape, questions)
      if duties[index] == Self.unwatched { return }
    }
    let least: UInt8 = shapes[Int(slots[index])].hasMeasure ? 0 : 2
    duties[index] = max(least, SampleRule.bits(for: entries)) + pressure
  }

  private mutating func watch(_ number: ShapeNumber, _ questions: Questions) {
    guard shapes.count < Self.shapeLimit else {
      refused += 1
      duties[number.index] = Self.unwatched
      return
    }
    let group = questions.group(number)
    let service = questions.service(group)
    var shape = Shape(number: number.index, group: group)
    shape.plan = ValuePlan(questions.template(number))
    for slot in shape.plan?.slots ?? [] {
      let target = track(
        group, label: slot.label, name: slot.word, measure: slot.measure, service)
      if slot.measure != nil { shape.hasMeasure = true }
      shape.targets.append(target)
    }
    slots[number.index] = Int32(shapes.count)
    seeds[number.index] = questions.seed(number)
    shapes.append(shape)
    duties[number.index] = 0
  }

  /// Makes room of shapes that have not been sampled for a day, once there is little.
  private mutating func sweep(_ minute: Minute) {
    guard shapes.count > Self.shapeLimit * 3 / 4 else { return }
    var kept: [Shape] = []
    for shape in shapes {
      if minute.number - shape.minute > 1440 {
        duties[shape.number] = Self.undecided
        counts[shape.number] = 0
        slots[shape.number] = -1
      } else {
        slots[shape.number] = Int32(kept.count)
        kept.append(shape)
      }
    }
    shapes = kept
  }
}
