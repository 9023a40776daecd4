internal import Bytes
internal import CSQLite

/// What SQLite said no to.
struct SQLiteProblem: Error {
  var code: Int32
  var message: String

  /// The file's content is not what SQLite wrote.
  var isDamage: Bool { code & 0xff == SQLITE_CORRUPT || code & 0xff == SQLITE_NOTADB }

  static func damage(_ message: String) -> SQLiteProblem {
    SQLiteProblem(code: SQLITE_CORRUPT, message: message)
  }
}

/// A connection to one database file, closed with its owner.
///
/// The file may have been written by anybody: its schema is not trusted, and no value of it is longer than 16 MiB.
@safe
struct SQLiteDatabase: ~Copyable {
  enum Access {
    case reads, writes
    /// Nobody else has the file open, and nothing is made beside it.
    case readsAlone
  }

  private static let valueLimit: Int32 = 16 << 20

  private let handle: OpaquePointer

  init(_ path: String, _ access: Access) throws(SQLiteProblem) {
    let flags =
      switch access {
      case .writes: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case .reads: SQLITE_OPEN_READONLY
      case .readsAlone: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      }
    let name = access == .readsAlone ? Self.address(path) + "?immutable=1" : path
    var opened: OpaquePointer?
    let code = unsafe sqlite3_open_v2(name, &opened, flags | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let handle = unsafe opened else {
      let problem = unsafe Self.problem(code, opened)
      unsafe sqlite3_close_v2(opened)
      throw problem
    }
    unsafe self.handle = handle
    unsafe sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Self.valueLimit)
    unsafe sqlite3_busy_timeout(handle, 2000)
    unsafe sqlite3_exec(
      handle, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON", nil, nil, nil)
  }

  deinit { unsafe sqlite3_close_v2(handle) }

  /// A path as SQLite's URI of it: marks that mean something there are written as escapes.
  private static func address(_ path: String) -> String {
    var text = "file:"
    for character in path.unicodeScalars {
      switch character {
      case "%": text += "%25"
      case "?": text += "%3f"
      case "#": text += "%23"
      default: text.unicodeScalars.append(character)
      }
    }
    return text
  }

  /// Runs statements that give no rows that anybody wants.
  func run(_ statements: String) throws(SQLiteProblem) {
    let code = unsafe sqlite3_exec(handle, statements, nil, nil, nil)
    guard code == SQLITE_OK else { throw problem(code) }
  }

  func prepare(_ statement: String) throws(SQLiteProblem) -> SQLiteStatement {
    var made: OpaquePointer?
    let code = unsafe sqlite3_prepare_v2(handle, statement, -1, &made, nil)
    guard code == SQLITE_OK, let made = unsafe made else { throw problem(code) }
    return unsafe SQLiteStatement(made)
  }

  /// The first column of the first row as a number; 0 where there is none.
  func number(_ statement: String) throws(SQLiteProblem) -> Int {
    var asked = try prepare(statement)
    return try asked.step() ? Int(asked.number(0)) : 0
  }

  /// The first column of the first row as text; empty where there is none.
  func text(_ statement: String) throws(SQLiteProblem) -> String {
    var asked = try prepare(statement)
    return try asked.step() ? asked.text(0) : ""
  }

  private func problem(_ code: Int32) -> SQLiteProblem { unsafe Self.problem(code, handle) }

  fileprivate static func problem(_ code: Int32, _ handle: OpaquePointer?) -> SQLiteProblem {
    guard let handle = unsafe handle, let said = unsafe sqlite3_errmsg(handle) else {
      return SQLiteProblem(code: code, message: "error \(code)")
    }
    return unsafe SQLiteProblem(code: code, message: String(cString: said))
  }
}

/// A prepared statement, finalised with its owner: bind, step, read columns, reset.
@safe
struct SQLiteStatement: ~Copyable {
  private let handle: OpaquePointer

  init(_ handle: OpaquePointer) { unsafe self.handle = handle }

  deinit { unsafe sqlite3_finalize(handle) }

  /// Binds parameters by their places, from 1.
  mutating func bind(_ place: Int32, _ number: Int64) {
    unsafe sqlite3_bind_int64(handle, place, number)
  }

  mutating func bind(_ place: Int32, _ text: String) {
    unsafe sqlite3_bind_text(handle, place, text, -1, Self.copies)
  }

  mutating func bind(_ place: Int32, _ bytes: [UInt8]) {
    if bytes.isEmpty {
      unsafe sqlite3_bind_zeroblob(handle, place, 0)
    } else {
      unsafe sqlite3_bind_blob(handle, place, bytes, Int32(clamping: bytes.count), Self.copies)
    }
  }

  /// Goes to the next row; false behind the last.
  mutating func step() throws(SQLiteProblem) -> Bool {
    let code = unsafe sqlite3_step(handle)
    switch code {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default:
      throw unsafe SQLiteDatabase.problem(code, sqlite3_db_handle(handle))
    }
  }

  /// Runs a statement without rows once more with what is bound now.
  mutating func run() throws(SQLiteProblem) {
    _ = try step()
    unsafe sqlite3_reset(handle)
  }

  func number(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }

  func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }

  func bytes(_ column: Int32) -> [UInt8] {
    guard let start = unsafe sqlite3_column_blob(handle, column) else { return [] }
    let count = unsafe Int(sqlite3_column_bytes(handle, column))
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// Tells SQLite to copy what is bound.
  private static var copies: sqlite3_destructor_type {
    unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }
}
