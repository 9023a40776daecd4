import Bytes
import Masking
import Model
import Testing

/// What differs from build to build, or says that code is a closure's, is no part of a fingerprint.
@Suite struct FrameNameTests {
  private func text(_ lines: [String]) -> String {
    masked(lines.joined(separator: "\n"), flags: .exception)
  }

  @Test(arguments: [
    ("com.acme.Cart.lambda$total", "com.acme.Cart.lambda$total$0"),
    ("com.acme.Cart.lambda$total", "com.acme.Cart.lambda$total$17"),
    ("com.acme.Cart$.run", "com.acme.Cart$1.run"),
    ("com.acme.Cart$Item.run", "com.acme.Cart$Item.run"),
    ("com.acme.Cart.access$", "com.acme.Cart.access$000"),
    ("com.acme.Cart.run", "shop@1.4/com.acme.Cart.run"),
    ("com.acme.Cart.<init>", "com.acme.Cart.<init>"),
  ])
  func java(_ expected: String, _ function: String) {
    let found = text(["a.BError: x", "\tat \(function)(Cart.java:31)"])
    #expect(
      found == "a.BError <- " + (expected.hasSuffix("$") ? String(expected.dropLast()) : expected))
  }

  @Test(arguments: [
    "com.acme.Cart$$EnhancerBySpringCGLIB$$1f2e3d.total", "com.sun.proxy.$Proxy12.total",
    "com.acme.Cart$$FastClassBySpringCGLIB$$ab12.invoke", "jdk.proxy2.$Proxy97.total",
    "com.acme.Cart$$Lambda$14/0x00000008000c1040.run", "com.acme.Cart$$SpringCGLIB$$0.total",
  ])
  func generatedCodeIsNoFrame(_ function: String) {
    let found = text([
      "a.BError: x", "\tat \(function)(<generated>)", "\tat com.acme.Cart.total(Cart.java:31)",
    ])
    #expect(found == "a.BError <- com.acme.Cart.total")
  }

  @Test(arguments: [
    ("Shop.Cart.Total", "Shop.Cart.<Total>d__5.MoveNext()"),
    ("Shop.Cart.Total", "Shop.Cart.<>c__DisplayClass3_0.<Total>b__0(Item item)"),
    ("Shop.Cart.Total", "Shop.Cart.<>c.<Total>b__7_1()"),
    ("Shop.Cart..ctor", "Shop.Cart..ctor()"),
  ])
  func dotnet(_ expected: String, _ function: String) {
    let found = text(["Acme.BException: x", "   at \(function) in /src/Cart.cs:line 12"])
    #expect(found == "Acme.BException <- \(expected)")
  }

  @Test(arguments: [
    ("shop::cart::total", "shop::cart::total::{{closure}}"),
    ("shop::cart::total", "shop::cart::total::{closure#0}::{closure#1}"),
    ("shop::cart::total", "shop::cart::total::h0123456789abcdef"),
  ])
  func rust(_ expected: String, _ function: String) {
    let found = text([
      "thread 'main' panicked at src/main.rs:1:1:", "x", "stack backtrace:",
      "   0: \(function)", "             at ./src/cart.rs:3",
    ])
    #expect(found == "panic <- \(expected)")
  }

  @Test(arguments: [
    ("main.total.func", "main.total.func1"), ("main.total.func", "main.total.func2.1"),
  ])
  func go(_ expected: String, _ function: String) {
    let found = text([
      "panic: x", "", "goroutine 1 [running]:", "\(function)(0xc00, 0x1)", "\t/src/a.go:5",
    ])
    #expect(found == "panic <- \(expected)")
  }

  @Test(arguments: ["block in total", "block (2 levels) in total", "rescue in total", "total"])
  func ruby(_ function: String) {
    let found = text([
      "/srv/cart.rb:12:in '\(function)': closed (CartError)", "\tfrom /srv/app.rb:3:in 'run'",
    ])
    #expect(found == "CartError <- cart.total <- app.run")
  }

  @Test func bundlesGoWithoutTheirHashes() {
    let one = text(["TypeError: x", "    at /srv/dist/main.3f2a1b9c.js:1:200"])
    let two = text(["TypeError: x", "    at /srv/dist/main.77aa01cd.js:1:999"])
    #expect(one == two)
  }

  @Test func aUsersWordComesBeforeTheList() {
    var frames = shippedFrames
    frames.add(framework: ["com.acme.platform.", "/opt/acme/"], application: ["org.apache.shop."])
    let trace = [
      "a.BError: x", "\tat com.acme.platform.Tx.run(Tx.java:1)",
      "\tat org.apache.shop.Cart.total(Cart.java:2)", "\tat org.apache.other.Pool.get(Pool.java:3)",
    ].joined(separator: "\n")
    #expect(
      masked(trace, flags: .exception, frames: frames) == "a.BError <- org.apache.shop.Cart.total")
  }

  @Test func theFingerprintSaysWhyFramesAreDropped() throws {
    let trace = [
      "java.lang.RuntimeException: order 17", "\tat com.acme.Cart.total(Cart.java:1)",
      "\tat com.acme.Cart.total(Cart.java:2)",
      "\tat com.acme.Cart$$SpringCGLIB$$0.total(<generated>)",
      "\tat java.base/java.lang.Thread.run(Thread.java:829)",
    ].joined(separator: "\n")
    let batch = batch([Array(trace.utf8)], flags: .exception)
    let found = try #require(
      ExceptionMask.fingerprint(batch.entries[0], in: batch, shippedFrames))
    #expect(found.types == [Array("java.lang.RuntimeException".utf8)])
    #expect(
      found.frames.map(\.verdict) == [
        .kept, .repeated, .generated, .framework(listedAs: Array("java.".utf8)),
      ])
    #expect(
      String(decoding: found.message, as: UTF8.self) == "java.lang.RuntimeException: order 17")
  }

  @Test func theMessageIsTheSecondLevel() {
    let traces = ["order 17", "order 18", "cart is empty"].map {
      Array("a.BError: \($0)\n\tat com.acme.Cart.total(Cart.java:1)".utf8)
    }
    let batch = batch(traces, flags: .exception)
    var masker = Masker(frames: shippedFrames)
    masker.process(batch)
    #expect(
      batch.newMasks.map { batch.arenas.text($0.text) }
        == Array(repeating: "a.BError <- com.acme.Cart.total", count: 2))
    #expect(
      batch.newMasks.map { batch.arenas.text($0.message) } == [
        "a.BError: order <num>", "a.BError: cart is empty",
      ])
    #expect(batch.entries[0].mask == batch.entries[1].mask)
  }
}
