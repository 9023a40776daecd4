import Bytes
import Flow
import Model

/// Decodes access logs in the common and combined formats of Apache and nginx (httpd's manual,
/// mod_log_config): `addr ident user [stamp] "request" status bytes "referrer" "agent"`.
///
/// A virtual host may stand first. The message is the request line and what follows it. Severity by
/// status: below 400 info, 400 to 499 warning, else error.
struct AccessLogDecoder {
  private let reader: StampReader

  init(_ reader: StampReader) { self.reader = reader }

  /// Fills `entry` from a line; false where it is no access log's, with nothing changed.
  func decode(_ text: FrameText, into entry: inout Entry, in batch: Batch) -> Bool {
    let bytes = text.bytes
    guard let bracket = bracket(bytes) else { return false }
    guard let stamp = reader.read(bytes, bracket + 1), bytes.holds(0x5d, at: stamp.end) else {
      return false
    }
    let quote = bytes.skipBlanks(stamp.end + 1)
    guard bytes.holds(0x22, at: quote), let requestEnd = quoteEnd(bytes, quote + 1) else {
      return false
    }
    let statusAt = bytes.skipBlanks(requestEnd + 1)
    var status = bytes.digits(statusAt, 3)
    var statusEnd = statusAt + 3
    if bytes.has("- ", at: statusAt) {
      status = 0
      statusEnd = statusAt + 1
    }
    guard status == 0 || status >= 100 && status < 1000 else { return false }

    entry.format = .clf
    entry.time = stamp.time
    entry.timeDigits = stamp.digits
    entry.timeSource = .stamp
    entry.severity = status < 400 ? .info : status < 500 ? .warning : .error
    entry.severitySource = .field
    noteClient(text, bracket, batch)
    noteRequest(text, quote + 1, requestEnd, batch)
    if status > 0 {
      batch.fields.append(
        Field(TextFields.status, text.range(statusAt, statusEnd), kind: .number))
    }
    noteRest(text, statusEnd, batch)
    entry.message = text.range(quote, text.count)
    return true
  }

  /// The bracket before the stamp: three or four words from the start, the first an address or host.
  @inline(__always)
  private func bracket(_ bytes: Span<UInt8>) -> Int? {
    guard bytes.count > 30 else { return nil }
    var at = 0
    var words = 0
    let limit = min(bytes.count, 400)
    while words < 6 {
      while at < limit, bytes[at].isBlank { at += 1 }
      guard at < limit else { return nil }
      if bytes[at] == 0x5b { return words >= 2 ? at : nil }
      let isFirst = words == 0
      while at < limit, !bytes[at].isBlank {
        let byte = bytes[at]
        if isFirst, !(byte.isNameByte || byte == 0x3a || byte == 0x25) { return nil }
        at += 1
      }
      words += 1
    }
    return nil
  }

  private func quoteEnd(_ bytes: Span<UInt8>, _ at: Int) -> Int? {
    var end = at
    while end < bytes.count {
      if bytes[end] == 0x22 { return end }
      end += bytes[end] == 0x5c ? 2 : 1
    }
    return nil
  }

  /// Address and user: the first word that is an address (else the first), and the last but `-`.
  private func noteClient(_ text: FrameText, _ bracket: Int, _ batch: Batch) {
    let bytes = text.bytes
    var at = 0
    var address = 0..<0
    var last = 0..<0
    var words = 0
    while at < bracket {
      let end = bytes.wordEnd(at)
      if words == 0 || words == 1 && !isAddress(bytes, address) && isAddress(bytes, at..<end) {
        address = at..<end
      }
      last = at..<end
      words += 1
      at = bytes.skipBlanks(end)
    }
    if !address.isEmpty {
      let name = isAddress(bytes, address) ? TextFields.sourceIP : TextFields.sourceAddress
      batch.fields.append(Field(name, text.range(address.lowerBound, address.upperBound)))
    }
    if words >= 3, last.lowerBound > address.lowerBound,
      !(last.count == 1 && bytes[last.lowerBound] == 0x2d)
    {
      batch.fields.append(
        Field(TextFields.userName, text.range(last.lowerBound, last.upperBound)))
    }
  }

  private func isAddress(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var dots = 0
    var colons = 0
    for index in range {
      let byte = bytes[index]
      if byte == 0x2e {
        dots += 1
      } else if byte == 0x3a {
        colons += 1
      } else if !byte.isHexDigit || colons == 0 && !byte.isDigit && dots > 0 {
        return false
      }
    }
    return dots == 3 || colons >= 2
  }

  /// `GET /path HTTP/1.1`; anything else is kept as the URL.
  private func noteRequest(_ text: FrameText, _ from: Int, _ to: Int, _ batch: Batch) {
    let bytes = text.bytes
    guard to > from else { return }
    guard let methodEnd = bytes.find(0x20, from, min(to, from + 24)), methodEnd > from else {
      batch.fields.append(Field(TextFields.urlOriginal, text.range(from, to)))
      return
    }
    batch.fields.append(Field(TextFields.method, text.range(from, methodEnd)))
    var end = to
    var last = to
    while last > methodEnd, bytes[last - 1] != 0x20 { last -= 1 }
    if last > methodEnd + 1, bytes.has("HTTP/", at: last) {
      batch.fields.append(Field(TextFields.httpVersion, text.range(last + 5, to)))
      end = last - 1
    }
    if end > methodEnd + 1 {
      batch.fields.append(Field(TextFields.urlOriginal, text.range(methodEnd + 1, end)))
    }
  }

  /// Body size, then referrer and user agent in quotes.
  private func noteRest(_ text: FrameText, _ from: Int, _ batch: Batch) {
    let bytes = text.bytes
    let sizeAt = bytes.skipBlanks(from)
    let sizeEnd = bytes.digitsEnd(sizeAt)
    if sizeEnd > sizeAt, sizeEnd >= bytes.count || bytes[sizeEnd].isBlank {
      batch.fields.append(
        Field(TextFields.bodyBytes, text.range(sizeAt, sizeEnd), kind: .number))
    }
    var at = bytes.skipBlanks(bytes.wordEnd(sizeAt))
    noteQuoted(text, &at, TextFields.referrer, batch)
    noteQuoted(text, &at, TextFields.userAgent, batch)
  }

  private func noteQuoted(_ text: FrameText, _ at: inout Int, _ name: FieldName, _ batch: Batch) {
    let bytes = text.bytes
    guard bytes.holds(0x22, at: at), let end = quoteEnd(bytes, at + 1) else { return }
    let isEmpty = end == at + 1 || end == at + 2 && bytes[at + 1] == 0x2d
    if !isEmpty { batch.fields.append(Field(name, text.range(at + 1, end))) }
    at = bytes.skipBlanks(end + 1)
  }
}
