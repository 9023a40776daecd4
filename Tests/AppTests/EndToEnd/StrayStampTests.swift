import Testing

/// Stamps that are not believed spoil nothing but themselves.
@Suite("Stamps far from all others")
struct StrayStampTests {
  /// A second apart, every fiftieth one of the year 2099, each in a minute of its own.
  static func log(past: Bool) -> String {
    var text = ""
    for number in 0..<1500 {
      let second = (number % 60 < 10 ? "0" : "") + "\(number % 60)"
      let minute = (number / 60 < 10 ? "0" : "") + "\(number / 60)"
      let stamp =
        number % 50 == 49
        ? "2099-01-01T\(10 + number / 500):\(10 + number / 50):00Z"
        : past && number == 700 ? "1970-01-01T00:00:00Z" : "2026-03-01T09:\(minute):\(second)Z"
      text += "\(stamp) web\(number % 2) app[7]: request done\n"
    }
    return text
  }

  @Test(arguments: [false, true], ["cat a.log | taffrail", "taffrail a.log"])
  func theyAreCountedAndTheirSourceIsNamed(past: Bool, reader: String) throws {
    let shell = try Shell()
    try shell.write("a.log", Self.log(past: past))
    let run = try shell.run("\(reader) -c - -o json --workers 2")
    let summary = try #require(try run.objects.last)
    let window = try #require(summary["window"] as? [String: String])
    #expect(window["start"]?.hasPrefix("2026-03-01T09:00:00") == true)
    #expect(window["end"]?.hasPrefix("2026-03-01T09:24:") == true)
    let hints = try #require(summary["hints"] as? [String])
    let hint = try #require(hints.first { $0.contains("not believed") })
    #expect(hint.contains(past ? "30 far ahead, 1 far behind" : "30 far ahead"))
    #expect(hint.contains("host web1"))
    #expect(hint.contains(reader.hasPrefix("cat") ? ": - " : "a.log"))
    let book = try run.ledger
    #expect(book["late"] == (past && reader.hasPrefix("cat") ? 1 : 0) && book.isBalanced)
  }
}
