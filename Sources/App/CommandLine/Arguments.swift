internal import YAML

/// What the user wrote behind a command, sorted into flags and operands.
struct Arguments: Equatable {
  private(set) var operands: [String] = []
  private var values: [String: [String]] = [:]
  /// The configuration files that completed the flags, the most particular first.
  var configuration: [ConfigurationSource] = []

  /// Reads GNU-style arguments: `--name VALUE`, `--name=VALUE`, `-nVALUE`, `-n VALUE`, grouped short
  /// flags, `--` before operands that begin with a dash.
  init(_ words: [String], options: [Option]) throws(UsageError) {
    var at = 0
    var onlyOperands = false
    while at < words.count {
      let word = words[at]
      at += 1
      if onlyOperands || word == "-" || !word.hasPrefix("-") {
        operands.append(word)
      } else if word == "--" {
        onlyOperands = true
      } else if word.hasPrefix("--") {
        try readLong(String(word.dropFirst(2)), options, words, &at)
      } else {
        try readShort(word.dropFirst(), options, words, &at)
      }
    }
  }

  /// Takes the first operand away, as where it names what to do.
  mutating func takeOperand() -> String? { operands.isEmpty ? nil : operands.removeFirst() }

  func has(_ name: String) -> Bool { values[name] != nil }

  func value(_ name: String) -> String? { values[name]?.last }

  func all(_ name: String) -> [String] { values[name] ?? [] }

  /// Sets a flag that was not given, as from a configuration.
  mutating func preset(_ name: String, _ newValues: [String]) {
    if values[name] == nil { values[name] = newValues }
  }

  private mutating func readLong(
    _ text: String, _ options: [Option], _ words: [String], _ at: inout Int
  ) throws(UsageError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts.first ?? "")
    guard let option = options.first(where: { $0.name == name }) else {
      let near = nearest(name, among: options.map(\.name))
      throw UsageError("unknown flag --\(name)", hint: near.map { "did you mean --\($0)?" })
    }
    try read(option, inline: parts.count > 1 ? String(parts[1]) : nil, words, &at)
  }

  private mutating func readShort(
    _ text: Substring, _ options: [Option], _ words: [String], _ at: inout Int
  ) throws(UsageError) {
    var rest = text
    while let letter = rest.popFirst() {
      guard let option = options.first(where: { $0.short == letter }) else {
        throw UsageError("unknown flag -\(letter)", hint: "see --help for the flags")
      }
      if option.argument == .none {
        try read(option, inline: nil, words, &at)
      } else {
        try read(option, inline: rest.isEmpty ? nil : String(rest), words, &at)
        return
      }
    }
  }

  private mutating func read(
    _ option: Option, inline: String?, _ words: [String], _ at: inout Int
  ) throws(UsageError) {
    if option.argument == .none {
      if inline != nil { throw UsageError("--\(option.name) takes no value") }
      values[option.name] = []
      return
    }
    var value = inline
    if case .optional = option.argument, value == nil, at == words.count || words[at].hasPrefix("-")
    {
      value = ""
    }
    if value == nil, at < words.count {
      value = words[at]
      at += 1
    }
    guard let value else { throw UsageError("\(option.usage.trimmed): the value is missing") }
    if case .choice(let allowed) = option.argument, !allowed.contains(value) {
      throw UsageError(
        "--\(option.name): \(value.quotedForMessage) is not one of \(allowed.joined(separator: ", "))",
        hint: nearest(value, among: allowed).map { "did you mean \($0)?" })
    }
    values[option.name, default: []].append(value)
  }
}

extension String {
  /// Without blanks at its ends.
  var trimmed: String {
    var text = Substring(self)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// In double quotes, with control characters escaped.
  var quotedForMessage: String {
    "\""
      + unicodeScalars.map { $0.value < 0x20 ? "\\u{\(String($0.value, radix: 16))}" : String($0) }
      .joined() + "\""
  }
}
