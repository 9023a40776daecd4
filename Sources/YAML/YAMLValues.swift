package import Model

extension YAMLNode {
  /// The scalar as it was written.
  package func text() throws(ConfigurationError) -> String {
    guard case .scalar(let text, _) = content, !isNull else {
      throw error("a text is wanted here", found: kind)
    }
    return text
  }

  /// A list of texts, or one text for a list of one.
  package func texts() throws(ConfigurationError) -> [String] {
    switch content {
    case .sequence(let items):
      var found: [String] = []
      for item in items { found.append(try item.text()) }
      return found
    default: return [try text()]
    }
  }

  package func items() throws(ConfigurationError) -> [YAMLNode] {
    guard case .sequence(let items) = content else {
      throw error("a list is wanted here", found: kind)
    }
    return items
  }

  package func integer() throws(ConfigurationError) -> Int {
    let text = try text()
    guard let value = Int(text) else { throw error("a whole number is wanted here", found: text) }
    return value
  }

  package func number() throws(ConfigurationError) -> Double {
    let text = try text()
    guard let value = Double(text), value.isFinite else {
      throw error("a number is wanted here", found: text)
    }
    return value
  }

  package func flag() throws(ConfigurationError) -> Bool {
    let text = try text()
    switch text {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default: throw error("true or false is wanted here", found: text, allowed: ["true", "false"])
    }
  }

  /// One of a few names.
  package func choice(of names: [String]) throws(ConfigurationError) -> String {
    let text = try text()
    guard names.contains(text) else {
      throw error(
        "'\(text)' is not one of the names allowed here", found: text, allowed: names,
        hint: nearest(text, among: names).map { "did you mean '\($0)'?" })
    }
    return text
  }
}

/// The name that differs least from `word`, if it is near enough to be what was meant.
///
/// Edit distance with swaps of neighbours counted once (optimal string alignment), at most a third of the
/// word's length and at least one; the first of equals.
package func nearest(_ word: String, among names: [String]) -> String? {
  let wanted = Array(word.lowercased().utf8)
  guard wanted.count <= 64 else { return nil }
  var best: (name: String, distance: Int)?
  for name in names {
    let distance = editDistance(wanted, Array(name.lowercased().utf8))
    if distance <= max(1, wanted.count / 3), distance < best?.distance ?? .max {
      best = (name, distance)
    }
  }
  return best?.name
}

private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var before = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in 0..<a.count {
    var row = [i + 1]
    for j in 0..<b.count {
      let change = last[j] + (a[i] == b[j] ? 0 : 1)
      var least = min(change, last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, before[j - 1] + 1) }
      row.append(least)
    }
    before = last
    last = row
  }
  return last[b.count]
}
