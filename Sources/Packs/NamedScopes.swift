internal import Bytes

/// The scopes by the names that they want: whole names through a table, beginnings one by one.
struct NamedScopes {
  private var names = WordTable()
  /// For each name the scopes that want it.
  private var scopes: [[Int]] = []
  private var beginnings: [(letters: [UInt8], scope: Int)] = []

  /// - Parameter wanted: for each scope its names, of which one may end in `*`.
  init(_ wanted: [[String]]) {
    for (scope, list) in wanted.enumerated() {
      for name in list {
        if name.hasSuffix("*") {
          beginnings.append((Array(name.utf8.dropLast()), scope))
        } else {
          let number = names.add(Array(name.utf8))
          if number == scopes.count { scopes.append([]) }
          scopes[number].append(scope)
        }
      }
    }
  }

  func forEach(taking name: Span<UInt8>, _ body: (Int) -> Void) {
    let number = names.find(name, 0, name.count, fold: 0)
    if number >= 0 { scopes[number].forEach(body) }
    for (letters, scope) in beginnings
    where letters.count <= name.count && name.extracting(first: letters.count).equals(letters.span)
    {
      body(scope)
    }
  }
}
