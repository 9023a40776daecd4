internal import Bytes
internal import Glibc
internal import Model

/// The state in a folder: one SQLite file that one process at a time may write.
///
/// `DIR/taffrail.db` in WAL mode, and `DIR/taffrail.lock`, locked (flock(2)) for as long as a run lasts; the system takes that lock
/// back when the process ends, however it does. A state is written as a whole, in one transaction.
package final class StateStore {
  package enum Access: Sendable { case reads, writes }

  package let path: String
  private let database: SQLiteDatabase
  private let lock: FileDescriptor?

  /// Opens the state of a folder, for writing one that is not there yet is made.
  package init(folder: String, _ access: Access) throws(StateError) {
    path = folder.hasSuffix("/") ? folder + StateSchema.file : folder + "/" + StateSchema.file
    if access == .writes {
      try Self.make(folder)
      lock = try Self.lock(folder, path)
    } else {
      lock = nil
      guard let status = Self.status(path), status.kind != .regular || status.size > 0 else {
        throw StateError(path, .missing)
      }
    }
    if let status = Self.status(path), status.kind != .regular {
      throw StateError(path, .closed("it is no regular file"))
    }
    do throws(SQLiteProblem) {
      database = try SQLiteDatabase(path, Self.access(access, folder, path))
      if access == .writes { _ = try database.text("PRAGMA journal_mode = WAL") }
      try database.run("PRAGMA synchronous = NORMAL")
    } catch {
      throw Self.problem(error, path)
    }
    try check(access)
  }

  private static func status(_ path: String) -> FileStatus? { try? FileStatus(FilePath(path)) }

  /// Beside a file in WAL mode SQLite makes others, also to read it: where it can't, and nobody has it open, it is read as it is.
  private static func access(
    _ access: Access, _ folder: String, _ path: String
  ) -> SQLiteDatabase.Access {
    if access == .writes { return .writes }
    let isAlone = status(path + "-wal") == nil
    let isWritable = unsafe Glibc.access(folder, W_OK) == 0
    return isAlone && !isWritable ? .readsAlone : .reads
  }

  /// Makes a folder, and those that it lies in; only its owner may look into it.
  private static func make(_ folder: String) throws(StateError) {
    var made = ""
    let parts = folder.split(separator: "/", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      made += index == 0 ? String(part) : "/" + part
      if made.isEmpty || FileStatus.exists(made) { continue }
      guard unsafe mkdir(made, 0o700) == 0 || errno == EEXIST else {
        throw StateError(folder, .closed(SystemError.last.text))
      }
    }
  }

  private static func lock(_ folder: String, _ path: String) throws(StateError) -> FileDescriptor {
    let file = path.dropLast(StateSchema.file.count) + StateSchema.lock
    let opened = unsafe open(String(file), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard opened >= 0 else {
      throw StateError(folder, .closed(SystemError.last.text))
    }
    let descriptor = FileDescriptor(owning: opened)
    guard flock(opened, LOCK_EX | LOCK_NB) == 0 else { throw StateError(folder, .inUse) }
    return descriptor
  }

  private func check(_ access: Access) throws(StateError) {
    do throws(SQLiteProblem) {
      let isEmpty = try database.number("SELECT count(*) FROM sqlite_schema") == 0
      if isEmpty, access == .writes {
        try database.run(
          "BEGIN IMMEDIATE; PRAGMA application_id = \(StateSchema.application); "
            + "PRAGMA user_version = \(StateSchema.version); \(StateSchema.tables) COMMIT")
        return
      }
      guard try database.number("PRAGMA application_id") == StateSchema.application else {
        throw SQLiteProblem(code: Self.foreign, message: "")
      }
      let version = try database.number("PRAGMA user_version")
      guard version == StateSchema.version else {
        throw SQLiteProblem(
          code: version > StateSchema.version ? Self.newer : Self.foreign, message: "\(version)")
      }
      // A view in a table's place could give rows without end.
      let names = StateSchema.tableNames.map { "'\($0)'" }.joined(separator: ", ")
      let tables = try database.number(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN (\(names))")
      let others = try database.number(
        "SELECT count(*) FROM sqlite_schema WHERE type IN ('view', 'trigger')")
      guard tables == StateSchema.tableNames.count, others == 0 else {
        throw SQLiteProblem.damage("its tables are not as they were made")
      }
    } catch {
      switch error.code {
      case Self.foreign: throw StateError(path, .foreign)
      case Self.newer: throw StateError(path, .newer(Int(error.message) ?? 0))
      default: throw Self.problem(error, path)
      }
    }
  }

  /// The minutes that a time stamp can lie in.
  private static let minutes =
    Timestamp(nanoseconds: .min + 1).minute.number...Timestamp(nanoseconds: .max).minute.number
  private static let foreign: Int32 = -1
  private static let newer: Int32 = -2

  private static func problem(_ problem: SQLiteProblem, _ path: String) -> StateError {
    StateError(path, problem.isDamage ? .damaged(problem.message) : .closed(problem.message))
  }

  // MARK: Reading

  /// All that is kept.
  package func read() throws(StateError) -> KeptState {
    do throws(SQLiteProblem) {
      // One transaction, so that a run that is writing is seen before or behind its writing.
      try database.run("BEGIN")
      var state = KeptState()
      try readSmall(&state)
      try readBaselines(&state)
      try readShapes(&state)
      try database.run("COMMIT")
      return state
    } catch {
      throw Self.problem(error, path)
    }
  }

  /// What SQLite finds wrong with the file; empty where it is well.
  package func findDamage() throws(StateError) -> [String] {
    do throws(SQLiteProblem) {
      var asked = try database.prepare("PRAGMA integrity_check(20)")
      var found: [String] = []
      while try asked.step() { found.append(asked.text(0)) }
      return found == ["ok"] ? [] : found
    } catch {
      if error.isDamage { return [error.message] }
      throw Self.problem(error, path)
    }
  }

  private func readSmall(_ state: inout KeptState) throws(SQLiteProblem) {
    var learned = try database.prepare("SELECT first, last FROM learned")
    if try learned.step() {
      let (first, last) = (learned.number(0), learned.number(1))
      guard first <= last, Self.minutes.contains(first), Self.minutes.contains(last) else {
        throw SQLiteProblem.damage("minutes \(first) to \(last) are said to have been learned")
      }
      state.learned = first...last
    }
    var names = try database.prepare("SELECT name FROM names ORDER BY position")
    while state.names.count < KeptState.limit, try names.step() {
      state.names.append(names.bytes(0))
    }
    var parts = try database.prepare("SELECT name, bytes FROM parts ORDER BY name")
    while state.parts.count < KeptState.limit, try parts.step() {
      state.parts[parts.text(0)] = parts.bytes(1)
    }
  }

  private func readBaselines(_ state: inout KeptState) throws(SQLiteProblem) {
    var rows = try database.prepare("SELECT kind, name, bytes FROM baselines ORDER BY position")
    while state.baselines.count < KeptState.limit, try rows.step() {
      state.baselines.append(
        KeptState.Baseline(kind: rows.text(0), name: rows.bytes(1), bytes: rows.bytes(2)))
    }
  }

  private func readShapes(_ state: inout KeptState) throws(SQLiteProblem) {
    var rows = try database.prepare(
      "SELECT kind, text, grp, template, bytes FROM shapes ORDER BY position")
    while state.shapes.count < KeptState.limit, try rows.step() {
      let kind = GroupKind(rawValue: UInt8(truncatingIfNeeded: rows.number(0))) ?? .message
      state.shapes.append(
        KeptState.Shape(
          text: rows.bytes(1), kind: kind, group: rows.text(2), template: rows.bytes(3),
          bytes: rows.bytes(4)))
    }
  }

  // MARK: Writing

  /// Puts a state in the place of what is kept, wholly or not at all.
  package func write(_ state: KeptState) throws(StateError) {
    do throws(SQLiteProblem) {
      try database.run("BEGIN IMMEDIATE")
      for table in StateSchema.tableNames { try database.run("DELETE FROM \(table)") }
      try writeSmall(state)
      try writeBaselines(state.baselines)
      try writeShapes(state.shapes)
      try database.run("COMMIT")
    } catch {
      try? database.run("ROLLBACK")
      throw StateError(path, error.isDamage ? .damaged(error.message) : .unwritable(error.message))
    }
  }

  private func writeSmall(_ state: KeptState) throws(SQLiteProblem) {
    if let learned = state.learned {
      try database.run(
        "INSERT INTO learned VALUES (1, \(learned.lowerBound), \(learned.upperBound))")
    }
    var names = try database.prepare("INSERT INTO names VALUES (?, ?)")
    for (position, name) in state.names.enumerated() {
      names.bind(1, Int64(position))
      names.bind(2, name)
      try names.run()
    }
    var parts = try database.prepare("INSERT INTO parts VALUES (?, ?)")
    for (name, bytes) in state.parts.sorted(by: { $0.key < $1.key }) {
      parts.bind(1, name)
      parts.bind(2, bytes)
      try parts.run()
    }
  }

  private func writeBaselines(_ baselines: [KeptState.Baseline]) throws(SQLiteProblem) {
    var rows = try database.prepare("INSERT INTO baselines VALUES (?, ?, ?, ?)")
    for (position, baseline) in baselines.enumerated() {
      rows.bind(1, Int64(position))
      rows.bind(2, baseline.kind)
      rows.bind(3, baseline.name)
      rows.bind(4, baseline.bytes)
      try rows.run()
    }
  }

  private func writeShapes(_ shapes: [KeptState.Shape]) throws(SQLiteProblem) {
    var rows = try database.prepare("INSERT INTO shapes VALUES (?, ?, ?, ?, ?, ?)")
    for (position, shape) in shapes.enumerated() {
      rows.bind(1, Int64(position))
      rows.bind(2, Int64(shape.kind.rawValue))
      rows.bind(3, shape.text)
      rows.bind(4, shape.group)
      rows.bind(5, shape.template)
      rows.bind(6, shape.bytes)
      try rows.run()
    }
  }
}
