import Bytes
import Output
import Testing

@Suite("The redactor")
struct RedactorTests {
  @Test(
    "takes secrets out",
    arguments: [
      ("password=hunter2", "password=[redacted]"),
      ("DB_PASSWORD: s3cr3t, next", "DB_PASSWORD: [redacted], next"),
      (#"{"password":"a b\"c","n":1}"#, #"{"password":"[redacted]","n":1}"#),
      (#"{\"apiKey\":\"abc\"}"#, #"{\"apiKey\":\"[redacted]\"}"#),
      ("api_key='x y' z", "api_key='[redacted]' z"),
      ("GET /?token=abc&x=1", "GET /?token=[redacted]&x=1"),
      ("postgres://ann:pw@db:5432/x", "postgres://ann:[redacted]@db:5432/x"),
      ("Authorization: Bearer abcdefgh", "Authorization: Bearer [redacted]"),
      ("authorization=Basic dXNlcjpwYXNz", "authorization=Basic [redacted]"),
      ("sent bearer a1b2c3d4e5 ok", "sent bearer [redacted] ok"),
      ("key AKIAIOSFODNN7EXAMPLE used", "key [redacted] used"),
      ("aws_secret_access_key=wJalr/K7+x=", "aws_secret_access_key=[redacted]"),
      ("card 4111 1111 1111 1111 ok", "card [redacted] ok"),
      ("card 4111-1111-1111-1111", "card [redacted]"),
      ("amex 378282246310005.", "amex [redacted]."),
      (
        "jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl end",
        "jwt [redacted] end"
      ),
      (
        "k -----BEGIN RSA PRIVATE KEY-----\nAAA\n-----END RSA PRIVATE KEY----- z",
        "k [redacted] z"
      ),
      ("k -----BEGIN PRIVATE KEY-----\nAAA", "k [redacted]"),
      ("push ghp_0123456789abcdefABCD done", "push [redacted] done"),
      ("token xoxb-<num>-abcdefGHIJKL sent", "token [redacted] sent"),
      ("key AKIAIOSFODNN<num>EXAMPLE, next", "key [redacted], next"),
      ("auth ghp_abcdefghijklmnopqrstuvwxyz<num> bad", "auth [redacted] bad"),
      ("region ASIA<num> is up, AK<num> too", "region ASIA<num> is up, AK<num> too"),
      ("pass=1 pwd=2 bypass=3", "pass=[redacted] pwd=[redacted] bypass=3"),
    ])
  func secrets(text: String, expected: String) {
    #expect(Redactor().redacted(text) == expected)
  }

  @Test(
    "leaves the rest alone",
    arguments: [
      "Failed password for root from 10.0.0.1 port 22 ssh2", "max_tokens=4096",
      "basic authentication failed", "token=<hex>", "password=null", "secret=[redacted]",
      "order 4111111111111112 filled", "at 1709283000123456789", "id 41111111111111110000000",
      "https://host:8080/a@b", "mailto ann@example.org", "password=", "token", "", "=", "a:b@c",
      "AKIA is a prefix", "eyJ.a.b", "pwd=********", "4111 1111 1111",
    ])
  func innocents(text: String) {
    #expect(Redactor().redacted(text) == text)
  }

  @Test("takes pieces of secrets in any order", arguments: 1...20)
  func random(seed: Int) {
    let words = [
      "password", "=", ":", "\"", "\\", " ", "bearer ", "eyJ", ".", "AKIA", "4111", "-", "://", "@",
      "-----BEGIN", " PRIVATE KEY-----", "-----END", "x", "\n", "é", "0", "token",
    ]
    var state = UInt64(seed)
    for _ in 0..<300 {
      var text = ""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += words[Int(state >> 33) % words.count]
      }
      let once = Redactor().redacted(text)
      #expect(once == text || once.contains("[redacted]"), "seed \(seed): \(text.debugDescription)")
    }
  }
}
