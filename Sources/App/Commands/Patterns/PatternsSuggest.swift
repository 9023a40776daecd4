internal import Output
internal import Packs

/// `taffrail patterns suggest`: begins a pack for the most frequent templates that no pattern matches.
enum PatternsSuggest {
  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let name = arguments.value("pack") ?? "suggested"
    let limit = try CoverageRun.limit(arguments)
    let run = try CoverageRun(arguments)
    let gaps = run.census.gaps(limit: limit)
    let wishes = gaps.map { gap in
      PackDraft.Wish(
        template: gap.template, count: gap.count, programs: gap.programs.sorted(),
        messages: gap.messages.map(run.shown))
    }
    let draft = try PackDraft(
      name: name, wishes: wishes, sources: try PackFolders.sources(run.settings.patterns))
    if draft.patternCount == 0 {
      Diagnostics.note("every entry matches a pattern, or none could be made: nothing to suggest")
      return run.status == .success && gaps.isEmpty ? .success : .failure
    }
    for left in draft.leftOut {
      Diagnostics.note("no pattern for \(left.quotedForMessage)")
    }
    Diagnostics.out(draft.text)
    return run.status
  }
}
