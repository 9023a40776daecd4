/// Names made of letters, the hardest to tell from a message's own words.
extension ValueKind {
  static let names = [
    ValueKind("users") { $0.name() },
    ValueKind("users with numbers among them") {
      $0.number(0...2) == 0 ? $0.name() + "\($0.number(1...99))" : $0.name()
    },
    ValueKind("three names") { $0.one(of: ["north", "harbour", "violet"]) },
    ValueKind("three names and a number") { $0.one(of: ["north", "harbour", "17"]) },
    ValueKind("ten names") {
      $0.one(of: [
        "billing", "search", "checkout", "catalog", "mailer", "gateway", "ledger", "profile",
        "media", "audit",
      ])
    },
    ValueKind("words of two syllables") { $0.word() },
    ValueKind("two words") { $0.word() + " " + $0.word() },
    ValueKind("one to three words") {
      switch $0.number(0...2) {
      case 0: $0.word()
      case 1: $0.word() + " " + $0.word()
      default: $0.word() + " " + $0.word() + " " + $0.word()
      }
    },
    ValueKind("full names") {
      $0.one(of: ["Anna", "John", "Maria", "Wei", "Omar", "Ingrid"]) + " "
        + $0.one(of: ["Smith", "Weber", "Rossi", "Chen", "Haddad", "Berg"])
    },
    ValueKind("dashed names") { $0.word() + "-" + $0.word() },
    ValueKind("snake case names") { $0.word() + "_" + $0.word() },
    ValueKind("camel case names") { $0.word().capital + $0.word().capital },
    ValueKind("classes") {
      $0.one(of: ["com.acme.", "org.example.", "io.shop."]) + $0.word() + "." + $0.word().capital
        + $0.one(of: ["Service", "Impl", "Factory", "Handler"])
    },
    ValueKind("nested classes") {
      $0.one(of: ["com.acme.", "org.example."]) + $0.word().capital + "$" + $0.word().capital
        + "@" + $0.hex(7)
    },
    ValueKind("methods") { $0.word().capital + "#" + $0.word() + "()" },
    ValueKind("exceptions") {
      $0.one(of: ["java.io.", "java.lang.", "com.acme."]) + $0.word().capital + "Exception"
    },
    ValueKind("booleans") { $0.one(of: ["true", "false"]) },
    ValueKind("packages") { $0.one(of: ["com.", "org."]) + $0.word() + "." + $0.word() },
    ValueKind("queues with slashes") { "/queue/" + $0.word() + "/" + $0.word() },
    ValueKind("topics with dots and numbers") {
      $0.word() + "." + $0.word() + "-\($0.number(0...12))"
    },
    ValueKind("roles") { "arn:aws:iam::\($0.digits(12)):role/" + $0.word() },
    ValueKind("windows accounts") { $0.one(of: ["CORP\\", "LAB\\"]) + $0.name() },
    ValueKind("unicode names") {
      $0.one(of: [
        "Jürgen", "Zoë", "Łukasz", "Søren", "José", "Ольга", "山田", "Élodie", "Núria", "Åse",
      ])
    },
  ]
}

extension String {
  /// The text with its first letter in upper case.
  var capital: String { prefix(1).uppercased() + dropFirst() }
}
