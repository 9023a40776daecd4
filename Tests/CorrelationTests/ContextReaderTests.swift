import Bytes
import Correlation
import Flow
import Model
import Testing

@Suite("The reader of contexts")
struct ContextReaderTests {
  private func context(
    trace: String = "", fields: [(WellKnownField, String)] = [],
    captures: [(WellKnownField, String)] = []
  ) -> UInt64 {
    let batch = Batch(inputCapacity: 4096, sideCapacity: 64)
    func range(_ text: String) -> ByteRange {
      ByteRange(batch.arenas.input.append(text) ?? 0, count: text.utf8.count)
    }
    var entry = Entry()
    entry.trace = range(trace)
    entry.fieldCount = UInt16(fields.count)
    batch.fields += fields.map { Field($0.0.name, range($0.1)) }
    entry.captureStart = UInt32(batch.fields.count)
    entry.captureCount = UInt16(captures.count)
    batch.fields += captures.map { Field($0.0.name, range($0.1)) }
    batch.entries = [entry]
    var reader = ContextReader(names: FieldNames())
    reader.process(batch)
    return batch.entries[0].context
  }

  @Test("takes the strongest id, wherever it stands")
  func strongest() {
    let request = context(fields: [(.requestID, "r1")])
    #expect(request != 0)
    #expect(context(fields: [(.orderID, "o"), (.sessionID, "s"), (.requestID, "r1")]) == request)
    #expect(context(fields: [(.orderID, "o")], captures: [(.requestID, "r1")]) == request)
    #expect(context(trace: "abc", fields: [(.requestID, "r1")]) == context(trace: "abc"))
    #expect(context(trace: "abc") != request)
  }

  @Test("keeps ids of different kinds apart")
  func kinds() {
    let same = [
      context(trace: "7"), context(fields: [(.requestID, "7")]),
      context(fields: [(.sessionID, "7")]), context(fields: [(.orderID, "7")]),
    ]
    #expect(Set(same).count == 4)
  }

  @Test(
    "knows what is no id",
    arguments: ["", "-", "null", "none", "None", "nil", "undefined", "0000", "0-0"])
  func placeholders(id: String) {
    #expect(context(trace: id) == 0)
    #expect(context(fields: [(.requestID, id)]) == 0)
    #expect(context(trace: id, fields: [(.sessionID, "s")]) != 0)
  }

  @Test("other fields are no ids")
  func others() {
    #expect(context() == 0)
    #expect(context(fields: [(.userName, "ann"), (.status, "500")]) == 0)
  }
}

@Suite("A traceparent")
struct TraceParentTests {
  private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"

  @Test(
    "is read or refused",
    arguments: [
      ("00-\(trace)-00f067aa0ba902b7-01", true), ("00-\(trace)-00f067aa0ba902b7-00", true),
      ("cc-\(trace)-00f067aa0ba902b7-01-what-comes", true),
      ("cc-\(trace)-00f067aa0ba902b7-01", true),
      ("cc-\(trace)-00f067aa0ba902b7-01.x", false),
      ("00-\(trace)-00f067aa0ba902b7-01-x", false), ("ff-\(trace)-00f067aa0ba902b7-01", false),
      ("00-00000000000000000000000000000000-00f067aa0ba902b7-01", false),
      ("00-\(trace)-0000000000000000-01", false), ("00-\(trace)-00F067aa0ba902b7-01", false),
      ("00-\(trace)-00f067aa0ba902b7-0", false), ("00-\(trace)_00f067aa0ba902b7-01", false),
      ("0g-\(trace)-00f067aa0ba902b7-01", false), ("", false),
    ])
  func reading(text: String, isValid: Bool) {
    let bytes = Array(text.utf8)
    let parent = TraceParent(bytes.span)
    #expect((parent != nil) == isValid)
    if let parent {
      #expect(String(decoding: bytes[parent.trace], as: UTF8.self) == Self.trace)
      #expect(String(decoding: bytes[parent.span], as: UTF8.self) == "00f067aa0ba902b7")
      #expect(parent.isSampled == text.contains("b7-01"))
    }
  }
}
