/// How a source's bytes are divided into frames; a property of the source, told by its first bytes.
@usableFromInline
package enum Framing: UInt8, Sendable {
  /// Ended by a line feed (a carriage return before it is dropped).
  case lines
  /// Ended by a NUL byte, as GELF over TCP and some RFC 5424 senders do.
  case nul
  /// Preceded by its length in decimal digits and a space (RFC 6587 section 3.4.1).
  case octetCounted
  /// The journal's export format: `NAME=value` lines, or a name, a length and bytes; an empty line
  /// ends an entry.
  case journalExport
  /// RFC 7464: a record separator (0x1e) before each JSON text.
  case jsonSequence
  /// JSON objects over several lines, or the elements of an array: each outermost object is a frame.
  case jsonObjects
  /// Records of comma-separated values, whose quoted ones may hold line feeds (RFC 4180).
  case csv
  /// Lines, whose columns a line before them names (W3C's extended log format).
  case columns
  /// Windows events as XML: each `<Event>` is a frame, wherever lines end.
  case xmlEvents
  /// 16 bytes for each entry of a journal file, which say where it stands; the files are the run's.
  case journalEntries

  /// The length of every frame, where all have the same.
  package var frameSize: Int? { self == .journalEntries ? 16 : nil }
}
