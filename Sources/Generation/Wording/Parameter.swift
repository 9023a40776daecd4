/// The kinds of values that templates hold, by the names under which templates mention them.
package enum Parameter: UInt8, CaseIterable, Sendable {
  // Written digit by digit.
  case ip, pubip, port, pid, small, num, big, id, pct, ms, slowms, sec, float, dur, us, size, bytes
  case hex4, hex8, hex12, hex16, hex32, hex64, uuid, mac, price, qty, order, exec, account
  case txid, date, time, clfdate, b64, cpu, inode, email, session
  // What the entry's own context says.
  case version, level, logger, thread, unit, trace
  // Drawn from a list of words.
  case user, baduser, path, api, domain, table, sym, side, method, status, estatus, agent, iface
  case dev, sysunit, topic, pod, ns, image, errno, cron, database, rkey, venue, ccy, query

  /// Its place in tables by parameter.
  var ordinal: Int { Int(rawValue) }

  init?(named name: String) {
    guard let found = Parameter.named[name] else { return nil }
    self = found
  }

  private static let named: [String: Parameter] = {
    var places: [String: Parameter] = [:]
    for parameter in allCases { places[String(describing: parameter)] = parameter }
    return places
  }()
}
