internal import Grouping
internal import Model
internal import PatternMatching

/// The groups that `--ignore` names: by id, or by a PCRE2 pattern on the template.
struct IgnoredGroups {
  private var ids: Set<GroupID> = []
  private var patterns: [Pattern] = []
  private var known: [GroupID: Bool] = [:]

  init(_ words: [String]) throws(UsageError) {
    for word in words {
      if word.count == 16, let number = UInt64(word, radix: 16) {
        ids.insert(GroupID(number: number))
        continue
      }
      do {
        patterns.append(try Pattern(word))
      } catch {
        throw UsageError(
          "--ignore: \(word.quotedForMessage) is neither a group's id nor a PCRE2 pattern")
      }
    }
  }

  var isEmpty: Bool { ids.isEmpty && patterns.isEmpty }

  mutating func contains(_ id: GroupID, miner: TemplateMiner) -> Bool {
    if ids.contains(id) { return true }
    if let answer = known[id] { return answer }
    if known.count > 100_000 { known.removeAll() }
    let text = miner.group(of: id).map { miner.bytes(of: $0) } ?? []
    var scratch = MatchScratch()
    var answer = false
    for pattern in patterns where scratch.match(pattern.prepared(), text.span) == .found {
      answer = true
    }
    known[id] = answer
    return answer
  }
}
