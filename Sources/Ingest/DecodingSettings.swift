package import Model

/// What the decoders are told before the first byte: constant for a run.
package struct DecodingSettings: Sendable {
  /// The format that the user asked for; nil to recognise it by evidence.
  package var format: SourceFormat?
  /// Whether every field of a structured source is kept (`parse`), or only those that stages use.
  package var keepsFields: Bool
  /// Offset from UTC, in seconds east, of stamps that state no zone.
  package var zoneOffset: Int
  /// The year that stamps without one are placed near.
  package var year: Int
  /// Longest frame in bytes that is read whole; longer ones are cut and counted.
  package var lineLimit: Int
  /// The journal files that frames of `Framing.journalEntries` refer to.
  package var journals: JournalSet?

  package init(
    format: SourceFormat? = nil, keepsFields: Bool = false, zoneOffset: Int = 0, year: Int = 1970,
    lineLimit: Int = 1 << 20, journals: JournalSet? = nil
  ) {
    self.format = format
    self.keepsFields = keepsFields
    self.zoneOffset = zoneOffset
    self.year = year
    self.lineLimit = lineLimit
    self.journals = journals
  }
}
