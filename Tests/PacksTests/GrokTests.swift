import Bytes
import Model
import PatternMatching
import Testing

@testable import Packs

@Suite struct GrokTests {
  private func library(_ text: String) throws -> GrokLibrary {
    var library = GrokLibrary()
    try library.read(Array(text.utf8), file: "g")
    return library
  }

  private func base() throws -> GrokLibrary {
    var library = GrokLibrary()
    for name in ["base", "logs"] {
      let file = BuiltInPacksTests.folder + "/grok/" + name
      try library.read(try WholeFile.read(file), file: file)
    }
    return library
  }

  /// What each base name takes, and what it leaves alone, as a whole text.
  @Test(
    arguments: [
      ("INT", ["0", "-12", "+7"], ["1.5", "x", ""]),
      ("NUMBER", ["1", "-1.5", ".5", "3."], ["1.2.3", "x"]),
      ("BASE16NUM", ["0xBEEF", "ff"], ["xyz"]),
      ("WORD", ["abc_1"], ["a b", "-"]),
      ("NOTSPACE", ["a/b:c"], ["a b"]),
      ("USERNAME", ["j.doe-1"], ["a b", "ä"]),
      ("UUID", ["123e4567-e89b-12d3-a456-426614174000"], ["123e4567-e89b-12d3-a456"]),
      ("MAC", ["00:1A:2b:3c:4d:5e", "00-1A-2b-3c-4d-5e", "001a.2b3c.4d5e"], ["00:1A:2b:3c:4d"]),
      ("IPV4", ["10.0.0.1", "255.255.255.255"], ["256.1.1.1", "1.2.3", "1.2.3.4.5"]),
      (
        "IPV6",
        [
          "::", "::1", "2001:db8::17", "fe80::1%eth0", "1:2:3:4:5:6:7:8", "::ffff:10.0.0.1",
          "2001:db8:0:0:1::",
        ], ["1:2:3", "12:30:45", "1::2::3", "g::1", "1:2:3:4:5:6:7:8:9"]
      ),
      ("HOSTNAME", ["a", "web-1.example.org", "x_y.local"], ["-a", "a..b"]),
      ("IPORHOST", ["10.0.0.1", "::1", "a.b"], [" "]),
      ("HOSTPORT", ["a.b:80", "10.0.0.1:8080"], ["a.b"]),
      ("UNIXPATH", ["/", "/var/log/x.log"], ["var/log", "/a b"]),
      ("WINPATH", [#"C:\Windows\x.exe"#, #"\\srv\share"#], ["/x"]),
      ("URI", ["https://a.example:8443/x?y=1", "ftp://u:p@h/"], ["a.example/x"]),
      ("QUOTEDSTRING", [#""a \" b""#, "'x'"], [#""a"#]),
      ("MONTH", ["Jan", "September", "may"], ["Janu", "Foo"]),
      ("TIME", ["09:30", "23:59:60", "1:02:03.456"], ["25:00:00", "09:60"]),
      (
        "TIMESTAMP_ISO8601",
        ["2026-03-20T09:30:00Z", "2026-03-20 09:30:00,125", "2026-03-20T09:30:00.125+01:00"],
        ["2026-13-20T09:30:00Z", "20-03-2026"]
      ),
      ("SYSLOGTIMESTAMP", ["Mar 20 09:30:00", "Mar  2 09:30:00"], ["20 Mar 09:30:00"]),
      ("HTTPDATE", ["20/Mar/2026:09:30:00 +0000"], ["2026-03-20"]),
      ("LOGLEVEL", ["INFO", "warn", "Error"], ["loud"]),
      ("EMAILADDRESS", ["a.b+c@example.org"], ["a.b"]),
    ] as [(String, [String], [String])])
  func baseNamesTakeWhatTheySay(name: String, good: [String], bad: [String]) throws {
    let regex = try GrokExpander.expand("^%{\(name)}$", base()).regex
    let pattern = try Pattern(regex)
    var scratch = MatchScratch()
    for text in good {
      let bytes = Array(text.utf8)
      #expect(scratch.match(pattern.prepared(), bytes.span) == .found, "\(name) on '\(text)'")
    }
    for text in bad {
      let bytes = Array(text.utf8)
      #expect(scratch.match(pattern.prepared(), bytes.span) == .notFound, "\(name) on '\(text)'")
    }
  }

  @Test func everyNameCompiles() throws {
    let library = try base()
    for name in library.names {
      let expanded = try GrokExpander.expand("%{\(name)}", library)
      _ = try Pattern(expanded.regex)
    }
  }

  @Test func fieldsAreMapped() throws {
    let library = try library("A \\d+\nB %{A:inner.x:int}-(?<plain>x)\n")
    let expanded = try GrokExpander.expand(
      #"%{A:source.port:int} %{B} (?<user.name>y) %{A:[http][version]} \%{A}"#, library)
    #expect(
      expanded.captures.map(\.field) == [
        "source.port", "inner.x", "user.name", "http.version",
      ])
    #expect(expanded.captures.map(\.type) == [.int, .int, .string, .string])
    let names = try Pattern(expanded.regex).groups.map(\.name)
    #expect(names == ["_g0_", "_g1_", "plain", "_g2_", "_g3_"])
  }

  @Test(arguments: [
    ("%{NOPE}", "no grok pattern has this name"), ("%{A", "'%{' without its '}'"),
    ("%{A:}", "not a grok reference"), ("%{A:x:double}", "not a type"),
    ("%{LOOP}", "reaches itself"), ("%{A:a b}", "not a field name"),
    ("%{DEEP40}", "deep"), ("%{WIDE5}", "longer than"),
  ])
  func mistakesAreRefused(pattern: String, problem: String) throws {
    var text =
      "A a\nLOOP x%{POOL}\nPOOL y%{LOOP}\nDEEP0 a\nWIDE0 \(String(repeating: "x", count: 90))\n"
    for level in 1...40 { text += "DEEP\(level) %{DEEP\(level - 1)}\n" }
    for level in 1...5 {
      text += "WIDE\(level) " + String(repeating: "%{WIDE\(level - 1)}", count: 10) + "\n"
    }
    let library = try library(text)
    do {
      _ = try GrokExpander.expand(pattern, library)
      Issue.record("not refused")
    } catch {
      #expect(error.problem.contains(problem), "\(error)")
    }
  }

  @Test(arguments: [
    (#"\h+"#, "[0-9A-Fa-f]+"), (#"[\h-]"#, "[0-9A-Fa-f-]"), (#"\H"#, "[^0-9A-Fa-f]"),
    (#"\p{Alpha}[\p{Digit}_]"#, "[[:alpha:]][[:digit:]_]"), ("(?m:a.b)", "(?s:a.b)"),
    ("(?i-m)x", "(?i-s)x"), ("a{,3}", "a{0,3}"), ("[[:alpha:]x]", "[[:alpha:]x]"),
    ("[]a]", "[]a]"), (#"\[a\]\\h"#, #"\[a\]\\h"#), ("(?<a.b>x)", "(?<a.b>x)"),
  ])
  func oniguramasDialectIsTranslated(written: String, pcre: String) throws {
    #expect(try OnigurumaDialect.translate(Array(written.utf8)) == pcre)
  }

  @Test(arguments: [
    ("A [a[bc]]", 5), ("A [a-z&&[^x]]", 7), ("A (?~abc)", 3), (#"A [\H]"#, 4), ("A", 1),
    ("%{A} x", 1),
  ])
  func whatCannotBeTranslatedIsRefused(line: String, column: Int) {
    do {
      _ = try library("# first\nOK x\n" + line + "\n")
      Issue.record("not refused")
    } catch let error as ConfigurationError {
      #expect(error.line == 3)
      #expect(error.column == column, "\(error)")
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test func textOutsideASCIIIsOneCharacter() throws {
    #expect(try ByteDialect.adapt("é+x") == "(?:é)+x")
    #expect(throws: DialectError.self) { try ByteDialect.adapt("[aé]") }
  }
}
