import Foundation
import Testing

/// The bundled incident: one fault, named by its service, its group and its start.
@Suite("The demo")
struct DemoTests {
  @Test("is one incident of the ledger service that begins at 13:52 and closes")
  func incident() throws {
    let shell = try Shell()
    let outcome = try shell.run(
      "gzip -dc $FIXTURES/demo/incident.json.gz | taffrail analyze -c - -o json")
    #expect(outcome.status == 0)
    let events = try outcome.objects
    let incidents = events.filter { $0["kind"] as? String == "incident" }
    #expect(incidents.compactMap { $0["status"] as? String } == ["open", "closed"])
    let opened = try #require(incidents.first)
    let closed = try #require(incidents.last)
    #expect(opened["id"] as? String == closed["id"] as? String)
    #expect((opened["startsAt"] as? String)?.hasPrefix("2026-11-05T13:52") == true)
    #expect((closed["endsAt"] as? String)?.hasPrefix("2026-11-05T14:1") == true)
    #expect((opened["title"] as? String)?.hasPrefix("ledger: ") == true)
    #expect((opened["services"] as? [String])?.first == "ledger")
    let suspects = try #require(opened["suspects"] as? [[String: Any]])
    #expect(suspects.first?["service"] as? String == "ledger")
    let times = events.compactMap { $0["decided_at"] as? String }
    #expect(times.count == events.count)
    #expect(times == times.sorted())
    #expect(try outcome.summary["incidents"] as? Int == 1)
    #expect(try outcome.ledger.isBalanced)
  }

  @Test("reads as text: what, since when, where, what came before")
  func text() throws {
    let shell = try Shell()
    let outcome = try shell.run(
      "gzip -dc $FIXTURES/demo/incident.json.gz | taffrail analyze -c - -o text")
    for words in [
      "incident ", "since    2026-11-05 13:52", "where    ledger", "usually", "example  ",
      "before   ",
      "suspect  ledger: ", "OVER  ", "found    1 incident,",
    ] {
      #expect(outcome.out.contains(words), "\(words)")
    }
    #expect(outcome.lines.allSatisfy { !$0.hasSuffix(" ") })
  }
}
