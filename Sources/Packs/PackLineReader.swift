package import Flow
internal import Model
internal import PatternMatching

extension PackTables: DeclaredLines {
  package var lineFormats: [LineFormat] { lines.formats }

  package func makeLineReader() -> any LineReader { PackLineReader(lines) }
}

/// Tries the packs' line formats on a frame: by its first byte, then by the words that a format needs, then
/// by PCRE2; the first that matches wins.
///
/// - Limits: formats see the first 16 KiB of a frame; one that gives up counts as not matching.
final class PackLineReader: LineReader {
  private let lines: LineTables
  private var scratch = MatchScratch()
  private var look: CandidateIndex.Scratch
  private var prepared: [PreparedPattern?]
  private(set) var captures: [LineCapture] = []

  private static let textLimit = PackMatcher.defaultTextLimit

  init(_ lines: LineTables) {
    self.lines = lines
    look = lines.index.scratch()
    prepared = Array(repeating: nil, count: lines.formats.count)
  }

  func read(_ line: Span<UInt8>, among allowed: [Int]) -> Int {
    guard line.count > 0 else { return 0 }
    let first = lines.byFirstByte[Int(line[0])]
    if first.isEmpty { return 0 }
    let text = line.extracting(..<min(line.count, Self.textLimit))
    lines.index.look(text, &look)
    var place = 0
    for candidate in look.found {
      while place < first.count, first[place] < candidate { place += 1 }
      guard place < first.count else { return 0 }
      guard first[place] == candidate else { continue }
      let number = Int(candidate) + 1
      if !allowed.isEmpty, !allowed.contains(number) { continue }
      let isWhole = text.count == line.count
      guard let pattern = pattern(number - 1) else { continue }
      if scratch.match(pattern, text, endsThere: isWhole) == .found {
        take(number - 1, cutAt: isWhole ? nil : text.count, whole: line.count)
        return number
      }
    }
    return 0
  }

  private func pattern(_ index: Int) -> PreparedPattern? {
    if let known = prepared[index] { return known }
    let made = lines.store.pattern(index)?.prepared()
    prepared[index] = made
    return made
  }

  /// Notes what took part; of several groups for one field the first counts.
  private func take(_ index: Int, cutAt cut: Int?, whole: Int) {
    captures.removeAll(keepingCapacity: true)
    for capture in lines.captures[index] {
      if captures.last?.name == capture.field { continue }
      guard var range = scratch.capture(capture.group), !range.isEmpty else { continue }
      if range.upperBound == cut { range = range.lowerBound..<whole }
      captures.append(
        LineCapture(
          role: capture.role, name: capture.field, from: range.lowerBound,
          to: range.upperBound, isNumber: capture.isNumber))
    }
  }
}
