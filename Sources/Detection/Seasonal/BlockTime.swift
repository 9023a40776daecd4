/// Where a block of five minutes lies in its hour, day and week.
struct BlockTime: Sendable {
  let ofHour: Int
  let ofDay: Int
  let hourOfWeek: Int
  var quarter: Int { ofDay / 3 }

  /// - Parameter block: five minutes, counted from the epoch (a Thursday).
  init(_ block: Int64) {
    let ofWeek = Int(((block % 2016) + 2016) % 2016)
    ofDay = ofWeek % 288
    ofHour = ofDay % 12
    hourOfWeek = ofWeek / 12
  }
}
