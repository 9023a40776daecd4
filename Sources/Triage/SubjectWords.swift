internal import Model

/// What words and names tell of an entry's category.
struct SubjectWords: Sendable {
  private let weights: [WordKey: (Category, Int)]

  private static let table: [(Category, Int, String)] = [
    (
      .network, 2,
      "connection unreachable socket dns tcp udp network upstream handshake dhcp ssl tls proxy"
    ),
    (.network, 2, "refused timeout timedout"),
    (.network, 1, "connect connected disconnected peer route interface link gateway timed packet"),
    (
      .storage, 2,
      "disk filesystem inode ext4 xfs btrfs raid snapshot nvme unmount mount mounted volume fsck"
    ),
    (.storage, 1, "block quota storage bucket io sector"),
    (
      .database, 2,
      "query queries deadlock sql database transaction replica replication vacuum postgres mysql"
    ),
    (.database, 1, "db table checkpoint wal migration rollback cursor"),
    (.performance, 2, "slow latency throttled throttling backpressure overload overloaded"),
    (.performance, 1, "gc lag queue delayed"),
    (
      .deployment, 2, "deploy deployed deploying deployment release released rollout rollback"
    ),
    (.deployment, 1, "version upgraded upgrade"),
    (.trading, 2, "order orders filled fill position positions pnl trade trades portfolio"),
    (.trading, 1, "rejected instrument symbol quantity exchange"),
    (
      .security, 3,
      "login auth authentication password unauthorized forbidden denied sudo credential credentials"
    ),
    (.security, 2, "authorization certificate permission intrusion attack"),
    (.system, 2, "kernel systemd oom reboot shutdown cpu memory"),
    (.system, 1, "unit boot module swap process"),
  ]

  init() {
    var weights: [WordKey: (Category, Int)] = [:]
    for (category, weight, words) in Self.table {
      for word in words.split(separator: " ") {
        let key = WordKey(String(word))
        if weights[key] == nil { weights[key] = (category, weight) }
      }
    }
    self.weights = weights
  }

  /// The category whose words weigh most, at least 2; ties to the one met first; else `other`.
  func category(_ tokens: [TextTokens.Token]) -> Category {
    var sums = InlineArray<16, Int>(repeating: 0)
    var best = Category.other
    var most = 1
    for token in tokens where token.kind == .word {
      guard let (category, weight) = weights[token.key] else { continue }
      let at = Int(category.rawValue) & 15
      sums[at] += weight
      if sums[at] > most {
        most = sums[at]
        best = category
      }
    }
    return best
  }
}
