internal import Model

/// What a value watch holds of shapes and of places.
extension ValueWatch {
  /// Where a value of a shape goes: a track's number, and whether it is a measure's.
  struct Target: Sendable {
    var track: Int32
    var isText: Bool
  }

  struct Capture: Sendable {
    var field: FieldName
    var target: Target
  }

  struct Shape: Sendable {
    var number: Int
    var group: GroupID
    var plan: ValuePlan?
    var targets: [Target] = []
    var captures: [Capture] = []
    /// Of its latest sample; long ago where it had none.
    var minute = Int64.min / 2
    var taken: UInt8 = 0
    var misfits: UInt16 = 0
    var fits: UInt16 = 0
    var hasMeasure = false
  }

  struct Place: Sendable {
    var group: GroupID
    var label: UInt64
    var name: String
    var measure: Measure?
    var service: Symbol
    var isTouched = false
    /// The track that took it over, or -1.
    var heir: Int32 = -1
  }
}
