internal import Bytes
internal import Model
internal import YAML

/// The settings that files and the environment bring in, under the flags: `/etc/taffrail/config.yaml`,
/// then `$XDG_CONFIG_HOME/taffrail/config.yaml`, then `TAFFRAIL_*`, then what was written on the
/// command line.
///
/// A key is a long flag's name with underscores (`input_tz: "+02:00"`); unknown keys are refused.
enum Configuration {
  /// Completes the arguments by what is configured for the flags that the command knows.
  static func complete(_ arguments: inout Arguments, options: [Option]) throws {
    let settable = options.filter { !commandLineOnly.contains($0.name) }
    for option in settable {
      guard let text = Environment.value(environmentName(option)), !text.isEmpty else {
        continue
      }
      let values = try values(of: option, text: text)
      if !values.isEmpty { arguments.preset(option.name, values) }
    }
    let sources = try files(arguments).reversed().map {
      ConfigurationSource(path: $0, bytes: try bytes(of: $0))
    }
    for source in sources {
      for (name, values) in try settings(in: source) {
        if settable.contains(where: { $0.name == name }) { arguments.preset(name, values) }
      }
    }
    arguments.configuration = sources
  }

  /// Flags that make no sense in a file.
  private static let commandLineOnly: Set<String> = [
    "config", "help", "follow", "journal", "cursor", "after-cursor",
  ]

  /// Every key that any command takes.
  private static let known: [Option] = {
    var seen: Set<String> = []
    return CommandTable.all.flatMap(\.options).filter {
      !commandLineOnly.contains($0.name) && seen.insert($0.name).inserted
    }
  }()

  private static func environmentName(_ option: Option) -> String {
    "TAFFRAIL_" + option.name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
  }

  private static func key(_ option: Option) -> String {
    option.name.map { $0 == "-" ? "_" : String($0) }.joined()
  }

  private static func values(of option: Option, text: String) throws(UsageError) -> [String] {
    switch option.argument {
    case .none:
      guard ["1", "true", "yes"].contains(text.lowercased()) else { return [] }
      return [""]
    case .choice(let allowed):
      guard allowed.contains(text) else {
        throw UsageError(
          "\(environmentName(option)): \(text.quotedForMessage) is not one of \(allowed.joined(separator: ", "))"
        )
      }
      return [text]
    case .value, .optional:
      return option.isRepeatable ? text.split(separator: ":").map(String.init) : [text]
    }
  }

  private static func files(_ arguments: Arguments) -> [String] {
    if let named = arguments.value("config") { return named == "-" ? [] : [named] }
    var folders = ["/etc"]
    if let home = Environment.value("XDG_CONFIG_HOME"), !home.isEmpty {
      folders.append(home)
    } else if let home = Environment.value("HOME"), !home.isEmpty {
      folders.append(home + "/.config")
    }
    return folders.map { $0 + "/taffrail/config.yaml" }.filter { FileStatus.exists($0) }
  }

  /// Keys that are no flags: what they hold is read by those who use it.
  private static let structured = ["fingerprints"]

  static func bytes(of file: String) throws(ConfigurationError) -> [UInt8] {
    do {
      return try WholeFile.read(file)
    } catch {
      throw ConfigurationError(file: file, problem: "can't be read: \(error.reason)")
    }
  }

  /// A file's keys and values; nil where it holds nothing.
  static func root(of source: ConfigurationSource) throws(ConfigurationError) -> YAMLMapping? {
    let root = try YAMLDocument.read(source.bytes, file: source.path)
    return root.isNull ? nil : try root.mapping(allowed: known.map(key) + structured)
  }

  private static func settings(in source: ConfigurationSource) throws -> [(
    name: String, values: [String]
  )] {
    guard let mapping = try root(of: source) else { return [] }
    var settings: [(String, [String])] = []
    for option in known {
      guard let node = mapping[key(option)] else { continue }
      switch option.argument {
      case .none: if try node.flag() { settings.append((option.name, [""])) }
      case .choice(let allowed): settings.append((option.name, [try node.choice(of: allowed)]))
      case .value, .optional: settings.append((option.name, try node.texts()))
      }
    }
    return settings
  }
}
