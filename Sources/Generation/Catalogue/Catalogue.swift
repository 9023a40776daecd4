/// All programs that a stream may hold.
package enum Catalogue {
  /// In the order in which they join a stream: the first ones make a small platform of their own.
  package static let programs: [Program] = {
    let all =
      systemPrograms + accessPrograms + tradingPrograms + frontPrograms + dataPrograms + webPrograms
      + containerPrograms
    let first = leading.compactMap { name in all.first { $0.name == name } }
    return first + all.filter { !leading.contains($0.name) }
  }()

  private static let leading = [
    "systemd", "sshd", "order-gateway", "ledger", "postgres", "order-service", "nginx", "pricing",
    "risk", "market-data", "CRON", "kernel", "sudo", "web-frontend", "matching-engine",
    "redis-server", "auth-service", "settlement", "chronyd", "systemd-logind",
  ]
}
