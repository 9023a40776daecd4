import Detection
import Model
import Testing

struct MinuteArchiveTests {
  @Test func holdsMinutesInAnyOrder() {
    var archive = MinuteArchive()
    for (minute, shape, isError) in [(9, 1, true), (2, 1, false), (9, 2, false), (9, 1, true)] {
      let isTaken = archive.add(
        service: Symbol(number: 1), shape: ShapeNumber(index: shape), isError: isError,
        minute: Minute(number: Int64(minute)))
      #expect(isTaken)
    }
    #expect(archive.minutes.map(\.number) == [2, 9])
    let tally = archive.close(Minute(number: 9))
    #expect(tally.entries == 3)
    #expect(tally.errors == 2)
    #expect(tally.shapes.map(\.entries) == [2, 1])
    #expect(tally.services.map(\.errors) == [2])
    #expect(archive.minutes.map(\.number) == [2])
  }

  @Test func refusesWhatExceedsTheLimit() {
    var archive = MinuteArchive(limit: 1)
    let one = ShapeNumber(index: 1)
    let service = Symbol(number: 1)
    let taken = [1, 1, 2].map { minute in
      archive.add(
        service: service, shape: one, isError: false, minute: Minute(number: minute))
    }
    #expect(taken == [true, true, false])
  }
}
