package enum App {
  package static func run() {}
}
