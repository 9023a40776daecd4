import Bytes
import Model

/// An entry that lines to come may belong to, and what has been joined to it.
struct OpenEntry {
  /// Which language's rules tell a trace's lines.
  enum Kind: UInt8 {
    /// No trace yet: only indented lines belong to it.
    case text
    case trace
    /// Python's, before its last line.
    case python
    case go
    case swift
    /// Dart's, whose message may take several lines before the frames.
    case dart
    /// A line cut in parts by the container runtime.
    case parts
  }

  /// The stream that its lines come in; 0 for text without streams.
  var stream: UInt64
  /// Its first line among the batch's entries, and its last.
  var root: Int
  var last: Int
  var lines = 1
  /// Bytes of its joined text.
  var byteCount: Int
  /// Input offsets behind its first frame and behind its last.
  var firstEnd: Int
  var lastEnd: Int
  var time: Timestamp
  var kind: Kind
  /// A frame, a cause or an opener stands in it.
  var hasTrace = false
  /// Its last line ended in a colon: the next one belongs to it.
  var expectsMore = false
  /// A trace of Python's or Dart's has had frames.
  var hasFrames = false
}

/// How far an entry of several lines may reach; counted from its first line, so that the division into
/// batches plays no part.
enum AssemblyLimits {
  /// Lines of one entry; more start a new one.
  static let lines = 1000
  /// Bytes of joined text.
  static let byteCount = 256 << 10
  /// Bytes of input from the first line on, and from the first of several traces that overlap.
  static let reach = 1 << 20
  /// Bytes of input between two lines of one trace: others' lines in between.
  static let gap = 16 << 10
  /// Bytes of input between two parts of a cut line, themselves up to 16 KiB each.
  static let partGap = 256 << 10
  /// Lines of a Dart message before its frames.
  static let messageLines = 8
  /// Event time between the first line and any other; not asked of containers' lines, some of which
  /// have a stamp of their own.
  static let nanoseconds: Int64 = 5_000_000_000
  /// Traces open at once in different streams; the oldest is closed for one more.
  static let open = 32
}
