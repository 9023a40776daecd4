internal import Ingest
internal import Model

/// A frame decoder whose stamps without a year are placed by their file's last change, where the user
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
    if takesFileYear, batch.modified.isKnown { takeAnchor(of: batch) }
    decoder.decode(batch)
  }

  /// A decoder for another anchor begins its names anew.
  private mutating func takeAnchor(of batch: Batch) {
    let anchor = YearAnchor(modified: batch.modified)
    guard anchor != settings.anchor else { return }
    settings.anchor = anchor
    decoder = FrameDecoder(settings)
    batch.restartsNames = true
  }
}
