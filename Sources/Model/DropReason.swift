/// Why an entry that was read did not reach analysis.
package enum DropReason: String, CaseIterable, Sendable {
  /// Taffrail's own output, met in the journal.
  case own
  /// No room in a bounded store.
  case overflow
}
