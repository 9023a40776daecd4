import Ingest
import Model
import Testing

/// Layouts of common loggers: time, level and message, and where the rest of the header went.
@Suite struct StampedTextTests {
  @Test(arguments: [
    // log4j, logback, Spring Boot
    (
      "2026-03-01 09:30:00,125 INFO  [main] shop.Server: listening on 8080",
      "2026-03-01T09:30:00.125Z", "info", "listening on 8080"
    ),
    (
      "2026-03-01 09:30:00,125 - WARN  [Worker[id=1]/10.0.0.1:Poll@88] - slow poll",
      "2026-03-01T09:30:00.125Z", "warning", "slow poll"
    ),
    (
      "2026-03-01T09:30:00.125+01:00  INFO 4711 --- [shop] [  main] c.e.shop.Cart    : added",
      "2026-03-01T08:30:00.125Z", "info", "added"
    ),
    (
      "[2026-03-01 09:30:00,125] ERROR [Log partition=a-1] read failed (kafka.log.Cleaner)",
      "2026-03-01T09:30:00.125Z", "error", "read failed"
    ),
    (
      "26/03/01 09:30:00 INFO executor.Backend: registered", "2026-03-01T09:30:00Z", "info",
      "registered"
    ),
    (
      "260301 093000 148 INFO dfs.Node$Responder: block done", "2026-03-01T09:30:00Z", "info",
      "block done"
    ),
    (
      "2026-03-01T09:30:00.125Z | DEBUG | pool-1 | com.example.Pool | grew by 2",
      "2026-03-01T09:30:00.125Z", "debug", "grew by 2"
    ),
    // Python
    (
      "2026-03-01 09:30:00,125 - shop.cart - ERROR - no such item", "2026-03-01T09:30:00.125Z",
      "error", "no such item"
    ),
    (
      "2026-03-01 09:30:00,125 WARNING:root:disk low", "2026-03-01T09:30:00.125Z", "warning",
      "disk low"
    ),
    // nginx, Apache, PostgreSQL, MySQL, Redis
    (
      "2026/03/01 09:30:00 [error] 31#31: *7 open() failed", "2026-03-01T09:30:00Z", "error",
      "open() failed"
    ),
    (
      "[Sun Mar 01 09:30:00.125000 2026] [core:error] [pid 12:tid 34] [client 192.0.2.1:80] denied",
      "2026-03-01T09:30:00.125Z", "error", "denied"
    ),
    ("[Sun Mar 01 09:30:00 2026] [notice] resumed", "2026-03-01T09:30:00Z", "notice", "resumed"),
    (
      "2026-03-01 09:30:00.125 UTC [4913] app@shop LOG:  checkpoint starting",
      "2026-03-01T09:30:00.125Z", "info", "checkpoint starting"
    ),
    (
      "2026-03-01T09:30:00.125000Z 344 [Note] Access denied", "2026-03-01T09:30:00.125Z", "notice",
      "Access denied"
    ),
    (
      "1:M 01 Mar 2026 09:30:00.125 * Ready to accept", "2026-03-01T09:30:00.125Z", "",
      "Ready to accept"
    ),
    // OpenStack, Android, Ruby, Go, .NET
    (
      "2026-03-01 09:30:00.008 25746 INFO nova.api.server [req-1 a b] GET /v2",
      "2026-03-01T09:30:00.008Z", "info", "GET /v2"
    ),
    (
      "03-01 09:30:00.125  1702  2395 D WindowManager: focus", "2026-03-01T09:30:00.125Z", "debug",
      "focus"
    ),
    (
      "03-01 09:30:00.125 V/Config( 17): loaded", "2026-03-01T09:30:00.125Z", "trace", "loaded"
    ),
    (
      "W, [2026-03-01T09:30:00.125000 #12]  WARN -- : no user", "2026-03-01T09:30:00.125Z",
      "warning", "no user"
    ),
    ("2026/03/01 09:30:00 main.go:12: started", "2026-03-01T09:30:00Z", "", "started"),
    (
      "2026-03-01 09:30:00.125 Warn Server: refused", "2026-03-01T09:30:00.125Z", "warning",
      "Server: refused"
    ),
    // bars, epochs, prefixes
    (
      "20260301-9:30:0:7|Steps|3000|changed 3579", "2026-03-01T09:30:00.007Z", "", "changed 3579"
    ),
    ("1772357400.125 started", "2026-03-01T09:30:00.125Z", "", "started"),
    (
      "- 1772357400 2026.03.01 R02-M1 2026-03-01-09.30.00.675872 R02-M1 RAS KERNEL INFO corrected",
      "2026-03-01T09:30:00Z", "info", "corrected"
    ),
    ("ERROR    2026-03-01T09:30:00 - no login", "2026-03-01T09:30:00Z", "error", "no login"),
    (
      "api.log.1 2026-03-01 09:30:00.008 12 INFO up", "2026-03-01T09:30:00.008Z", "info", "up"
    ),
    (
      "01-Mar-2026 09:30:00.125 client denied", "2026-03-01T09:30:00.125Z", "", "client denied"
    ),
    (
      "type=SYSCALL msg=audit(1772357400.125:88): success=no", "2026-03-01T09:30:00.125Z", "",
      "type=SYSCALL msg=audit(1772357400.125:88): success=no"
    ),
    ("09:30:00.125 [main] WARN  shop.Cart - no item", "", "warning", "no item"),
    // prose stays whole
    ("09:30:00 is the time of day", "", "", "09:30:00 is the time of day"),
    (
      "2026-03-01 09:30:00 Received ERROR from peer", "2026-03-01T09:30:00Z", "",
      "Received ERROR from peer"
    ),
    (
      "Backup of 2026-03-01 09:30:00 is gone", "2026-03-01T09:30:00Z", "",
      "Backup of 2026-03-01 09:30:00 is gone"
    ),
    (
      "2026-03-01 09:30:00 host-1 10.0.0.1 failed", "2026-03-01T09:30:00Z", "",
      "host-1 10.0.0.1 failed"
    ),
    ("12345 bottles", "", "", "12345 bottles"),
    ("order 1772357400 filled", "", "", "order 1772357400 filled"),
  ])
  func layouts(_ line: String, _ time: String, _ level: String, _ message: String) throws {
    let entries = decoded(line + "\n")
    let entry = try #require(entries.first)
    #expect([entry.time, entry.level, entry.message] == [time, level, message], "\(line)")
    #expect(entry.format == "plain")
  }

  @Test func partsOfTheHeader() throws {
    let line = "2026-03-01 09:30:00,125 4711 INFO  [http-1] com.example.Cart - added"
    let entry = try #require(decoded(line + "\n").first)
    #expect(entry.process == 4711)
    #expect(entry.fields["process.thread.name"] == "http-1")
    #expect(entry.fields["log.logger"] == "com.example.Cart")
  }

  @Test func klogLines() throws {
    let entry = try #require(
      decoded("E0301 09:30:00.523502    4727 server.go:187] \"no pod\" pod=\"a\"\n").first)
    #expect(
      [entry.time, entry.level, entry.message] == [
        "2026-03-01T09:30:00.523502000Z", "error", "\"no pod\" pod=\"a\"",
      ])
    #expect(entry.fields["log.origin.file.name"] == "server.go")
    #expect(entry.fields["log.origin.file.line"] == "187")
    #expect(entry.fields["process.thread.id"] == "4727")
  }

  @Test func forcedPlainTakesTheLineAsItStands() {
    let lines = [
      "2026-03-01 09:30:00 ERROR x", "{\"msg\":\"y\"}", "  indented", "<34>Mar  1 09:30:00 h a: z",
    ]
    let entries = decoded(
      lines.joined(separator: "\n") + "\n", settings: DecodingSettings(format: .plain))
    #expect(entries.map(\.message) == lines)
    #expect(entries.allSatisfy { $0.time.isEmpty && $0.level.isEmpty })
  }

  @Test func yearAndZoneOfTheInput() throws {
    let settings = DecodingSettings(zone: InputZone(seconds: 3600), anchor: YearAnchor(year: 2024))
    let entries = decoded(
      "Feb 29 00:30:00 h a: x\n2026-03-01 09:30:00 y\n2026-03-01 09:30:00Z z\n", settings: settings)
    #expect(
      entries.map(\.time) == [
        "2024-02-28T23:30:00Z", "2026-03-01T08:30:00Z", "2026-03-01T09:30:00Z",
      ])
  }
}
