/// Puts the wildcards' kinds back into a template: a kind stays where all members agree on it.
///
/// Each member is laid over the template; a token of the template with a wildcard takes the members' typed
/// token where each member has just one there and all the same, else it stays `<*>`. A member that does
/// not fit (an optional slot that it lacks, other marks) says nothing for any slot: all stay `<*>`.
enum TemplateTypes {
  /// - Parameters:
  ///   - template: tokens with plain wildcards.
  ///   - members: for each member its plain and its typed tokens, of equal count.
  static func typed(
    _ template: [Token], members: [(plain: [Token], typed: [Token])], _ table: TokenTable
  ) -> [Token] {
    let slots = template.indices.filter {
      !table.traits[template[$0].number].isDisjoint(with: [.wildcard, .embeds])
    }
    if slots.isEmpty { return template }
    var types: [Int?] = Array(repeating: nil, count: template.count)
    for member in members {
      guard let starts = starts(template, member.plain, table) else { return template }
      for slot in slots {
        let own = template[slot].number
        let typed =
          starts[slot + 1] - starts[slot] == 1 ? member.typed[starts[slot]].number : own
        let isWildcard = table.plain[typed] == own
        let found = isWildcard ? typed : own
        if let known = types[slot], known != found {
          types[slot] = own
        } else {
          types[slot] = found
        }
      }
      if slots.allSatisfy({ types[$0] == template[$0].number }) { return template }
    }
    var result = template
    for slot in slots {
      result[slot] = template[slot].replaced(by: types[slot] ?? template[slot].number)
    }
    return result
  }

  private static func starts(_ template: [Token], _ shape: [Token], _ table: TokenTable) -> [Int]? {
    if template.count == shape.count,
      template.indices.allSatisfy({
        template[$0].number == shape[$0].number || template[$0].number == TokenTable.wildcard
      })
    {
      return Array(0...template.count)
    }
    return Alignment.starts(template, shape, table, limit: 64) { _ in true }
  }
}
