/// Why a state can't be opened, read or written.
package struct StateError: Error, CustomStringConvertible, Equatable {
  package enum Reason: Equatable, Sendable {
    /// The folder or the file, and what the system or SQLite says.
    case closed(String)
    /// A database, but not one of this tool's.
    case foreign
    /// Written by a later version of the tool.
    case newer(Int)
    /// Another process has it.
    case inUse
    case damaged(String)
    case unwritable(String)
    /// There is none, where one was to be looked at.
    case missing
  }

  package let path: String
  package let reason: Reason

  package init(_ path: String, _ reason: Reason) {
    self.path = path
    self.reason = reason
  }

  package var description: String {
    switch reason {
    case .closed(let why): "\(path): the state can't be opened: \(why)"
    case .foreign: "\(path) is not a state of taffrail's"
    case .newer(let version):
      "\(path) is of a newer version of taffrail (state version \(version), this one reads "
        + "\(StateSchema.version))"
    case .inUse: "\(path) is in use by another taffrail that is running"
    case .damaged(let why):
      "\(path) is damaged: \(why); move it away to begin with an empty state"
    case .unwritable(let why): "\(path): the state can't be written: \(why)"
    case .missing: "\(path): there is no state here"
    }
  }
}
