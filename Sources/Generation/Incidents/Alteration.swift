/// What an incident makes of the values in a service's messages: their count stays what it was.
struct Alteration: Sendable {
  enum Change: Sendable {
    /// Durations are `ratio` times as long.
    case durations
    /// Of the answers, `ratio` in a hundred are of class 5xx.
    case statuses
    /// Of the words of one list, the last one stands in `ratio` of twenty places, 19 at most.
    case words(Parameter)
  }

  var service: Int
  /// Microseconds from the stream's start.
  var from: Int
  var to: Int
  var change: Change
  var ratio: Double
}

extension Alteration {
  static let durations: Set<Parameter> = [.ms, .us, .dur, .slowms, .sec]
  /// Lists of which a service may favour another word than usual.
  static let lists: Set<Parameter> = [
    .user, .method, .venue, .errno, .database, .query, .ccy, .topic, .rkey, .table,
  ]
}
