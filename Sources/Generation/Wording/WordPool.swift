/// The vocabulary and the names of the stream's units, ready to be copied.
struct WordPool: Sendable {
  private(set) var pool = PiecePool()
  private var words: [Piece] = []
  /// By parameter's ordinal, ranges of `words`.
  private var lists: [Range<Int>] = []
  private var units: Range<Int> = 0..<0

  init(_ landscape: Landscape) {
    for parameter in Parameter.allCases { lists.append(add(Vocabulary.words(of: parameter) ?? [])) }
    units = add(landscape.services.map(\.program.unit))
  }

  private mutating func add(_ texts: [String]) -> Range<Int> {
    let first = words.count
    for text in texts { words.append(pool.add(text)) }
    return first..<words.count
  }

  func unit(_ service: Int, into buffer: inout FrameBuffer) {
    if service < units.count { buffer.append(words[units.lowerBound + service], of: pool) }
  }

  func lastWord(of ordinal: Int, into buffer: inout FrameBuffer) {
    let list = lists[ordinal]
    if !list.isEmpty { buffer.append(words[list.upperBound - 1], of: pool) }
  }

  /// A word of the list, the first ones more often than the last.
  func word(
    of ordinal: Int, _ random: inout RandomSource, into buffer: inout FrameBuffer
  ) {
    let list = lists[ordinal]
    guard !list.isEmpty else { return }
    let place = min(random.below(list.count), random.below(list.count))
    buffer.append(words[list.lowerBound + place], of: pool)
  }
}
