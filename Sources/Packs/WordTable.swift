/// Words to small numbers, for look-ups by bytes without making strings.
struct WordTable {
  private var slots: [(hash: UInt64, word: Int32)] = Array(repeating: (0, -1), count: 64)
  private var starts: [Int] = [0]
  private var letters: [UInt8] = []

  var count: Int { starts.count - 1 }

  init() {}

  /// As it was written; nil where it does not fit together.
  init?(_ reader: inout TableReader) {
    let letters = reader.blob()
    var start = 0
    for end in reader.numbers() {
      guard Int(end) > start, Int(end) <= letters.count else { return nil }
      let number = count
      guard add(Array(letters[start..<Int(end)])) == number else { return nil }
      start = Int(end)
    }
    guard reader.isSound, start == letters.count else { return nil }
  }

  func write(to out: inout TableWriter) {
    out.write(bytes: letters)
    out.write(Array(starts.dropFirst()))
  }

  /// The word's number, made where it is new.
  mutating func add(_ word: [UInt8]) -> Int {
    let hash = WordTable.hash(word.span, 0, word.count, fold: 0)
    var at = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[at].word >= 0 {
      let known = Int(slots[at].word)
      if slots[at].hash == hash, letters[starts[known]..<starts[known + 1]].elementsEqual(word) {
        return known
      }
      at = (at + 1) & (slots.count - 1)
    }
    let number = count
    letters += word
    starts.append(letters.count)
    slots[at] = (hash, Int32(number))
    if count * 2 > slots.count { grow() }
    return number
  }

  /// The number of the word that stands at `start`, or -1; with `fold` 0x20 it is taken in small letters.
  func find(_ text: Span<UInt8>, _ start: Int, _ end: Int, fold: UInt8) -> Int {
    let hash = WordTable.hash(text, start, end, fold: fold)
    var at = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[at].word >= 0 {
      if slots[at].hash == hash, equals(Int(slots[at].word), text, start, end, fold) {
        return Int(slots[at].word)
      }
      at = (at + 1) & (slots.count - 1)
    }
    return -1
  }

  private func equals(
    _ word: Int, _ text: Span<UInt8>, _ start: Int, _ end: Int, _ fold: UInt8
  ) -> Bool {
    guard starts[word + 1] - starts[word] == end - start else { return false }
    for index in start..<end
    where letters[starts[word] + index - start] != WordTable.folded(text[index], fold) {
      return false
    }
    return true
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: (0, -1), count: old.count * 2)
    for slot in old where slot.word >= 0 {
      var at = Int(truncatingIfNeeded: slot.hash) & (slots.count - 1)
      while slots[at].word >= 0 { at = (at + 1) & (slots.count - 1) }
      slots[at] = slot
    }
  }

  private static func folded(_ byte: UInt8, _ fold: UInt8) -> UInt8 {
    Separators.isLetter(byte) ? byte | fold : byte
  }

  /// FNV-1a, with its high bits folded down.
  private static func hash(_ text: Span<UInt8>, _ start: Int, _ end: Int, fold: UInt8) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in start..<end {
      hash = (hash ^ UInt64(folded(text[index], fold))) &* 0x100_0000_01b3
    }
    return hash ^ hash >> 29
  }
}
