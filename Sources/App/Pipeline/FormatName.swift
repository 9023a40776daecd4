internal import Ingest
internal import Flow
internal import Model
internal import Packs
internal import YAML

/// The names that `--format` takes: the built-in formats, a pack's line formats, or a pack for all of its.
enum FormatName {
  /// Built-in formats that a reader can be told to expect.
  static let builtIn: [SourceFormat] = [
    .journald, .json, .logfmt, .syslog, .cri, .docker, .clf, .otlp, .gelf, .cef, .leef, .csv, .w3c,
    .winlog, .plain,
  ]

  /// Notes what `name` stands for in the decoders' settings; nil and `auto` recognise.
  static func resolve(
    _ name: String?, _ packs: PackTables, into settings: inout DecodingSettings
  ) throws(UsageError) {
    settings.lines = packs
    guard let name, name != "auto" else { return }
    if let format = builtIn.first(where: { $0.name == name }) {
      settings.format = format
      return
    }
    let declared = packs.lineFormats
    let numbers = declared.indices.filter { declared[$0].name == name || declared[$0].pack == name }
    guard !numbers.isEmpty else { throw unknown(name, packs) }
    settings.format = .pack
    settings.allowedLines = numbers.map { $0 + 1 }
  }

  /// How a source is framed that was called by this name.
  static func framing(_ name: String?) -> FramingChoice {
    guard let name, name != "auto" else { return .told }
    let isJSON = ["journald", "json", "docker", "gelf", "otlp"].contains(name)
    if name == "csv" { return .fixed(.csv) }
    if name == "w3c" { return .fixed(.columns) }
    return isJSON || name == "winlog" ? .told : .text
  }

  private static func unknown(_ name: String, _ packs: PackTables) -> UsageError {
    let declared = packs.lineFormats
    let names =
      ["auto"] + builtIn.map(\.name) + declared.map(\.name)
      + Array(Set(declared.map(\.pack))).sorted()
    let parts = declared.filter { $0.name.split(separator: ".").contains { $0 == name } }.map(
      \.name)
    let near = parts.isEmpty ? nearest(name, among: names).map { [$0] } ?? [] : parts
    return UsageError(
      "--format: \(name.quotedForMessage) is no format",
      hint: near.isEmpty
        ? "taffrail explain --format lists them" : "did you mean \(near.joined(separator: " or "))?"
    )
  }
}
