/// Lays a template over a shape: which tokens of the shape each token of the template stands for.
enum Alignment {
  /// Whether each token of the shape is the template's own, or one of 1 to 8 identifiers, wildcards and
  /// marks for which a wildcard of the template stands.
  static func swallows(_ template: [Token], _ shape: [Token], _ table: TokenTable) -> Bool {
    starts(template, shape, table, limit: Thresholds.swallowed) { traits in
      !traits.contains(.word) || traits.contains(.identifier)
    } != nil
  }

  /// For each token of the template the column of the shape where what it stands for begins, the shape's
  /// count behind the last; nil where the template does not fit. Wildcards take as little as they can.
  static func starts(
    _ template: [Token], _ shape: [Token], _ table: TokenTable, limit: Int,
    where isSwallowed: (TokenTraits) -> Bool
  ) -> [Int]? {
    let rows = template.count
    let columns = shape.count
    guard rows <= columns, rows > 0 else { return nil }
    // reach[row] holds, for the tail of the template from `row`, the columns from which it fits.
    var reach = [Bool](repeating: false, count: (rows + 1) * (columns + 1))
    reach[rows * (columns + 1) + columns] = true
    for row in stride(from: rows - 1, through: 0, by: -1) {
      let isWildcard = template[row].number == TokenTable.wildcard
      for column in stride(from: columns - 1, through: 0, by: -1) {
        let here = row * (columns + 1) + column
        let next = (row + 1) * (columns + 1)
        if !isWildcard {
          reach[here] =
            template[row].number == shape[column].number && reach[next + column + 1]
        } else {
          var taken = 0
          while taken < limit, column + taken < columns,
            isSwallowed(table.traits[shape[column + taken].number])
          {
            taken += 1
            if reach[next + column + taken] {
              reach[here] = true
              break
            }
          }
        }
      }
    }
    guard reach[0] else { return nil }
    var starts = [0]
    var column = 0
    for row in 0..<rows {
      var end = column + 1
      while !reach[(row + 1) * (columns + 1) + end] { end += 1 }
      starts.append(end)
      column = end
    }
    return starts
  }
}
