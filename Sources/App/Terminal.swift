internal import Glibc

/// The terminal that text is written to.
enum Terminal {
  /// Whether what goes to this descriptor is coloured unless a flag says otherwise: a terminal, without
  /// `NO_COLOR` (no-color.org) or `TAFFRAIL_COLOR=never`.
  static func colours(_ descriptor: Int32) -> Bool {
    if let wish = Environment.value("TAFFRAIL_COLOR"), wish == "always" || wish == "never" {
      return wish == "always"
    }
    guard isatty(descriptor) == 1 else { return false }
    return Environment.value("NO_COLOR").map(\.isEmpty) ?? true
  }

  /// Its width in columns; nil where stdout is none.
  static var columns: Int? {
    if let text = Environment.value("COLUMNS"), let columns = Int(text), columns > 20 {
      return columns
    }
    var size = winsize()
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else {
      return nil
    }
    return Int(size.ws_col)
  }
}
