/// What one generation of a worker's numbers means at the merge; empty when made.
@usableFromInline
package protocol WorkerTable {
  init()
}

/// The merge's tables for the numbers that workers give to names and masks.
///
/// A worker that empties its own table begins a new one here; the old one stays until the last batch
/// announced with it has been merged, since batches of several sources are merged in another order
/// than they were worked on.
/// - Limits: one table for each worker and generation that a batch in flight still uses.
@usableFromInline
package struct WorkerTables<Table: WorkerTable> {
  @usableFromInline var tables: [Table] = []
  private var users: [Int] = []
  private var current: [Int] = []
  private var free: [Int] = []

  package init() {}

  @inlinable
  package subscript(_ table: Int) -> Table {
    _read { yield tables[table] }
    _modify { yield &tables[table] }
  }

  /// The table for a batch that is being announced, counted as one of its users.
  package mutating func table(ofWorker worker: Int, restarts: Bool) -> Int {
    while current.count <= worker { current.append(make()) }
    if restarts {
      let old = current[worker]
      current[worker] = make()
      recycle(old)
    }
    users[current[worker]] += 1
    return current[worker]
  }

  /// A batch that was announced with the table has been merged.
  package mutating func release(_ table: Int) {
    users[table] -= 1
    if !current.contains(table) { recycle(table) }
  }

  private mutating func make() -> Int {
    if let table = free.popLast() { return table }
    tables.append(Table())
    users.append(0)
    return tables.count - 1
  }

  private mutating func recycle(_ table: Int) {
    guard users[table] == 0 else { return }
    tables[table] = Table()
    free.append(table)
  }
}
