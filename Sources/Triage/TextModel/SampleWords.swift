/// The words of samples, without the names that their authors chose: half of all samples of logins are about alice and
/// bob, whom no log knows.
///
/// The words of names that a sample itself tells are left out of it. A word that is a name in three packs, and in half of the
/// packs that have it, is one everywhere.
enum SampleWords {
  private static let packLimit = 3

  static func read(_ samples: [TextSample]) -> [[UInt32]] {
    var distinct = DistinctWords()
    var texts: [[UInt32]] = []
    var names: [Set<UInt32>] = []
    var having: [UInt32: Set<String>] = [:]
    var naming: [UInt32: Set<String>] = [:]
    for sample in samples {
      distinct.read(sample.text.span)
      texts.append(distinct.keys)
      distinct.read(sample.names.span)
      names.append(Set(distinct.keys))
      for key in texts[texts.count - 1] {
        having[key, default: []].insert(sample.pack)
        if names[names.count - 1].contains(key) { naming[key, default: []].insert(sample.pack) }
      }
    }
    let everywhere = naming.filter { key, packs in
      packs.count >= packLimit && 2 * packs.count >= having[key]?.count ?? 0
    }
    return zip(texts, names).map { text, own in
      text.filter { !own.contains($0) && everywhere[$0] == nil }
    }
  }
}
