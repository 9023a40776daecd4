package import Flow
package import Model

/// What the decoders are told before the first byte: constant for a run.
package struct DecodingSettings: Sendable {
  /// The format that the user asked for; nil to recognise it by evidence.
  package var format: SourceFormat?
  /// Whether every field of a structured source is kept (`parse`), or only those that stages use.
  package var keepsFields: Bool
  /// The zone of stamps that state none.
  package var zone: InputZone
  /// Places stamps without a year.
  package var anchor: YearAnchor
  /// Longest frame in bytes that is read whole; longer ones are cut and counted.
  package var lineLimit: Int
  /// The line formats that packs declare.
  package var lines: (any DeclaredLines)?
  /// Numbers of those that the user asked for (`format` is then `.pack`); all where it is empty.
  package var allowedLines: [Int] = []
  /// The journal files that frames of `Framing.journalEntries` refer to.
  package var journals: JournalSet?

  package init(
    format: SourceFormat? = nil, keepsFields: Bool = false, zone: InputZone = InputZone(),
    anchor: YearAnchor = YearAnchor(year: 1970),
    lineLimit: Int = 1 << 20, journals: JournalSet? = nil
  ) {
    self.format = format
    self.keepsFields = keepsFields
    self.zone = zone
    self.anchor = anchor
    self.lineLimit = lineLimit
    self.journals = journals
  }
}
