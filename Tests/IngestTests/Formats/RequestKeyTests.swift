import Model
import Testing

@testable import Ingest

/// What belongs to a request, under the names that loggers use.
@Suite struct RequestKeyTests {
  @Test(arguments: [
    (#""remote_ip":"203.0.113.1""#, "source.ip", "203.0.113.1"),
    (#""remoteAddr":"203.0.113.1:4242""#, "source.port", "4242"),
    (#""addr.remote":"[2001:db8::1]:80""#, "source.ip", "2001:db8::1"),
    (#""request":{"remote_ip":"203.0.113.1","method":"GET"}"#, "http.request.method", "GET"),
    (#""sourceIPs":["203.0.113.1","10.0.0.1"]"#, "source.ip", "203.0.113.1"),
    (#""x_forwarded_for":"203.0.113.1, 10.0.0.1""#, "source.ip", "203.0.113.1"),
    (#""request":{"headers":{"User-Agent":["curl/8"]}}"#, "user_agent.original", "curl/8"),
    (#""server_protocol":"HTTP/1.1""#, "http.version", "1.1"),
    (#""body_bytes_sent":"512""#, "http.response.body.bytes", "512"),
    (#""DownstreamStatus":404"#, "http.response.status_code", "404"),
    (#""id.orig_h":"203.0.113.1""#, "source.ip", "203.0.113.1"),
    (#""proto":"udp""#, "network.transport", "udp"),
    (#""user":{"username":"alice"}"#, "user.name", "alice"),
  ])
  func jsonNames(_ members: String, _ name: String, _ value: String) throws {
    let line = #"{"time":"2026-03-01T09:30:00Z","level":"info","msg":"m",\#(members)}"#
    #expect(try #require(decoded(line + "\n").first).fields[name] == value)
  }

  /// What can't be what the name says stays under its own.
  @Test(arguments: [
    (#""ip":"unknown""#, "ip", "unknown"), (#""client":"cart-service""#, "client", "cart-service"),
    (#""status":"failed""#, "status", "failed"), (#""status":7"#, "status", "7"),
    (#""remote_user":"-""#, "remote_user", "-"), (#""protocol":"grpc""#, "protocol", "grpc"),
    (#""src_ip":"1.2.3""#, "src_ip", "1.2.3"), (#""ip":"999.1.1.1""#, "ip", "999.1.1.1"),
  ])
  func keptNames(_ members: String, _ name: String, _ value: String) throws {
    let line = #"{"time":"2026-03-01T09:30:00Z","level":"info","msg":"m",\#(members)}"#
    #expect(try #require(decoded(line + "\n").first).fields[name] == value)
  }

  @Test func logfmtNames() throws {
    let line =
      "time=2026-03-01T09:30:00Z level=warn msg=refused remoteAddr=203.0.113.1:4242 httpStatus=401 "
      + "method=POST username=alice userAgent=\"curl/8 x\" responseSize=40 remote_ip=10.0.0.1"
    let fields = try #require(decoded(line + "\n").first).fields
    let expected = [
      "source.ip": "203.0.113.1", "source.port": "4242", "http.response.status_code": "401",
      "http.request.method": "POST", "user.name": "alice", "user_agent.original": "curl/8 x",
      "http.response.body.bytes": "40", "remote_ip": "10.0.0.1",
    ]
    for (name, value) in expected { #expect(fields[name] == value, "\(name)") }
  }

  @Test(arguments: [
    ("203.0.113.1", "203.0.113.1", ""), ("203.0.113.1:80", "203.0.113.1", "80"),
    ("[::1]:443", "::1", "443"), ("2001:db8::7", "2001:db8::7", ""),
    ("::ffff:203.0.113.1", "::ffff:203.0.113.1", ""), ("203.0.113.1, 10.0.0.1", "203.0.113.1", ""),
  ])
  func addresses(_ text: String, _ address: String, _ port: String) throws {
    let bytes = Array(text.utf8)
    let found = AddressText.read(bytes.span)
    let read = try #require(found)
    #expect(String(decoding: bytes[read.address], as: UTF8.self) == address)
    #expect(String(decoding: bytes[read.port], as: UTF8.self) == port)
  }

  @Test(arguments: [
    "", "host", "1.2.3", "1.2.3.4.5", "1.2.3.4/24", "12:30", "[::1", "face", "1.2.3.4:x",
  ])
  func noAddresses(_ text: String) {
    let bytes = Array(text.utf8)
    let isAddress = AddressText.read(bytes.span) != nil
    #expect(!isAddress)
  }
}
