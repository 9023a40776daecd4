/// What a document may take: over a limit it is refused.
package struct YAMLLimits: Sendable {
  /// Bytes of text.
  package var size = 16 << 20
  /// Levels of lists and mappings inside each other.
  package var depth = 64
  /// Nodes, those of an alias counted at each place where it stands.
  package var nodes = 1_000_000

  package init() {}
}
