import App

@main
struct Taffrail {
  static func main() { App.run() }
}
