internal import Bytes

/// An entry of the journal's export format: its fields up to an empty line.
///
/// Lines that are no field are passed over by the walk and by the decoder alike; an entry without a
/// single field is broken.
enum JournalExportFrame {
  static func next(_ bytes: Span<UInt8>, from: Int, atEnd: Bool, isWhole: Bool) -> Frame? {
    let end = bytes.count
    var at = from
    var hasField = false
    while at < end {
      switch JournalField.next(bytes, from: at, end: end, isWhole: isWhole) {
      case .field(_, _, let next):
        hasField = true
        at = next
      case .broken(let next): at = next
      case .blank(let next):
        if at == from { return Frame(at..<at, next: next, kind: .blank) }
        return Frame(from..<at, next: next, kind: hasField ? .body : .broken)
      case .openText:
        return atEnd ? Frame(from..<end, next: end) : nil
      case .openBytes, .openName:
        return atEnd ? Frame(from..<end, next: end, kind: .cut) : nil
      }
    }
    return atEnd ? Frame(from..<end, next: end, kind: hasField ? .body : .broken) : nil
  }
}
