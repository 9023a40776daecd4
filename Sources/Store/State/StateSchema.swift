/// The tables of a state, and its version.
///
/// Rows of what is kept hold bytes, which know their own version; so the tables change seldom.
enum StateSchema {
  /// "TAFF".
  static let application = 0x5441_4646
  static let version = 1
  static let file = "taffrail.db"
  static let lock = "taffrail.lock"

  static let tables = """
    CREATE TABLE learned (
      id INTEGER PRIMARY KEY CHECK (id = 1), first INTEGER NOT NULL, last INTEGER NOT NULL);
    CREATE TABLE names (position INTEGER PRIMARY KEY, name BLOB NOT NULL);
    CREATE TABLE parts (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE baselines (
      position INTEGER PRIMARY KEY, kind TEXT NOT NULL, name BLOB NOT NULL, bytes BLOB NOT NULL);
    CREATE TABLE shapes (
      position INTEGER PRIMARY KEY, kind INTEGER NOT NULL, text BLOB NOT NULL, grp TEXT NOT NULL,
      template BLOB NOT NULL, bytes BLOB NOT NULL);
    """
  static let tableNames = ["learned", "names", "parts", "baselines", "shapes"]
}
