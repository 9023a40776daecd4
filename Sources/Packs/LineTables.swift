internal import Flow
internal import Model

/// The whole-line formats of the loaded packs as a run needs them: flat and immutable, for all workers.
struct LineTables: Sendable {
  struct Capture: Sendable {
    var group: Int
    var field: FieldName
    var isNumber: Bool
    var role: LineCapture.Role
  }

  /// In the order in which they are tried.
  var formats: [LineFormat] = []
  /// For each format its captures, in the order of the groups; of several for one field the first counts.
  var captures: [[Capture]] = []
  /// For each first byte the formats that may begin with it, ascending; 256 lists.
  var byFirstByte = [[UInt16]](repeating: [], count: 256)
  var index = CandidateIndex([])
  var store = PatternStore([])
}
