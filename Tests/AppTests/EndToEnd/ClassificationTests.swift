import Foundation
import Model
import Packs
import Testing
import Triage

@testable import App

/// Where category, outcome and severity come from, and the text model that ships with the packs.
@Suite("Classification")
struct ClassificationTests {
  private static let patterns = Shell.root.appending(path: "patterns")

  /// The model and its report, trained once for all tests.
  private static let trained: (bytes: [UInt8], report: TextModelReport)? = {
    var names = FieldNames()
    guard
      let library = try? PackLibrary(
        [.path(patterns.path)], names: &names, verification: .none)
    else { return nil }
    let (model, report) = TextTrainer(TextSamples.of(library)).train()
    return (TextModelFile.bytes(of: model), report)
  }()

  @Test(
    "The shipped model is what training on the shipped packs gives: else run taffrail patterns train"
  )
  func shipped() throws {
    let shipped = try Data(contentsOf: Self.patterns.appending(path: TextModelFile.name))
    let trained = try #require(Self.trained)
    #expect(Array(shipped).elementsEqual(trained.bytes), "make model brings it up to date")
    #expect(shipped.count < 100_000, "it is read at every start")
  }

  @Test(
    "On packs that it has not seen it is right nine times in ten where it speaks",
    arguments: [TextQuestion.category, .outcome, .severity])
  func quality(question: TextQuestion) throws {
    let report = try #require(Self.trained).report
    let all = try #require(report.rows.first { $0.question == question && $0.answer == nil })
    if all.said > 0 { #expect(all.right / all.said >= 0.9, "\(all)") }
    // With thresholds that the judged packs had no part in.
    if all.saidByHalves > 0 { #expect(all.rightByHalves / all.saidByHalves >= 0.88, "\(all)") }
    for row in report.rows where row.question == question && row.said >= 20 {
      #expect(row.right / row.said >= 0.9, "\(row)")
    }
    // It is of use: of every eight patterns it tells one's category and one's outcome.
    if question != .severity { #expect(all.said / all.known >= 0.125, "\(all)") }
  }

  private static let log = """
    2026-03-01T10:00:00Z h sshd[9]: Failed password for root from 192.0.2.7 port 22 ssh2
    2026-03-01T10:00:01Z h nginx[9]: the quick brown fox
    2026-03-01T10:00:02Z h till[9]: deadlock in a transaction of the shop
    2026-03-01T10:00:03Z h till[9]: the quick brown fox
    2026-03-01T10:00:04Z h till[9]: client denied: user bob's certificate is not authorized

    """

  @Test("parse tells where each came from")
  func sources() throws {
    let shell = try Shell()
    try shell.write("a.log", Self.log)
    let entries = try shell.run("taffrail parse -c - a.log").objects
    func texts(_ key: String) -> [String] { entries.map { $0[key] as? String ?? "-" } }
    #expect(
      texts("taffrail.category").prefix(4) == ["security", "network", "database", "application"])
    #expect(texts("taffrail.category_source").prefix(4) == ["pattern", "program", "text", "none"])
    #expect(texts("taffrail.outcome_source").prefix(2) == ["pattern", "-"])
    #expect(entries[0]["taffrail.category_confidence"] == nil)
  }

  /// A model that knows one thing for sure, in a folder of its own beside a pack.
  private func shellWithModel() throws -> Shell {
    let shell = try Shell()
    var samples: [TextSample] = []
    for pack in 0..<40 {
      samples.append(
        TextSample(
          pack: "a\(pack)", pattern: "a\(pack)", text: Array("drawer jammed again".utf8),
          category: .storage, outcome: .failure, severity: .warning))
      samples.append(
        TextSample(
          pack: "b\(pack)", pattern: "b\(pack)", text: Array("customer paid <num>".utf8),
          category: .trading, outcome: .success, severity: .info))
    }
    try shell.write(
      "packs/text.model", Data(TextModelFile.bytes(of: TextTrainer(samples).train().model)))
    try shell.write(
      "packs/till.yaml",
      """
      pack: till
      applies: { program: [till] }
      patterns:
        - id: till.opened
          match: '^drawer opened$'
          category: application
          samples: [{ text: drawer opened }]

      """)
    try shell.write(
      "till.log",
      """
      2026-03-01T10:00:00Z h till[9]: drawer jammed again
      2026-03-01T10:00:01Z h till[9]: drawer opened
      2026-03-01T10:00:02Z h till[9]: customer paid 7
      2026-03-01T10:00:03Z h till[9]: customer paid 12

      """)
    return shell
  }

  @Test("parse tells how sure the model is, and it stays silent on what a pattern knows")
  func confidence() throws {
    let shell = try shellWithModel()
    let entries = try shell.run("taffrail parse -c - --patterns packs till.log").objects
    #expect(
      entries.map { $0["taffrail.category"] as? String ?? "-" }
        == ["storage", "application", "trading", "trading"])
    #expect(
      entries.map { $0["taffrail.category_source"] as? String ?? "-" }
        == ["model", "pattern", "model", "model"])
    #expect(
      entries.map { $0["event.outcome"] as? String ?? "-" }
        == ["failure", "-", "success", "success"])
    let sure = try #require(entries[0]["taffrail.category_confidence"] as? Double)
    #expect(sure >= 0.9 && sure < 1)
    #expect(entries[0]["taffrail.outcome_confidence"] as? Double != nil)
    #expect(entries[1]["taffrail.category_confidence"] == nil)
  }

  @Test("What was guessed can be asked for")
  func selection() throws {
    let shell = try shellWithModel()
    let guessed = try shell.run(
      "taffrail parse -c - --patterns packs --where taffrail.category_source=model till.log"
    ).objects
    #expect(guessed.compactMap { $0["log.line"] as? Int } == [1, 3, 4])
    let known = try shell.run(
      "taffrail parse -c - --patterns packs --where taffrail.category_source=pattern till.log"
    ).objects
    #expect(known.compactMap { $0["log.line"] as? Int } == [2])
  }

  @Test("explain tells how each text was classified, and by which words")
  func explained() throws {
    let shell = try shellWithModel()
    let lines = try shell.run(
      "taffrail explain --classification -c - --patterns packs -o json till.log"
    ).objects
    let found = lines.filter { $0["kind"] as? String == "classification" }
    #expect(
      found.map { $0["message"] as? String ?? "-" }
        == ["drawer jammed again", "drawer opened", "customer paid 7"])
    #expect(found.map { $0["count"] as? Int ?? 0 } == [1, 1, 2])
    let reading = try #require(lines.first { $0["question"] as? String == "category" })
    #expect(reading["answer"] as? String == "storage")
    #expect(reading["said"] as? Bool == true)
    #expect(reading["taken"] as? Bool == true)
    #expect(Set(reading["words"] as? [String] ?? []) == ["drawer", "jammed", "again"])
    let text = try shell.run(
      "taffrail explain --classification -c - --patterns packs -o text till.log"
    ).out
    #expect(text.contains("category  storage, by model, "))
    #expect(text.contains("  pattern   till.opened\n"))
    #expect(text.contains("category: storage before "))
  }

  @Test("The division into batches and the number of workers never show")
  func sameBytes() throws {
    let shell = try shellWithModel()
    let many = (0..<3000).map { number in
      "2026-03-01T10:00:00Z h till[9]: \(number % 3 == 0 ? "drawer jammed again" : "customer paid \(number)")\n"
    }.joined()
    try shell.write("many.log", many)
    let expected = try shell.run("taffrail parse -c - --patterns packs --workers 1 many.log").out
    #expect(expected.contains(#""taffrail.category_source":"model""#))
    for workers in [2, 3] {
      let other = try shell.run(
        "taffrail parse -c - --patterns packs --workers \(workers) many.log")
      #expect(other.out == expected)
    }
    let piped = try shell.run(
      """
      (head -c 777 many.log; sleep 0.1; tail -c +778 many.log) | taffrail parse -c - --patterns packs |
        grep -o '"taffrail.category[^,]*' | sort | uniq -c
      """)
    let whole = try shell.run(
      """
      taffrail parse -c - --patterns packs many.log |
        grep -o '"taffrail.category[^,]*' | sort | uniq -c
      """)
    #expect(piped.out == whole.out)
  }

  @Test("A damaged model stops the run before anything is read", arguments: ["parse", "analyze"])
  func damaged(command: String) throws {
    let shell = try shellWithModel()
    let outcome = try shell.run(
      """
      printf 'x' | dd of=packs/text.model bs=1 seek=90 conv=notrunc 2>/dev/null
      taffrail \(command) -c - --patterns packs till.log
      """)
    #expect(outcome.status == 2)
    #expect(outcome.out.isEmpty)
    #expect(
      outcome.error.contains("packs/text.model: is damaged: its content is not what was written"))
    #expect(outcome.error.contains("taffrail patterns train"))
  }

  @Test("Without a model nothing is guessed")
  func without() throws {
    let shell = try shellWithModel()
    let outcome = try shell.run(
      "rm packs/text.model; TAFFRAIL_PATTERNS_DIR=packs taffrail parse -c - till.log")
    #expect(outcome.status == 0)
    let entries = try outcome.objects
    #expect(!entries.contains { $0["taffrail.category_source"] as? String == "model" })
  }

  @Test("train writes beside the first folder of packs, and the same bytes each time")
  func train() throws {
    let shell = try shellWithModel()
    let outcome = try shell.run(
      """
      export TAFFRAIL_PATTERNS_DIR=packs
      taffrail patterns train -o json >report && cp packs/text.model first &&
        taffrail patterns train -q && cmp first packs/text.model && cat report
      """)
    #expect(outcome.status == 0, "\(outcome.error)")
    let rows = try outcome.objects
    #expect(
      rows.count == 16, "nine categories, two outcomes, two severities, and one for all of each")
    let all = try #require(rows.first { $0["answer"] == nil })
    #expect(all["question"] as? String == "category")
    #expect(all["known"] as? Double == 1)
    #expect(all["said"] as? Double == 0)
    let refused = try shell.run("taffrail patterns train packs/till.yaml")
    #expect(refused.status == 2)
  }
}
