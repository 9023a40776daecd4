import Bytes
import Masking
import Model
import Testing

@Suite struct MaskerTests {
  @Test func equalTextsShareASlotAndNewOnesAreNotedOnce() {
    let batch = batch(["a 1", "b", "a 22", "b", "a x"].map { Array($0.utf8) })
    var masker = Masker()
    masker.process(batch)
    #expect(batch.entries.map(\.mask) == [1, 2, 1, 2, 3])
    #expect(batch.newMasks.map { batch.arenas.text($0.text) } == ["a <num>", "b", "a x"])
    batch.reset()
    add([Array("b".utf8), Array("c".utf8)], to: batch)
    masker.process(batch)
    #expect(batch.entries.map(\.mask) == [2, 4])
    #expect(batch.newMasks.count == 1)
    #expect(!batch.restartsMasks)
  }

  @Test func theTableIsEmptiedBetweenBatchesOnceItIsFull() {
    let letters = Array("abcdefghijklmnopqrstuvwxyz".utf8)
    let messages: [[UInt8]] = (0..<33_000).map { (number: Int) -> [UInt8] in
      let places = [number % 26, number / 26 % 26, number / 676 % 26, number / 17_576]
      return places.map { letters[$0] }
    }
    let batch = batch(messages)
    var masker = Masker()
    masker.process(batch)
    #expect(masker.count == 33_000)
    #expect(Set(batch.entries.map(\.mask)).count == 33_000)
    batch.reset()
    add([messages[5]], to: batch)
    masker.process(batch)
    #expect(batch.restartsMasks)
    #expect(batch.entries[0].mask == 1)
  }

  @Test(arguments: [
    ("bytes with controls are no text", "\u{fffd}\u{1}ab\u{fffd}\u{2}cd\u{3}\u{4}xyz", "<*>"),
    (
      "letters of an old encoding are", "caf\u{fffd} 17 d\u{fffd}bit\u{fffd}",
      "caf\u{fffd} <num> d\u{fffd}bit\u{fffd}"
    ),
    ("so are tabs and colours", "\u{fffd}\t\u{1b}[1ma\tb\tc\td", nil),
    ("one stray control decides nothing", "\u{fffd} a\u{1} bc", nil),
  ])
  func onlyBytesThatAreNoTextShareOneMask(_ what: String, _ message: String, _ masked: String?) {
    let batch = batch([Array(message.utf8)])
    batch.entries[0].flags.insert(.repaired)
    var masker = Masker()
    masker.process(batch)
    let text = batch.arenas.text(batch.newMasks[0].text)
    if let masked { #expect(masked == text) } else { #expect(text != "<*>") }
  }

  @Test func whatDoesNotFitIsCounted() {
    let batch = Batch(inputCapacity: 1024, sideCapacity: 4)
    add(["long message", "x"].map { Array($0.utf8) }, to: batch)
    var masker = Masker()
    masker.process(batch)
    #expect(batch.entries.map(\.mask) == [0, 1])
    #expect(masker.unkept == 1)
  }
}
