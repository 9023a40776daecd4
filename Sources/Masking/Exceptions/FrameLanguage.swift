/// The languages whose frames are told from those of others by how they are written.
enum FrameLanguage: String, CaseIterable, Sendable {
  case java, dotnet, javascript, python, go, rust, php, ruby, native, dart, swift, elixir, perl
}
