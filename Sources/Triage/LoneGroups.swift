package import Bytes
package import Model

/// Services whose new errors are often single entries: texts with a name in front, say, which each time make a group.
///
/// A new group that ends with one entry is booked to its service; what is booked fades evenly, to nothing two weeks after the last one. Where
/// more than one and a half are on the books, the service's next new error is told with its second entry, within an hour, not with its first.
/// - Limits: 20,000 services, 1,000 groups that wait.
package struct LoneGroups: Sendable {
  private static let serviceLimit = 20_000
  private static let waitingLimit = 1000
  private static let week = 10_080.0
  private static let most = 1.5
  private static let patience: Int64 = 60

  fileprivate struct Book: Sendable {
    var count = 0.0
    var minute: Int64

    func count(at now: Int64) -> Double {
      max(0, count * (1 - min(1, Double(now - minute) / (2 * LoneGroups.week))))
    }
  }

  private var books: [Symbol: Book] = [:]
  private var waiting: [GroupID: (minute: Int64, service: Symbol)] = [:]

  package init() {}

  func isWaiting(_ group: GroupID) -> Bool { !waiting.isEmpty && waiting[group] != nil }

  /// Whether a single entry of a new group is to wait for another.
  mutating func holdsBack(_ group: GroupID, of service: Symbol, _ minute: Minute) -> Bool {
    guard let book = books[service], book.count(at: minute.number) >= Self.most,
      waiting.count < Self.waitingLimit
    else { return false }
    waiting[group] = (minute.number, service)
    return true
  }

  /// A waiting group has an entry: whether it came soon enough to be told now.
  mutating func comesAgain(_ group: GroupID, _ minute: Minute) -> Bool {
    guard let since = waiting.removeValue(forKey: group) else { return false }
    return minute.number - since.minute <= Self.patience
  }

  /// Books those that waited in vain.
  mutating func close(_ minute: Minute) {
    guard !waiting.isEmpty, minute.number % 10 == 0 else { return }
    for (group, since) in waiting.sorted(by: { $0.key.number < $1.key.number })
    where minute.number - since.minute > Self.patience {
      waiting.removeValue(forKey: group)
      book(since.service, minute)
    }
  }

  /// Books a new group that ended with a single entry.
  mutating func book(_ service: Symbol, _ minute: Minute) {
    let known = books[service]?.count(at: minute.number) ?? 0
    guard books[service] != nil || books.count < Self.serviceLimit else { return }
    books[service] = Book(count: known + 1, minute: minute.number)
  }
}

/// What is kept of it over restarts: the books. What waits at the end of a run is told, if it comes again, as the first of its kind.
extension LoneGroups: KeptByName {
  package static let keptVersion: UInt8 = 1

  package mutating func carry(_ bytes: inout KeptBytes, _ names: KeptNames) {
    var rows: [(place: Int, book: Book)] = []
    if !bytes.isReading {
      for (service, book) in books.sorted(by: { $0.key < $1.key }) {
        if let place = names.place(service) { rows.append((place, book)) }
      }
    }
    bytes.carryList(&rows, limit: Self.serviceLimit) { bytes, row in
      bytes.carry(&row.place, in: 0...KeptNames.limit)
      bytes.carry(&row.book.count, in: 0...1e9)
      bytes.carry(&row.book.minute, in: -(Int64(1) << 40)...(Int64(1) << 40))
    } empty: {
      (0, Book(minute: 0))
    }
    guard bytes.isReading, !bytes.isBroken else { return }
    for row in rows {
      if let service = names.symbol(row.place) { books[service] = row.book }
    }
  }
}
