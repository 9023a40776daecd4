internal import Ingest
internal import Model

/// A frame decoder whose stamps without a year take that of their file's last change, where the user
/// gave none.
struct AnchoredDecoder: ~Copyable {
  private var settings: DecodingSettings
  private let takesFileYear: Bool
  private var decoder: FrameDecoder

  init(_ settings: DecodingSettings, takesFileYear: Bool) {
    self.settings = settings
    self.takesFileYear = takesFileYear
    decoder = FrameDecoder(settings)
  }

  mutating func decode(_ batch: Batch) {
    if takesFileYear, batch.modified.isKnown { takeYear(of: batch) }
    decoder.decode(batch)
  }

  /// A decoder for another year begins its names anew.
  private mutating func takeYear(of batch: Batch) {
    let year = CivilTime(batch.modified).year
    guard year != settings.year else { return }
    settings.year = year
    decoder = FrameDecoder(settings)
    batch.restartsNames = true
  }
}
