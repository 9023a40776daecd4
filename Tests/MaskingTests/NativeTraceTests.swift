import Foundation
import Model
import Testing

/// The text that stands for the traces under `fixtures/traces`: types, then frames of the application.
@Suite struct NativeTraceTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "fixtures/traces")

  @Test(arguments: [
    ("asan", "heap-use-after-free <- total <- main <- drop"),
    ("dart", "Bad state <- Cart.total <- main"),
    ("elixir", "KeyError <- Shop.Cart.total/1"),
    ("gdb", "SIGSEGV <- total <- main"),
    ("glibc", "abort <- total"),
    ("perl-confess", "died <- Shop::Cart::total <- main::checkout"),
    ("php-uncaught", "RuntimeException <- Shop\\Cart->total"),
    ("python-group", "ExceptionGroup <- app.<module>"),
    ("ruby-3.4", "ZeroDivisionError <- cart.Integer#/ <- cart.Shop::Cart#share <- app.<main>"),
    ("swift-crash", "Fatal error <- total(of:)"),
    ("swift-fatal", "Fatal error <- total(of:)"),
    ("valgrind", "total <- main"),
  ])
  func text(_ name: String, _ expected: String) throws {
    let trace = try Data(contentsOf: Self.folder.appending(path: name + ".txt"))
    let text = masked(Array(trace), flags: .exception)
    #expect(text == expected)
  }
}
