import Foundation
import Testing

/// The README's commands run as they stand there, from the repository's folder.
@Suite("README")
struct ReadmeTests {
  /// The `sh` blocks that begin with the tool or a pipeline into it; `# not run` excuses one.
  static let blocks: [String] = {
    let file = Shell.root.appending(path: "README.md")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    var blocks: [String] = []
    var open: [Substring]?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let lines = open {
        if line.hasPrefix("```") {
          blocks.append(lines.joined(separator: "\n"))
          open = nil
        } else {
          open = lines + [line]
        }
      } else if line == "```sh" {
        open = []
      }
    }
    return blocks.filter { block in
      let first = block.split(separator: "\n").first ?? ""
      return !block.contains("# not run")
        && (first.hasPrefix("taffrail ") || first.contains("| taffrail"))
    }
  }()

  @Test("has commands that work", arguments: blocks)
  func runs(block: String) throws {
    let shell = try Shell()
    let outcome = try shell.run("set -e; cd '\(Shell.root.path)'\n\(block)")
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(!outcome.out.isEmpty)
  }
}
