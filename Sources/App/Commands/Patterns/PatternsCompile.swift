internal import Packs

/// `taffrail patterns compile`: checks the packs and writes the file from which runs start faster.
enum PatternsCompile {
  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let own = arguments.all("patterns") + arguments.operands
    let written = try CompiledPacks.write(try PackFolders.sources(own))
    if !arguments.has("quiet") {
      Diagnostics.note("\(written.patterns) patterns compiled to \(written.path)")
    }
    return .success
  }
}
