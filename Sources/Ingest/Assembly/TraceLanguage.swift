import Bytes

/// Whose rules tell the lines of an entry of several lines.
///
/// A language's rules are one file in `Languages`: which lines open a trace or belong to one by their own
/// bytes (`read`), and which ordinary lines go on with a trace of that language (`goesOn`). A new one is
/// a file, a case here and its first bytes in `TraceLine`.
enum TraceLanguage: UInt8 {
  /// No trace: only indented lines belong to it.
  case none
  /// Parts of a line that the container runtime has cut.
  case parts
  /// A trace whose lines all tell by themselves that they belong to one.
  case any
  case java
  case python
  case go
  case script
  case ruby
  case php
  case dotNet
  case rust
  case swift
  case dart
  case erlang
  case perl
  case native
  /// A line that ends in an opening bracket, up to its closing one.
  case block
  case slowQuery

  /// Its entries are reports of a fault.
  var isFault: Bool { self != .none && self != .block && self != .slowQuery && self != .dotNet }

  /// Its first line may stand behind a log entry of level warning or above that announces it.
  var followsAnnouncement: Bool { self == .any || self == .python || self == .erlang }

  /// The colon at the end of a line does not make the line of this kind that follows part of the entry.
  var opensAlone: Bool { self == .swift || self == .dart || self == .block || self == .slowQuery }

  /// Whether a line that does not tell by itself belongs to an open entry of this language.
  func goesOn(_ line: Span<UInt8>, _ shape: TraceLine, _ open: OpenEntry) -> Bool {
    switch self {
    case .none, .parts, .any, .php, .dotNet, .perl, .rust: false
    case .java: JavaTrace.goesOn(line)
    case .python: PythonTrace.goesOn(line, shape, open)
    case .go: GoTrace.goesOn(line, shape)
    case .script: ScriptTrace.goesOn(line, shape, open)
    case .ruby: RubyTrace.goesOn(line)
    case .swift: SwiftTrace.goesOn(line, shape)
    case .dart: DartTrace.goesOn(line, shape, open)
    case .erlang: ErlangTrace.goesOn(line)
    case .native: NativeTrace.goesOn(line, shape)
    case .block: false
    case .slowQuery: SlowQuery.goesOn(line, shape, open)
    }
  }

  /// What is to be remembered of the first line; see `OpenEntry.stage`.
  func firstStage(_ line: Span<UInt8>) -> UInt8 {
    switch self {
    case .python: line.has("--- Logging error", at: 0) ? 1 : 0
    case .script: ScriptTrace.isPlace(line) ? 1 : 0
    case .dart: line.holds(0xe2, at: 0) ? 1 : 0
    default: 0
    }
  }
}
