import Foundation
import Testing

/// What the user did not ask for is `filtered`: counted, and not told.
@Suite("Selecting entries")
struct SelectionTests {
  static let log = """
    <11>Mar  1 10:00:00 web nginx[7]: upstream timed out
    <14>Mar  1 10:01:00 web app[8]: user ann logged in
    <14>Mar  1 10:02:00 db app[8]: user bob logged in
    <12>Mar  1 10:03:00 db postgres[9]: slow query

    """

  @Test(
    "counts the rest as filtered",
    arguments: [
      ("", 4), ("-u app", 2), ("-u 'a*' -u nginx", 3), ("-p warning", 2), ("-p 3", 1),
      ("-g 'user (ann|eve)'", 1), ("--where log.level=error", 1),
      ("--where 'message=slow query'", 1), ("--where user.name=nobody", 0),
      ("-S '2026-03-01 10:01' -U '2026-03-01 10:02'", 2), ("-S @1772359380", 1),
      ("-S end-1m", 2), ("-S end-90s -p warning", 1), ("-u app -g bob", 1),
      ("-U 2026-02-28", 0),
    ])
  func table(flags: String, analysed: Int) throws {
    let shell = try Shell()
    try shell.write("in.log", Self.log)
    for command in ["analyze -o json", "parse --stats", "groups --stats"] {
      let outcome = try shell.run("taffrail \(command) -c - --input-year 2026 \(flags) in.log")
      #expect(outcome.status == 0, "\(outcome.error)")
      let ledger = try outcome.ledger
      #expect(ledger["analysed"] == analysed, "\(command)")
      #expect(ledger["filtered"] == 4 - analysed, "\(command)")
      #expect(ledger.isBalanced)
    }
  }

  @Test(
    "a name of a host or a process may be a condition",
    arguments: [
      ("host.name=db", 2), ("process.name=app", 2), ("service.name=nginx", 1),
      ("taffrail.category=database", 1),
    ])
  func ownFields(condition: String, count: Int) throws {
    let shell = try Shell()
    try shell.write("in.log", Self.log)
    let outcome = try shell.run("taffrail parse -c - --where \(condition) in.log")
    #expect(outcome.lines.count == count, "\(outcome.out)")
  }

  @Test(
    "--fail-on gives 3 for a finding at or above",
    arguments: [
      ("warning", 3), ("info", 3), ("critical", 0),
    ])
  func failOn(severity: String, status: Int32) throws {
    let shell = try Shell()
    let outcome = try shell.run(
      "gzip -dc $FIXTURES/demo/incident.json.gz | taffrail -c - --fail-on \(severity) >/dev/null")
    #expect(outcome.status == status)
  }

  @Test("settings come from files and the environment, flags above all")
  func configuration() throws {
    let shell = try Shell()
    try shell.write("in.log", Self.log)
    try shell.write("home/.config/taffrail/config.yaml", "output: text\nunit: [app]\n")
    #expect(try shell.run("taffrail groups in.log").out.contains("COUNT"))
    #expect(try shell.run("TAFFRAIL_OUTPUT=json taffrail groups in.log").lines.count == 1)
    #expect(try shell.run("taffrail groups -o json -u nginx in.log").out.contains("upstream"))
    #expect(try shell.run("taffrail groups -c - in.log").lines.count == 3)
    #expect(try shell.run("XDG_CONFIG_HOME=/nope taffrail groups in.log").lines.count == 3)
  }

  @Test("text shows the zone that was asked for, and colours only where they are wanted")
  func textForms() throws {
    let shell = try Shell()
    try shell.write("in.log", Self.log)
    let analyze = "taffrail analyze -c - -o text --input-year 2026 in.log"
    #expect(try shell.run(analyze).out.contains("2026-03-01 10:00 to 10:03 UTC"))
    #expect(
      try shell.run("\(analyze) --tz +05:30").out.contains("2026-03-01 15:30 to 15:33 +05:30"))
    #expect(try shell.run("\(analyze) --tz Europe/Berlin").out.contains("11:00 to 11:03 CET"))
    let moved = try shell.run("taffrail parse -c - --input-tz -02:00 --input-year 2026 in.log")
    #expect(try moved.objects.first?["@timestamp"] as? String == "2026-03-01T12:00:00Z")
    let escape = "\u{1b}["
    #expect(try !shell.run("taffrail groups -c - -o text in.log").out.contains(escape))
    let coloured = "taffrail groups -c - -o text --color always in.log"
    #expect(try shell.run(coloured).out.contains(escape))
    #expect(try shell.run("NO_COLOR=1 \(coloured)").out.contains(escape))
    #expect(
      try !shell.run("TAFFRAIL_COLOR=never taffrail groups -c - -o text in.log").out.contains(
        escape))
  }
}
