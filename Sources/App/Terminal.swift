internal import Glibc

/// The terminal that text is written to.
enum Terminal {
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
