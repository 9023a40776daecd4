internal import Bytes
package import Model
package import YAML

/// Which frames are a library's or a framework's, and so no part of a fingerprint.
///
/// The list is data (`patterns/fingerprints/frameworks.yaml`); users add to it, and claim frames for their
/// application. A user's word comes before the list, and the application's before the framework's.
package struct FrameLists: Sendable {
  /// A text that a function's name or a place is held against.
  struct Entry: Sendable {
    enum Reach: Sendable { case start, anywhere }

    var text: [UInt8]
    var reach: Reach

    func holds(_ name: [UInt8]) -> Bool {
      guard !text.isEmpty, text.count <= name.count else { return false }
      let last = reach == .start ? 0 : name.count - text.count
      for start in 0...last where name[start] == text[0] {
        var index = 1
        while index < text.count, name[start + index] == text[index] { index += 1 }
        if index == text.count { return true }
      }
      return false
    }
  }

  private struct List: Sendable {
    var functions: [Entry] = []
    var places: [Entry] = []
  }

  private var lists = Array(repeating: List(), count: FrameLanguage.allCases.count)
  private var framework: [[UInt8]] = []
  private var application: [[UInt8]] = []

  /// No frame is a framework's.
  package init() {}

  /// - Throws: where the file is not as it should be.
  package init(_ node: YAMLNode) throws(ConfigurationError) {
    let languages = try node.mapping(allowed: FrameLanguage.allCases.map(\.rawValue))
    for (index, language) in FrameLanguage.allCases.enumerated() {
      guard let list = languages[language.rawValue] else { continue }
      let mapping = try list.mapping(allowed: ["functions", "places"])
      lists[index].functions = try mapping.texts("functions").map {
        $0.hasPrefix("*")
          ? Entry(text: Array($0.dropFirst().utf8), reach: .anywhere)
          : Entry(text: Array($0.utf8), reach: .start)
      }
      lists[index].places = try mapping.texts("places").map {
        $0.hasPrefix("^")
          ? Entry(text: Array($0.dropFirst().utf8), reach: .start)
          : Entry(text: Array($0.utf8), reach: .anywhere)
      }
    }
  }

  /// Adds what the user names: beginnings of functions, or parts of places.
  package mutating func add(framework: [String], application: [String]) {
    self.framework += framework.map { Array($0.utf8) }
    self.application += application.map { Array($0.utf8) }
  }

  /// The entry that makes a frame a framework's; nil for one of the application.
  func framework(_ function: [UInt8], _ place: [UInt8], _ language: FrameLanguage) -> [UInt8]? {
    if Self.named(application, function, place) != nil { return nil }
    if let own = Self.named(framework, function, place) { return own }
    // Java's frames and .NET's look alike.
    if language == .java, let found = listed(function, place, .dotnet) { return found }
    return listed(function, place, language)
  }

  private func listed(_ function: [UInt8], _ place: [UInt8], _ language: FrameLanguage)
    -> [UInt8]?
  {
    guard let index = FrameLanguage.allCases.firstIndex(of: language) else { return nil }
    return lists[index].functions.first { $0.holds(function) }?.text
      ?? lists[index].places.first { $0.holds(place) }?.text
  }

  private static func named(_ texts: [[UInt8]], _ function: [UInt8], _ place: [UInt8]) -> [UInt8]? {
    texts.first { text in
      Entry(text: text, reach: .start).holds(function)
        || Entry(text: text, reach: .anywhere).holds(place)
    }
  }
}
