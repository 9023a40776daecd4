internal import Bytes
internal import Model
internal import PatternMatching

/// Runs samples against their patterns, by the interpreter, so that nothing is compiled by the JIT for it.
struct SampleCheck: ~Copyable {
  private let library: PackLibrary
  private var scratch = MatchScratch()

  init(_ library: PackLibrary) { self.library = library }

  /// What is wrong with a sample of the pattern; nil where it holds.
  mutating func check(_ sample: PatternSample, of pattern: PackPattern) -> SampleFailure? {
    let bytes = Array(sample.text.utf8)
    switch scratch.match(pattern.pattern.interpreted(), bytes.span) {
    case .gaveUp:
      return SampleFailure(
        line: sample.line, text: sample.text, problem: "made the pattern give up")
    case .notFound:
      return sample.matches
        ? SampleFailure(line: sample.line, text: sample.text, problem: "does not match") : nil
    case .found:
      guard sample.matches else {
        return SampleFailure(line: sample.line, text: sample.text, problem: "matches and must not")
      }
    }
    guard let fields = sample.fields else { return nil }
    let got = scratch.fields(of: pattern, in: bytes).map {
      PatternSample.ExpectedField(name: $0.name, value: $0.value)
    }.sorted { $0.name < $1.name }
    let expected = fields.sorted { $0.name < $1.name }
    if got == expected { return nil }
    return SampleFailure(
      line: sample.line, text: sample.text, problem: "gives other fields",
      expected: Self.listed(expected), got: Self.listed(got))
  }

  /// The pattern of the same pack that takes the sample before the one at `index` is tried.
  mutating func earlierMatch(_ sample: PatternSample, of index: Int) -> String? {
    let bytes = Array(sample.text.utf8)
    for other in library.patterns[..<index]
    where other.pack == library.patterns[index].pack {
      if scratch.match(other.pattern.interpreted(), bytes.span) == .found { return other.id }
    }
    return nil
  }

  /// The line format that takes the sample before the one at `index` is tried.
  mutating func earlierLine(_ sample: PatternSample, of index: Int) -> String? {
    let bytes = Array(sample.text.utf8)
    for other in library.lines[..<index]
    where scratch.match(other.pattern.interpreted(), bytes.span) == .found { return other.id }
    return nil
  }
  private static func listed(_ fields: [PatternSample.ExpectedField]) -> String {
    fields.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
  }
}

/// What is wrong with a sample.
package struct SampleFailure: Sendable, Equatable {
  package var line: Int
  package var text: String
  /// As the end of a sentence that begins with the sample.
  package var problem: String
  /// The fields that it should give, and those that it gives.
  package var expected: String?
  package var got: String?
}
