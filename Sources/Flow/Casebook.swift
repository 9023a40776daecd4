package import Model

/// What judging stages may ask about the run so far; answered by the application, which knows all rooms.
package protocol Casebook {
  /// A service's, host's or program's name; empty for none.
  func name(of symbol: Symbol) -> String

  func profile(of group: GroupID) -> GroupProfile?

  /// The groups of error severity with most entries in these minutes (of a service, or of all), most
  /// first; ties by id.
  func errorGroups(service: Symbol?, from: Minute, through: Minute, limit: Int) -> [GroupID]

  /// What came shortly before `time` in the contexts of the group's latest error entries: warnings and
  /// errors first, then what is rare; latest first, at most `limit`.
  func preceding(group: GroupID, before time: Timestamp, limit: Int) -> [PrecedingEntry]

  /// Deployments, restarts and boots between two moments, latest first.
  func changes(from: Timestamp, to: Timestamp) -> [ChangeMarker]

  /// Hosts of the group's entries, most frequent first.
  func hosts(of group: GroupID) -> [Symbol]

  /// Whether the stream has entries of more than one host.
  var hasSeveralHosts: Bool { get }

  /// Hashes of the correlation ids of the group's latest entries.
  func contexts(of group: GroupID) -> [UInt64]
}
