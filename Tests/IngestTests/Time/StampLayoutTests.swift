import Model
import Testing

@testable import Ingest

/// Stamps by the layout that a pack gives.
@Suite struct StampLayoutTests {
  private static let reader = StampReader(
    anchor: YearAnchor(year: 2026), zone: InputZone(seconds: 0))

  @Test(arguments: [
    ("01032026 093000", "%d%m%Y %H%M%S", "2026-03-01T09:30:00Z"),
    ("26.060.09:30:00.125", "%y.%j.%H:%M:%S.%f", "2026-03-01T09:30:00.125Z"),
    ("Mar  1 2026 at 09h30m00", "%b %e %Y at %Hh%Mm%S", "2026-03-01T09:30:00Z"),
    ("2026/03/01|11:30:00+0200", "%Y/%m/%d|%H:%M:%S%z", "2026-03-01T09:30:00Z"),
    ("100% 1772357400", "100%% %s", "2026-03-01T09:30:00Z"),
    ("03-01 09:30:00", "%m-%d %H:%M:%S", "2026-03-01T09:30:00Z"),
  ])
  func reads(_ text: String, _ layout: String, _ expected: String) {
    let bytes = Array(text.utf8)
    let words = Array(layout.utf8)
    let stamp = StampLayout.read(bytes.span, 0, words.span, Self.reader)
    let time = stamp?.time.description
    #expect(time == expected)
  }

  @Test(arguments: [
    ("01032026", "%d%m%Y %H%M%S"), ("45032026 093000", "%d%m%Y %H%M%S"),
    ("01Foo2026", "%d%b%Y"), ("01032026 256000", "%d%m%Y %H%M%S"), ("", "%Y"), ("2026", "%Q"),
  ])
  func refuses(_ text: String, _ layout: String) {
    let bytes = Array(text.utf8)
    let words = Array(layout.utf8)
    let isStamp = StampLayout.read(bytes.span, 0, words.span, Self.reader) != nil
    #expect(!isStamp)
  }
}
