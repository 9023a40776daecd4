import Bytes
import Masking
import Model
import Testing

@Suite struct ExceptionMaskTests {
  private static let java = """
    Order 17 failed
    java.lang.RuntimeException: outer 12
    \tat com.acme.Engine.run(Engine.java:12)
    \tat java.base/java.lang.Thread.run(Thread.java:829)
    Caused by: java.lang.IllegalStateException: book closed
    \tat com.acme.OrderBook.match(OrderBook.java:99)
    \tat com.acme.OrderBook.match(OrderBook.java:101)
    \t... 12 more
    """
  private static let python = """
    Traceback (most recent call last):
      File "/srv/app/store.py", line 12, in load
        return self.data[key]
    KeyError: 'x12'

    During handling of the above exception, another exception occurred:

    Traceback (most recent call last):
      File "/srv/app/main.py", line 50, in run
        store.load(k)
      File "/usr/lib/python3.11/threading.py", line 5, in go
        x()
    app.errors.StoreError: cannot load 12
    """
  private static let go = """
    panic: runtime error: index out of range [5] with length 3

    goroutine 17 [running]:
    panic(0x45cb40, 0x47ad70)
    \t/usr/local/go/src/runtime/panic.go:542 +0x46c
    acme/book.(*Book).Match(0xc000010000, 0x5)
    \t/src/book/book.go:33 +0x39
    main.main.func1(0xc420024120)
    \t/src/main.go:6 +0x39
    created by main.main
    \t/src/main.go:5 +0x58

    goroutine 1 [chan receive]:
    main.idle()
    \t/src/main.go:50 +0x1
    """
  private static let script = """
    TypeError: Cannot read properties of undefined (reading 'price')
        at Book.match (/srv/app/book.js:10:3)
        at /srv/app/engine.js:7:1
        at next (/srv/app/node_modules/express/lib/router.js:1:2)
        at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
    """
  private static let dotnet = """
    Unhandled exception. System.AggregateException: one ---> Acme.BookException: two
       at Acme.Book.Match(Order order) in /src/Book.cs:line 12
       --- End of inner exception stack trace ---
       at Acme.Engine.Run()
       at System.Threading.Thread.Start()
    """
  private static let ruby = """
    /srv/app/book.rb:12:in 'match': closed (BookError)
    \tfrom /srv/app/engine.rb:3:in 'run'
    \tfrom /usr/lib/ruby/gems/3.2/gems/rack-2/lib/rack.rb:9:in 'call'
    """
  private static let php = """
    PHP Fatal error:  Uncaught BookException: closed in /srv/book.php:60
    Stack trace:
    #0 /srv/engine.php(20): Book->match(Object(Order))
    #1 {main}
    """
  private static let rust = """
    thread 'main' panicked at src/main.rs:12:5:
    closed
    stack backtrace:
       0: rust_begin_unwind
                 at /rustc/abc/library/std/src/panicking.rs:493:5
       1: book::match_order::h0123456789abcdef
                 at ./src/book.rs:3
       2: std::rt::lang_start
    """

  @Test(arguments: [
    (
      "java.lang.IllegalStateException <- java.lang.RuntimeException <- "
        + "com.acme.OrderBook.match <- com.acme.Engine.run", java
    ),
    ("KeyError <- app.errors.StoreError <- store.load <- main.run", python),
    ("runtime error: index out of range <- acme/book.(*Book).Match <- main.main.func", go),
    ("TypeError <- Book.match <- engine.js", script),
    (
      "Acme.BookException <- System.AggregateException <- Acme.Book.Match <- Acme.Engine.Run",
      dotnet
    ),
    ("BookError <- book.match <- engine.run", ruby),
    ("BookException <- Book->match", php),
    ("panic <- book::match_order", rust),
  ])
  func traces(_ expected: String, _ message: String) {
    #expect(masked(message, flags: .exception) == expected)
  }

  @Test func linesAndFiguresMakeNoDifference() {
    let other = Self.java.replacing("99", with: "7").replacing("outer 12", with: "else")
    #expect(masked(other, flags: .exception) == masked(Self.java, flags: .exception))
  }

  @Test func framesOfFrameworksStandInWhereThereAreNoOthers() {
    let trace = "java.io.IOException: x\n\tat java.net.Socket.read(Socket.java:1)"
    #expect(masked(trace, flags: .exception) == "java.io.IOException <- java.net.Socket.read")
  }

  @Test func recursionIsFoldedAndFramesAreLimited() {
    let frames = (0..<40).map { "\tat a.B.f\("xyzuvwmnop".dropFirst($0 % 10).prefix(1))(B.java:1)" }
    let text = masked((["a.BError: x"] + frames).joined(separator: "\n"), flags: .exception)
    #expect(text.split(separator: " <- ").count == 9)
  }

  @Test func theKindIsNotedAndATextWithoutFramesIsAMessage() {
    let batch = batch([Array(Self.java.utf8), Array("no trace 1".utf8)], flags: .exception)
    var masker = Masker(frames: shippedFrames)
    masker.process(batch)
    // New texts may stand in another order than their entries.
    let masks = batch.entries.compactMap { entry in
      batch.newMasks.first { $0.slot == entry.mask }
    }
    #expect(masks.map(\.kind) == [.exception, .message])
    #expect(batch.arenas.text(masks[1].text) == "no trace <num>")
  }

  @Test func theFieldComesBeforeTheMessage() {
    let batch = batch([Array("failed 1".utf8)], flags: .exception)
    guard let trace = batch.arenas.side.append(Self.script) else { return }
    let count = Self.script.utf8.count
    batch.fields.append(
      Field(WellKnownField.stackTrace.name, ByteRange(trace, count: count, inSide: true)))
    batch.entries[0].fieldCount = 1
    var masker = Masker(frames: shippedFrames)
    masker.process(batch)
    #expect(batch.arenas.text(batch.newMasks[0].text) == "TypeError <- Book.match <- engine.js")
  }
}
