/// The wire format that an entry was read from (`taffrail.format`).
@usableFromInline
package enum SourceFormat: UInt8, CaseIterable, Sendable {
  case plain, journald, json, logfmt, syslog, cri, docker, clf, otlp, gelf, cef, csv, leef, w3c,
    winlog
  /// A line format that a pack declares; the entry's `layout` says which.
  case pack

  package var name: String { String(describing: self) }
}
