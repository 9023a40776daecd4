/// Values with a structure of their own.
extension ValueKind {
  static let structures = [
    ValueKind("keys and values") {
      $0.one(of: ["id", "name"]) == "id" ? "id=\($0.number(1...999))" : "id=" + $0.word()
    },
    ValueKind("several keys and values") {
      "uid=\($0.number(0...999)) name=" + $0.name() + " host=" + $0.address()
    },
    ValueKind("quoted words") { "'" + $0.word() + "'" },
    ValueKind("quoted texts") {
      "\"" + $0.word() + " " + $0.one(of: ["", "the "]) + $0.word() + "\""
    },
    ValueKind("quoted texts of any length") {
      let count = $0.number(1...5)
      var words: [String] = []
      for _ in 0..<count { words.append($0.word()) }
      return "'" + words.joined(separator: " ") + "'"
    },
    ValueKind("bracketed words") { "[" + $0.word() + "]" },
    ValueKind("bracketed lists") {
      let count = $0.number(1...5)
      var words: [String] = []
      for _ in 0..<count { words.append($0.word()) }
      return "[" + words.joined(separator: ", ") + "]"
    },
    ValueKind("lists of numbers") {
      let count = $0.number(1...6)
      var words: [String] = []
      for _ in 0..<count { words.append("\($0.number(0...99))") }
      return words.joined(separator: ", ")
    },
    ValueKind("lists of names") {
      let count = $0.number(1...4)
      var words: [String] = []
      for _ in 0..<count { words.append($0.name()) }
      return words.joined(separator: ",")
    },
    ValueKind("lists of addresses") {
      let count = $0.number(1...4)
      var words: [String] = []
      for _ in 0..<count { words.append($0.address()) }
      return "[" + words.joined(separator: ", ") + "]"
    },
    ValueKind("JSON") {
      "{\"id\":\($0.number(1...999)),\"name\":\"" + $0.word() + "\",\"ok\":"
        + $0.one(of: ["true", "false"]) + "}"
    },
    ValueKind("maps") { "{" + "id=\($0.number(1...999)), owner=" + $0.name() + "}" },
    ValueKind("angle brackets") { "<" + $0.word() + "@" + $0.word() + ".example.com>" },
    ValueKind("parenthesised numbers") { $0.word() + "(\($0.number(1...999)))" },
    ValueKind("empty or a word") { $0.number(0...2) == 0 ? "" : $0.word() },
    ValueKind("escaped quotes") { "\"" + $0.word() + " \\\"" + $0.word() + "\\\"\"" },
  ]
}
