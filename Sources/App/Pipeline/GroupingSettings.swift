internal import Bytes
internal import Masking
internal import Model
internal import YAML

/// What the user says about grouping, and which frames of stack traces are a framework's.
struct GroupingSettings: Sendable {
  var frames = FrameLists()
  var rules = FingerprintRules()
  /// How the rules are called where they are counted, in their order.
  var ruleNames: [String] { rules.names }

  /// The list that ships with the packs, with what the settings add, and the rules of the configuration.
  init(_ settings: RunSettings) throws {
    if let folder = PackFolders.builtInFolder {
      let file = folder + "/fingerprints/frameworks.yaml"
      if FileStatus.exists(file) {
        frames = try FrameLists(
          try YAMLDocument.read(try Configuration.bytes(of: file), file: file))
      }
    }
    frames.add(framework: settings.frameworkFrames, application: settings.applicationFrames)
    for source in settings.configuration {
      if let node = try Configuration.root(of: source)?["fingerprints"] { try rules.add(node) }
    }
  }
}
