internal import Model

/// A security insight that has not ended, with what goes on being seen of it.
struct OpenWatch: Sendable {
  /// Different values that are told by name.
  static let nameLimit = 8

  let insight: Insight
  let quiet: Int64
  private(set) var lastSeen: Int64
  /// Entries since it opened, those that opened it included.
  private(set) var entries: Int
  private var users: [(name: String, entries: Int)] = []
  private var isBeyond = false

  init(_ insight: Insight, quiet: Int64, at time: Int64, entries: Int) {
    self.insight = insight
    self.quiet = quiet
    self.entries = entries
    lastSeen = time
  }

  /// Books an entry of it, so many times.
  mutating func note(user: String, at time: Int64, times: Int = 1) {
    entries += times
    lastSeen = max(lastSeen, time)
    if user.isEmpty { return }
    if let known = users.firstIndex(where: { $0.name == user }) {
      users[known].entries += times
    } else if users.count < Self.nameLimit {
      users.append((user, times))
    } else {
      isBeyond = true
    }
  }

  /// The users of its entries, most entries first.
  var attribution: [Attribution] {
    users.sorted { $0.entries != $1.entries ? $0.entries > $1.entries : $0.name < $1.name }
      .map { Attribution(field: "user.name", value: $0.name, count: $0.entries) }
  }

  /// What is to be added when it ends; nothing where one entry was all.
  var closingWords: String {
    if entries < 2 { return "" }
    let names = attribution.prefix(3).map(\.value).joined(separator: ", ")
    let others = users.count > 3 || isBeyond ? " and others" : ""
    return " \(entries) entries in all" + (names.isEmpty ? "." : ", for \(names)\(others).")
  }
}
