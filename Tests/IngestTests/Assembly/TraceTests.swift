import Bytes
import Ingest
import Model
import Testing

/// Stack traces of every language are one entry, between ordinary lines that stay entries.
@Suite struct TraceTests {
  static let traces: [String] = [
    """
    java.lang.IllegalStateException: no shard
    \tat com.example.Store.read(Store.java:41)
    Caused by: java.io.IOException: closed
    \tat com.example.Disk.read(Disk.java:7)
    \t... 12 more
    """,
    """
    Exception in thread "main" java.lang.Error: x
        at com.example.Main.main(Main.java:3)
        Suppressed: java.lang.RuntimeException: y
    """,
    """
    Traceback (most recent call last):
      File "a.py", line 3, in run
        step()
    KeyError: 'x'

    During handling of the above exception, another exception occurred:

    Traceback (most recent call last):
      File "a.py", line 9, in outer
    app.errors.Odd: worse
    """,
    """
    panic: runtime error: index out of range

    goroutine 12 [running]:
    main.(*Store).read(0x2af, 0xc01)
    \t/src/store.go:58 +0x12a
    created by main.main
    \t/src/main.go:9 +0x58
    exit status 2
    """,
    """
    TypeError: x is not a function
        at f (/srv/a.js:1:2)
        at async /srv/b.js:3:4
    """,
    """
    app.rb:1:in `read': no shard (ArgumentError)
    \tfrom app.rb:9:in `main'
    """,
    """
    PHP Fatal error:  Uncaught Exception: x in /srv/a.php:3
    Stack trace:
    #0 /srv/a.php(9): f()
    #1 {main}
      thrown in /srv/a.php on line 3
    """,
    """
    Unhandled exception. System.InvalidOperationException: x
       at Shop.Cart.Add(Item item) in /src/Cart.cs:line 9
       --- End of inner exception stack trace ---
    """,
    """
    thread 'main' panicked at src/main.rs:2:5:
    index out of bounds
    stack backtrace:
       0: rust_begin_unwind
                 at /rustc/x/library/std/src/panicking.rs:1:2
    note: run with `RUST_BACKTRACE=full`
    """,
    """
    Unhandled exception:
    Bad state: oops
    #0      main (file:///a.dart:1:2)
    <asynchronous suspension>
    #1      _start (dart:isolate/patch.dart:2)
    """,
  ]

  static func message(_ trace: String) -> String {
    trace.split(separator: "\n").joined(separator: "\n")
  }

  @Test(arguments: traces)
  func bareTraces(_ trace: String) {
    let text =
      "2026-03-01 09:30:00 INFO app - before\n\(trace)\n2026-03-01 09:30:01 INFO app - after\n"
    let run = DecoderRun(Array(text.utf8))
    #expect(run.entries.map(\.message) == ["before", Self.message(trace), "after"])
    #expect(run.entries.map { $0.flags.contains(.exception) } == [false, true, false])
    #expect(run.isBalanced)
  }

  @Test(arguments: traces)
  func tracesBehindAnErrorsLine(_ trace: String) {
    let text =
      "2026-03-01 09:30:00 ERROR app - \(trace)\n2026-03-01 09:30:01 INFO app - after\n"
    #expect(decoded(text).map(\.message) == [Self.message(trace), "after"])
  }

  @Test(arguments: traces)
  func tracesInInterleavedStreams(_ trace: String) {
    var text = ""
    for line in trace.split(separator: "\n") {
      text += "Mar  1 09:30:00 h api[1]: \(line)\nMar  1 09:30:00 h db[2]: other\n"
    }
    let entries = decoded(text + "Mar  1 09:30:00 h api[1]: after\n")
    #expect(
      entries.filter { $0.program == "api" }.map(\.message) == [Self.message(trace), "after"])
    #expect(entries.filter { $0.program == "db" }.count == trace.split(separator: "\n").count)
  }

  @Test func reportOfALoggerAndItsTrace() {
    let text = """
      2026-03-01 09:30:00 ERROR app - request failed
      java.lang.IllegalStateException: no shard
      \tat com.example.Store.read(Store.java:41)
      2026-03-01 09:30:01 INFO app - fine
      java.lang.IllegalStateException: bare
      \tat com.example.Store.read(Store.java:41)
      ordinary words
        indented words
      """
    #expect(
      decoded(text).map { $0.message.split(separator: "\n").count } == [3, 1, 2, 2])
  }

  @Test func weakPartsAloneAreEntries() {
    #expect(decoded("#1 priority\nnote: nothing\nThread started\n").count == 3)
    #expect(decoded("2026-03-01 09:30:00 x\n#1 priority\n").count == 2)
  }

  @Test func partsLaterThanFiveSecondsAreEntries() {
    let text = """
      Mar  1 09:30:00 h api[1]: some.pkg.OddException: x
      Mar  1 09:30:04 h api[1]: \tat a.B.c(D.java:1)
      Mar  1 09:30:06 h api[1]: \tat a.B.c(D.java:2)
      """
    #expect(decoded(text).count == 2)
  }

  @Test func dockersCutLines() {
    let long = String(repeating: "x", count: 16_384)
    func line(_ text: String) -> String {
      #"{"log":"\#(text)","stream":"stdout","time":"2026-03-01T09:30:00Z"}"# + "\n"
    }
    let text = line(long) + line(long) + line(#"end\n"#) + line("no line feed") + line(#"next\n"#)
    let run = DecoderRun(Array(text.utf8))
    #expect(run.entries.map(\.message) == [long + long + "end", "no line feed", "next"])
    #expect(run.isBalanced)
  }

  @Test func undecidedUntilMoreComes() {
    let batch = Batch(inputCapacity: 1 << 16, sideCapacity: 1 << 16)
    var decoder = FrameDecoder(DecodingSettings(anchor: YearAnchor(year: 2026)))
    func decode(_ text: String, ends: Bool = false, tick: Timestamp = .unknown) -> [Int] {
      batch.reset()
      batch.arenas.input.append(text)
      batch.endsSource = ends
      batch.tick = tick
      decoder.decode(batch)
      return [batch.entries.count, batch.undecided, batch.frames.read]
    }
    let plain = "one\ntwo\n"
    #expect(decode(plain) == [1, 4, 1])
    #expect(decode(plain, ends: true) == [2, 8, 2])
    #expect(decode(plain, tick: Timestamp(seconds: 1)) == [2, 8, 2])
    let headed = "Mar  1 09:30:00 h a[1]: x\n"
    #expect(decode(headed) == [1, headed.utf8.count, 1])
    let open = "Mar  1 09:30:00 h a[1]: some.pkg.OddException: x\nMar  1 09:30:00 h b[1]: y\n"
    #expect(decode(open) == [0, 0, 0])
    #expect(decode(headed + open) == [1, headed.utf8.count, 1])
  }
}

/// What only looks like a part of something stays an entry of its own.
@Suite struct UnjoinedLineTests {
  @Test(arguments: [
    // Prose behind an entry, and a list in a stream.
    ("2026-03-01 09:30:00 INFO app - started\nIt went well.\nNobody complained.\n", 3),
    ("Mar  1 09:30:00 h app[1]: found:\nMar  1 09:30:00 h app[1]:   - pear\n", 2),
    // Weak parts without a trace.
    ("2026-03-01 09:30:00 x\nNext stop: home 5\nDid you mean?\nSUMMARY: fine\n", 4),
    ("==================\nNumbers of the day\n", 2),
    ("Mar  1 09:30:00 h app[1]: # Time: flies\nMar  1 09:30:00 h app[1]: like an arrow;\n", 2),
    // A block that its own lines do not close.
    ("2026-03-01 09:30:00 INFO app - got {\nnothing\n}\n", 3),
    ("Mar  1 09:30:00 h app[1]: got {\nMar  1 09:30:00 h app[1]: other\n", 2),
    // Python's last line is one.
    ("Traceback (most recent call last):\n  File \"a.py\", line 1, in f\nKeyError: 1\nnext\n", 2),
  ])
  func stay(_ text: String, _ count: Int) {
    #expect(decoded(text).count == count)
  }

  @Test(arguments: [
    (
      "2026-03-01 09:30:00 INFO app - payload {\n  \"a\": 1\n}\n2026-03-01 09:30:00 INFO app - b\n",
      2
    ),
    (
      """
      2026-03-01 09:30:00.123 UTC [12] ERROR:  duplicate key value
      2026-03-01 09:30:00.123 UTC [12] DETAIL:  Key (id)=(1) already exists.
      2026-03-01 09:30:00.123 UTC [12] STATEMENT:  INSERT INTO carts
      \tVALUES (1)
      2026-03-01 09:30:00.124 UTC [13] LOG:  checkpoint starting
      2026-03-01 09:30:00.124 UTC [12] HINT:  of another process
      """, 3
    ),
    (
      """
      2026-03-01T09:30:00Z ERROR app - Shop/Cart.swift:31: Fatal error: no price
      2026-03-01 09:30:00.683775+0000 Shop[12:70] Shop/Cart.swift:31: Fatal error: no price
      *** Signal 5: Backtracing from 0x1a87791f8... done ***
      2026-03-01T09:30:00Z INFO  app - on
      """, 2
    ),
  ])
  func join(_ text: String, _ count: Int) {
    #expect(decoded(text).count == count, "\(decoded(text).map(\.message))")
  }
}
