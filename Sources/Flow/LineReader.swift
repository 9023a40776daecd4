package import Model

/// Line formats that packs declare, handed to the decoders by the application; constant for a run.
package protocol DeclaredLines: Sendable {
  /// The formats in the order in which they are tried; their numbers count from 1.
  var lineFormats: [LineFormat] { get }

  /// A reader for one worker.
  func makeLineReader() -> any LineReader
}

/// Recognises a frame that is in a declared line format; one for each worker.
///
/// A pure function of the frame's own bytes and of the formats that are allowed.
package protocol LineReader: AnyObject {
  /// The number of the format that the line is in, or 0; what it captured stands in `captures`.
  ///
  /// - Parameter allowed: numbers of the formats that come into question, all of them where it is empty.
  func read(_ line: Span<UInt8>, among allowed: [Int]) -> Int

  /// What the last line that was recognised holds, in the order of the groups.
  var captures: [LineCapture] { get }
}

/// A whole-line format as its pack declares it: what stands beside its captures.
package struct LineFormat: Sendable {
  package var name: String
  package var pack: String
  /// The program that writes it, or empty.
  package var program: [UInt8]
  /// Severity where the line states none; unknown to leave it open.
  package var severity: Severity
  /// What the format writes for its levels, where that is no common word.
  package var levels: [(text: [UInt8], severity: Severity)]
  /// How the stamp is written, in strptime's words; empty for the common stamps.
  package var timeLayout: [UInt8]
  package var category: Model.Category?
  package var outcome: Outcome?
  /// Words without which a line is not tried, for people to read.
  package var words: [String]

  package init(
    name: String, pack: String, program: [UInt8] = [], severity: Severity = .unknown,
    levels: [(text: [UInt8], severity: Severity)] = [], timeLayout: [UInt8] = [],
    category: Model.Category? = nil, outcome: Outcome? = nil, words: [String] = []
  ) {
    self.name = name
    self.pack = pack
    self.program = program
    self.severity = severity
    self.levels = levels
    self.timeLayout = timeLayout
    self.category = category
    self.outcome = outcome
    self.words = words
  }
}

/// A part of a line that a declared format captured.
package struct LineCapture: Sendable {
  /// What the part is to the entry.
  package enum Role: Sendable {
    case field, time, level, message, host, program, process, service, trace

    /// The role that a field's name gives.
    package init(name: String) {
      self =
        switch name {
        case "@timestamp": .time
        case "log.level": .level
        case "message": .message
        case "host.name": .host
        case "process.name": .program
        case "process.pid": .process
        case "service.name": .service
        case "trace.id": .trace
        default: .field
        }
    }
  }

  package var role: Role
  package var name: FieldName
  package var from: Int
  package var to: Int
  package var isNumber: Bool

  package init(role: Role, name: FieldName, from: Int, to: Int, isNumber: Bool) {
    self.role = role
    self.name = name
    self.from = from
    self.to = to
    self.isNumber = isNumber
  }
}
