/// What an entry means to those who watch for attacks; told on the worker, from the entry's bytes alone.
@usableFromInline
package enum SecuritySignal: UInt8, CaseIterable, Sendable {
  case none
  /// A login that was refused.
  case refusedLogin
  /// A login that succeeded.
  case acceptedLogin
  /// Other access that was refused, failed or is hostile: a relay, a query, a handshake.
  case refusedAccess
  /// A packet or connection that a firewall kept out.
  case blockedPacket
  /// A web request that no innocent client sends: traversal, injection, a known exploit.
  case webAttack
  /// A web request for what is only looked for: `.env`, a backup, an admin page that is not there.
  case webProbe
  /// A web request of a client that calls itself a scanner.
  case scannerAgent
  /// A web request that was answered with 400 to 499.
  case webRefused
  /// A password sent to a web login.
  case webLogin
  /// Rights of another user were used: sudo, su.
  case privilege
  /// An account or a group was made or changed.
  case accountChange
  /// Logs or their clock were tampered with.
  case tampering
  /// Logs were made shorter by their keeper: vacuumed, rotated.
  case logShortened
  /// A program with root's rights for everyone (su, sudo, passwd) crashed, as those do that are attacked.
  case privilegedCrash
  /// A program ran from a folder that anyone may write to.
  case suspiciousProgram
  /// Something began to listen.
  case listening
  /// Malware that a filter found.
  case threat
  /// A program says itself that it had enough of someone: too many attempts, locked, banned.
  case limitReached
  /// A web request with a random query that no cache can answer.
  case cacheBypass
  /// Encoded text was decoded on a command line, as droppers do it.
  case decoding
  /// The kernel or a program says that connections come in a flood.
  case flood
  /// A connection that was refused because there are too many, of its source or in all.
  case connectionLimit
  /// A connection from an address of the internet that was taken.
  case connection
}
