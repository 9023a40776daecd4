/// How far an entry of several lines may reach; counted from its first line, so that the division into
/// batches plays no part.
enum AssemblyLimits {
  /// Lines of one entry; more start a new one. Java writes 1,024 frames of a stack that overflowed.
  static let lines = 1200
  /// Bytes of joined text.
  static let byteCount = 256 << 10
  /// Bytes of input from the first line on, and from the first of several traces that overlap.
  static let reach = 1 << 20
  /// Bytes of input between two lines of one trace: others' lines in between.
  static let gap = 16 << 10
  /// Bytes of input between a line that may open a trace and its second line. Many such lines are
  /// errors without a trace; a larger gap would leave more undecided in a storm of them.
  static let openerGap = 8 << 10
  /// Bytes of input in which traces overlap while no line is joined to any.
  static let quietReach = 64 << 10
  /// Bytes of input between two parts of a cut line, themselves up to 16 KiB each.
  static let partGap = 64 << 10
  /// Lines of a Dart message before its frames.
  static let messageLines = 8
  /// Lines of a framed report of Flutter's, whose end tells by itself.
  static let framedLines = 200
  /// Event time between the first line and any other; not asked of containers' lines, some of which
  /// have a stamp of their own.
  static let nanoseconds: Int64 = 5_000_000_000
  /// Traces open at once in different streams; the oldest is closed for one more.
  static let open = 32
}
