import Bytes
import Model
import Testing

@testable import Triage

/// Samples of a little world: three packs for logins, three for disks, one that tells of both.
private func littleWorld() -> [TextSample] {
  var samples: [TextSample] = []
  func add(
    _ pack: String, _ texts: [String], _ category: Model.Category, _ outcome: Outcome,
    _ severity: Severity = .unknown
  ) {
    for (number, text) in texts.enumerated() {
      samples.append(
        TextSample(
          pack: pack, pattern: "\(pack).\(number)", text: Array(text.utf8), category: category,
          outcome: outcome, severity: severity))
    }
  }
  for pack in 0..<12 {
    add(
      "login\(pack)",
      [
        "login refused for <*> from <ip>", "password wrong for account <*>",
        "login by <*> refused: password expired", "account <*> locked after <num> logins",
      ], .security, .failure, .warning)
    add(
      "disk\(pack)",
      [
        "disk <path> mounted in <duration>", "volume <path> has <size> left on disk",
        "disk <path> checked, volume clean", "mounted volume <*> at <path>",
      ], .storage, .none)
  }
  return samples
}

private func trained() -> TextModel { TextTrainer(littleWorld()).train().model }

private func reading(_ question: TextQuestion, _ text: String) throws -> TextReading {
  try #require(trained().readings(Array(text.utf8)).first { $0.question == question })
}

@Suite struct TextModelTests {
  @Test(arguments: [
    (1.0, 0.0), (2.0, 0.693_147_180_559_945_3), (10.0, 2.302_585_092_994_045_7),
    (0.5, -0.693_147_180_559_945_3), (756.0, 6.628_041_376_179_533),
    (1e6, 13.815_510_557_964_274), (1.4143, 0.346_634_709_044_317_04),
  ])
  func logarithms(of number: Double, expected: Double) {
    #expect(abs(naturalLogarithm(number) - expected) < 1e-14 * max(1, abs(expected)))
  }

  @Test(arguments: [
    ("login refused for <*> from <ip>", "security", true),
    ("password of account <*> refused", "security", true),
    ("disk <path> mounted", "storage", true), ("volume left on disk <path>", "storage", true),
    ("the quick brown fox", "security", false), ("", "security", false),
    ("login mounted", "security", false),
  ])
  func categories(text: String, expected: String, isSaid: Bool) throws {
    let reading = try reading(.category, text)
    #expect(reading.isSaid == isSaid, "\(text): \(reading)")
    if isSaid { #expect(reading.answer == expected, "\(text)") }
    if isSaid { #expect(reading.confidence >= 90) }
  }

  @Test func theWordsThatWeighMostComeFirst() throws {
    let reading = try reading(.category, "login refused, password expired of fox on <path>")
    #expect(reading.answer == "security")
    let own = reading.words.filter { $0.weight > 0 }
    let others = reading.words.filter { $0.weight < 0 }
    #expect(Set(own.map(\.word)) == ["login", "refused", "password", "expired"])
    #expect(Set(others.map(\.word)) == ["on", "<path>"])
    #expect(
      !reading.words.contains { $0.word == "fox" }, "a word that no sample has weighs nothing")
    #expect(
      reading.words.map { abs($0.weight) } == reading.words.map { abs($0.weight) }.sorted(by: >))
  }

  @Test func thatATextTellsOfNoOutcomeIsNeverSaid() throws {
    let reading = try reading(.outcome, "disk <path> mounted, volume clean")
    #expect(reading.answer == "none")
    #expect(!reading.isSaid)
  }

  @Test func theSameSamplesInAnyOrderGiveTheSameBytes() {
    let samples = littleWorld()
    let expected = TextModelFile.bytes(of: TextTrainer(samples).train().model)
    let others = [Array(samples.reversed()), Array(samples[17...] + samples[..<17])]
    for other in others {
      #expect(TextModelFile.bytes(of: TextTrainer(other).train().model) == expected)
    }
  }

  @Test func aPatternCountsOnceHoweverManySamplesItHas() {
    var samples = littleWorld()
    let once = TextTrainer(samples).train().report
    samples.append(samples[0])
    let twice = TextTrainer(samples).train().report
    #expect(once.patterns == twice.patterns)
    #expect(once.rows.map(\.known) == twice.rows.map(\.known))
  }

  @Test func aPackIsJudgedByTheOthersAlone() {
    // Only one pack says "frobnicate": what it means can't be known where that pack is left out.
    var samples = littleWorld()
    for number in 0..<40 {
      samples.append(
        TextSample(
          pack: "odd", pattern: "odd.\(number)", text: Array("frobnicate".utf8),
          category: .trading, outcome: .none, severity: .unknown))
    }
    let report = TextTrainer(samples).train().report
    let row = report.rows.first { $0.answer == "trading" }
    #expect(row?.known == 40)
    #expect(row?.said == 0)
  }

  @Test func withoutSamplesNothingIsSaid() {
    let (model, report) = TextTrainer([]).train()
    #expect(report.patterns == 0)
    for reading in model.readings(Array("login refused".utf8)) { #expect(!reading.isSaid) }
  }
}

@Suite struct TextConfidenceTests {
  private func trials(_ shares: [(strength: UInt32, right: Int, of: Int)]) -> [TextTrial] {
    shares.flatMap { step in
      (0..<step.of).map {
        TextTrial(
          column: 0, strength: step.strength, isRight: $0 < step.right, weight: TextCounts.unit,
          pack: 0)
      }
    }
  }

  @Test func itIsTheShareOfRightAnswersAsStrong() {
    let confidence = TextConfidence(trials([(300, 98, 98), (200, 78, 98), (100, 28, 98)]))
    #expect(confidence.of(400) == (99, true))
    #expect(confidence.of(300) == (99, true))
    #expect(confidence.of(299).percent == 79)
    #expect(confidence.of(100).percent == 29)
    #expect(confidence.of(99).percent == 0)
    #expect(!confidence.of(100).isSaid)
    #expect(!confidence.of(1).isSaid)
  }

  @Test(arguments: [(50, 2), (48, 2), (46, 2), (44, 1), (30, 1)])
  func whatIsSaidIsRightNineTimesInTenAtEveryStrength(right: Int, spoken: Int) {
    let confidence = TextConfidence(trials([(300, 50, 50), (200, right, 50), (100, 20, 50)]))
    let said = right == 50 ? 1 : spoken
    #expect(confidence.spoken == said, "equal shares are one step")
    #expect(confidence.of(250).isSaid == (spoken == 2))
    #expect(!confidence.of(150).isSaid)
  }

  @Test func aStrongerAnswerIsNeverLessSure() {
    let confidence = TextConfidence(trials([(300, 30, 50), (200, 45, 50), (100, 20, 50)]))
    #expect(confidence.of(300).percent == confidence.of(200).percent)
    #expect(confidence.of(300).percent > confidence.of(100).percent)
  }

  @Test(arguments: [(10, 10), (17, 18), (0, 0)])
  func littleEvidenceIsNotEnough(right: Int, all: Int) {
    #expect(TextConfidence(trials([(300, right, all)])).spoken == 0)
  }

  @Test func noAnswersNoConfidence() {
    #expect(TextConfidence([]).of(1_000_000) == (0, false))
  }
}

@Suite struct TextModelFileTests {
  private static let good = TextModelFile.bytes(of: trained())

  private func refusal(_ bytes: [UInt8]) -> ConfigurationError? {
    do {
      _ = try TextModelFile.model(bytes, file: "text.model")
      return nil
    } catch {
      return error
    }
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let model = try TextModelFile.model(Self.good, file: "text.model")
    #expect(TextModelFile.bytes(of: model) == Self.good)
    let text = Array("login refused for <*> from <ip>".utf8)
    let expected = trained().readings(text).map(\.confidence)
    #expect(model.readings(text).map(\.confidence) == expected)
  }

  @Test(arguments: [0, 1, 22, 38, 42, 60, 200, 500])
  func aTornFileIsRefused(count: Int) throws {
    let error = try #require(refusal(Array(Self.good.prefix(count))))
    #expect(error.file == "text.model")
    #expect(error.problem.hasPrefix("is "))
    #expect(error.hint?.contains("patterns train") == true)
  }

  @Test func aChangedByteIsNoticedWhereverItStands() {
    for at in stride(from: 0, to: Self.good.count, by: 37) {
      var bytes = Self.good
      bytes[at] ^= 0x10
      #expect(refusal(bytes) != nil, "byte \(at)")
    }
  }

  @Test(arguments: [
    ("taffrail text model 2\n", "is a text model of another version than 1"),
    ("taffrail packs 1\n", "is no text model"), ("", "is no text model"),
    ("taffrail text model 1\n", "is damaged: its content is not what was written"),
  ])
  func headsOfOthers(head: String, problem: String) {
    #expect(refusal(Array(head.utf8))?.problem == problem)
    #expect(
      refusal(Array(head.utf8) + [UInt8](repeating: 7, count: 64))?.problem == problem)
  }

  @Test(arguments: [
    [UInt8](), [255, 255, 255, 255], [0, 0, 0, 0], [UInt8](repeating: 0, count: 63),
    [UInt8](repeating: 0, count: 65), [UInt8](repeating: 255, count: 400),
  ])
  func partsThatDoNotFitAreRefusedThoughTheirHashIsRight(body: [UInt8]) {
    let hash = StableHash(body.span)
    var bytes = Array("taffrail text model 1\n".utf8)
    for lane in [hash.high, hash.low] {
      for shift in stride(from: 0, to: 64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: lane >> UInt64(shift)))
      }
    }
    #expect(refusal(bytes + body)?.problem == "is damaged: its parts don't fit together")
  }
}

@Suite struct GuessTests {
  /// An entry as a classifier with the little world's model leaves it.
  private func classified(
    _ text: String, program: String = "", kind: GroupKind = .message,
    _ change: (inout Entry) -> Void = { _ in }
  ) -> Entry {
    let batch = makeBatch()
    batch.addMask(text, slot: 1, kind: kind)
    var entry = Entry()
    entry.mask = 1
    if !program.isEmpty {
      batch.addName(program, symbol: 7)
      entry.program = Symbol(number: 7)
    }
    change(&entry)
    batch.entries.append(entry)
    var classifier = Classifier(model: trained())
    classifier.process(batch)
    return batch.entries[0]
  }

  @Test(arguments: [
    ("login refused for <*> from <ip>", "", Model.Category.security, ClassSource.model),
    ("login refused for <*> from <ip>", "postgres", .security, .model),
    ("checkpoint complete", "postgres", .database, .program),
    ("deadlock in transaction", "", .database, .text),
    ("the quick brown fox", "shop", .application, .none),
    ("the quick brown fox", "", .other, .none),
  ])
  func sources(text: String, program: String, category: Model.Category, source: ClassSource) {
    let entry = classified(text, program: program)
    #expect(entry.category == category)
    #expect(entry.categorySource == source)
    #expect((entry.categoryConfidence >= 90) == (source == .model))
  }

  @Test func whatAPatternKnowsIsNotGuessed() {
    let entry = classified("login refused for <*> from <ip>") {
      $0.pattern = 3
      $0.category = .network
      $0.categorySource = .pattern
    }
    #expect(entry.category == .network)
    #expect(entry.categorySource == .pattern)
    #expect(entry.outcome == .none)
    #expect(classified("login refused for <*>") { $0.pattern = 3 }.categorySource != .model)
  }

  @Test func aFailureInSecurityIsNotGuessed() {
    let guessed = classified("login refused for <*> from <ip>")
    #expect(guessed.category == .security)
    #expect(guessed.outcome == .none)
    let elsewhere = classified("login refused for <*> from <ip>") { $0.category = .trading }
    #expect(elsewhere.outcome == .failure)
    #expect(elsewhere.outcomeSource == .model)
    #expect(elsewhere.outcomeConfidence >= 90)
  }

  @Test func whatTheSourceStatesStands() {
    let entry = classified("login refused for <*> from <ip>") {
      $0.category = .trading
      $0.outcome = .success
      $0.outcomeSource = .field
      $0.severity = .info
      $0.severitySource = .field
    }
    #expect(entry.outcome == .success)
    #expect(entry.outcomeSource == .field)
    #expect(entry.severity == .info)
    #expect(entry.severityConfidence == 0)
  }

  @Test func aSeverityIsGuessedWhereNothingTellsOne() {
    let entry = classified("password wrong for account <*>")
    #expect(entry.severity == .warning)
    #expect(entry.severitySource == .model)
    #expect(entry.severityConfidence >= 90)
    #expect(classified("disk <path> mounted in <duration>").severity == .unknown)
  }

  @Test func aStackTraceIsNotGuessedAt() {
    #expect(classified("login refused for <*>", kind: .exception).categorySource != .model)
  }

  @Test func anEntryHasRoomForIt() {
    #expect(MemoryLayout<Entry>.stride == 120)
  }
}
