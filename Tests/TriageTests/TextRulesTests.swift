import Bytes
import Flow
import Model
import Testing
import Triage

/// Builds batches by hand, as decoder and masker would.
func makeBatch() -> Batch { Batch(inputCapacity: 1 << 20, sideCapacity: 1 << 20) }

extension Batch {
  func addMask(_ text: String, slot: UInt32, kind: GroupKind = .message) {
    let bytes = Array(text.utf8)
    let range = arenas.keep(bytes.span) ?? .empty
    newMasks.append(NewMask(slot: slot, kind: kind, text: range))
  }

  func addName(_ name: String, symbol: UInt32) {
    let bytes = Array(name.utf8)
    let range = arenas.keep(bytes.span) ?? .empty
    newNames.append(NewName(symbol: Symbol(number: symbol), spelling: range))
  }
}

/// The severity that a classifier reads from a masked text alone.
func severity(of text: String) -> Severity {
  let batch = makeBatch()
  batch.addMask(text, slot: 1)
  var entry = Entry()
  entry.mask = 1
  batch.entries.append(entry)
  var classifier = Classifier()
  classifier.process(batch)
  return batch.entries[0].severity
}

@Suite struct TextRulesTests {
  @Test(arguments: [
    "error=<num>", "no errors", "no errors found in <path>", "<num> errors, <num> warnings",
    #"{"err":null,"msg":"ready"}"#, "failed=<num>", "completed without error", "error_count <num>",
    "error_count=<num>", "errors: <num>", "0 errors", "error=0", "error: none", "err=nil",
    "failed=0",
    #"error="" status=ok"#, "error rate is <num>", "installed error handler",
    "writing to error.log",
    "finished, <num> failed", "continuing on error", "no exception was thrown", "not an error",
    "timeout=<duration>", "timeout: <duration>", "error code <num>", "exceptions=<num>",
    "user opened /error page", "ErrorBudget remaining", "err=<nil>", "non-fatal", "job done", "",
    "error-free run", "zero errors", "failures: 0", "tests passed, 0 failed", "terror", "errors=[]",
    "health check ok", "read <num> rows in <duration>", "if error is set", "error.code=<num>",
  ])
  func calm(text: String) {
    #expect(severity(of: text) == .unknown, "\(text)")
  }

  @Test(arguments: [
    ("ERROR could not open <path>", Severity.error), ("[error] worker <num> exited", .error),
    ("FATAL: the database system is shutting down", .critical), ("panic: runtime error", .critical),
    ("Traceback (most recent call last):", .error), ("app[<num>]: segfault at <hex>", .error),
    ("Out of memory: Killed process <num>", .critical), ("failed to connect to <ip>", .error),
    ("java.lang.NullPointerException: oops", .error), ("ValueError: invalid literal", .error),
    ("level=error msg=<*>", .error), (#"{"level":"warn","msg":"x"}"#, .warning),
    ("lvl=info msg=\"failed to x\"", .info), ("<time> WARN [main] slow", .warning),
    ("E<num> <time> <num> controller.go:<num>] sync", .error), ("I<num> <time> boot", .info),
    ("warning: deprecated option", .warning), ("error: cannot lock ref", .error),
    ("thread 'main' panicked at <path>", .critical), ("unable to reach upstream", .error),
    ("connection refused by <ip>", .warning), ("request timed out after <duration>", .warning),
    (#"msg="x" error="connection reset""#, .error), ("request error: broken pipe", .error),
    ("Unhandled exception in worker", .error), ("backup failed", .error),
    ("Failed password for <*> from <ip>", .warning), ("I/O error, dev sda, sector <num>", .error),
    ("DEBUG cache miss", .debug), ("[main] ERROR com.example.Api - boom", .error),
    ("kernel panic - not syncing", .critical), ("severity=CRITICAL disk gone", .critical),
    ("could not resolve host", .error), ("failed with error code <num>", .error),
    ("process dumped core: core dumped", .error),
  ])
  func complaints(text: String, expected: Severity) {
    #expect(severity(of: text) == expected, "\(text)")
  }

  @Test func anExceptionIsAnError() {
    let batch = makeBatch()
    batch.addMask("at frame <num>", slot: 1, kind: .exception)
    var entry = Entry()
    entry.mask = 1
    batch.entries.append(entry)
    var classifier = Classifier()
    classifier.process(batch)
    #expect(batch.entries[0].severity == .error)
    #expect(batch.entries[0].severitySource == .text)
  }

  @Test(arguments: [
    (Severity.info, SeveritySource.field, "ERROR broken", Severity.info),
    (.info, .priority, "ERROR broken", .error), (.notice, .priority, "[warn] hot", .warning),
    (.info, .priority, "failed to start", .info), (.error, .priority, "INFO all well", .error),
    (.info, .pattern, "ERROR broken", .info), (.unknown, .none, "failed to start", .error),
  ])
  func structuredLevelsStand(
    given: Severity, source: SeveritySource, text: String, expected: Severity
  ) {
    let batch = makeBatch()
    batch.addMask(text, slot: 3)
    var entry = Entry()
    entry.mask = 3
    entry.severity = given
    entry.severitySource = source
    batch.entries.append(entry)
    var classifier = Classifier()
    classifier.process(batch)
    #expect(batch.entries[0].severity == expected)
  }

  @Test(arguments: [
    ("postgres", "deadlock detected", Category.database), ("kernel", "hello", .system),
    ("sshd", "hello", .security), ("", "connection refused by <ip>", .network),
    ("shop", "disk <path> is full", .storage), ("shop", "slow query took <duration>", .performance),
    ("shop", "hello", .application), ("", "hello", .other), ("/usr/sbin/nginx", "x", .network),
    ("postgresql@<num>-main", "x", .database), ("shop", "order filled: <num> at <num>", .trading),
    ("shop", "login refused: bad password", .security), ("php-fpm7", "x", .application),
    ("systemd-udevd", "x", .system), ("shop", "deployed release <*>", .deployment),
    ("shop", "slow response, latency <duration>", .performance),
  ])
  func categories(program: String, text: String, expected: Category) {
    let batch = makeBatch()
    batch.addMask(text, slot: 1)
    var entry = Entry()
    entry.mask = 1
    if !program.isEmpty {
      batch.addName(program, symbol: 7)
      entry.program = Symbol(number: 7)
    }
    batch.entries.append(entry)
    var classifier = Classifier()
    classifier.process(batch)
    #expect(batch.entries[0].category == expected, "\(program) \(text)")
  }

  @Test func whatAPatternSaidStands() {
    let batch = makeBatch()
    batch.addName("kernel", symbol: 1)
    var entry = Entry()
    entry.program = Symbol(number: 1)
    entry.category = .storage
    batch.entries.append(entry)
    var classifier = Classifier()
    classifier.process(batch)
    #expect(batch.entries[0].category == .storage)
  }

  @Test func cachesAreDroppedWithTheWorkersTables() {
    var classifier = Classifier()
    let first = makeBatch()
    first.addMask("failed to start", slot: 1)
    classifier.process(first)
    let second = makeBatch()
    second.restartsMasks = true
    var entry = Entry()
    entry.mask = 1
    second.entries.append(entry)
    classifier.process(second)
    #expect(second.entries[0].severity == .unknown)
  }

  @Test func hostileBytesDoNoHarm() {
    var seed: UInt64 = 42
    for _ in 0..<2000 {
      let batch = makeBatch()
      var bytes: [UInt8] = []
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      for index in 0..<Int(seed >> 56) {
        let alphabet = Array("error<num> =:\"'[]{}.-_\\/0\u{0}ERR failed".utf8)
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let pick = Int(truncatingIfNeeded: seed >> 33)
        bytes.append(
          index % 7 == 0 ? UInt8(truncatingIfNeeded: pick) : alphabet[pick % alphabet.count])
      }
      let range = batch.arenas.keep(bytes.span) ?? .empty
      batch.newMasks.append(NewMask(slot: 1, kind: .message, text: range))
      var entry = Entry()
      entry.mask = 1
      batch.entries.append(entry)
      var classifier = Classifier()
      classifier.process(batch)
      #expect(batch.entries.count == 1)
    }
  }
}
