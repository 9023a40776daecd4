package import Bytes

/// Where the bytes of one file, pipe or compressed file come from; asked about once for each MiB.
package protocol ByteSource: AnyObject {
  /// Appends at most `limit` bytes to the arena.
  ///
  /// What it appended before it threw stays; after `end` or an error it is not asked again.
  func read(into arena: Arena, limit: Int, waiting: Patience) throws(ReadProblem) -> ReadOutcome
}

package enum ReadOutcome: Sendable {
  case bytes
  /// The time is up or the wake-up called; nothing has come.
  case nothing
  case end
}

/// How long to wait for bytes, and what ends the wait early.
package struct Patience: Sendable {
  /// 0 doesn't wait, -1 waits without end.
  package var milliseconds: Int32
  package var wakeUp: Int32?

  package init(milliseconds: Int32, wakeUp: Int32? = nil) {
    self.milliseconds = milliseconds
    self.wakeUp = wakeUp
  }

  /// The same without waiting.
  package var none: Patience { Patience(milliseconds: 0, wakeUp: wakeUp) }

  /// Whether the descriptor has something within this time, its end included.
  package func waits(for number: Int32) -> Bool {
    if milliseconds < 0, wakeUp == nil { return true }
    guard let wakeUp else {
      return Descriptors.wait(for: [number], milliseconds: milliseconds) != 0
    }
    let ready = Descriptors.wait(for: [number, wakeUp], milliseconds: milliseconds)
    return ready & 2 == 0 && ready & 1 != 0
  }
}
