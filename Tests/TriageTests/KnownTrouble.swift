import Model
import Testing
import Triage

/// Two services and an error that is known, for suites of the insight desk.
class KnownTrouble {
  let casebook: FakeCasebook
  let payments: Symbol
  let orders: Symbol
  let refused: GroupID

  init() {
    var casebook = FakeCasebook()
    payments = casebook.addService("payments")
    orders = casebook.addService("orders")
    refused = casebook.addGroup(1, "connection to <ip> refused", payments)
    self.casebook = casebook
  }

  /// A desk that has seen an hour, or so many minutes, in which the groups were known.
  func seasoned(_ groups: [GroupID], minutes: Int = 60) -> InsightDesk {
    var desk = InsightDesk()
    for minute in 0..<minutes {
      let scene = Scene(minute, groups: groups.map { ($0, 1) }, casebook: casebook)
      #expect(desk.close(scene.facts, findings: [], casebook: casebook).isEmpty)
    }
    return desk
  }
}
