internal import Glibc
internal import Synchronization

/// SIGINT and SIGTERM as a flag and a descriptor that becomes readable; a second one ends at once.
final class StopSignal: Sendable {
  /// What a waiting reader polls beside its input.
  let descriptor: Int32

  /// Takes both signals over for the process, and ignores SIGPIPE: a closed output is a value.
  init() {
    descriptor = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
    wakeUp.store(descriptor, ordering: .relaxed)
    signal(SIGPIPE, SIG_IGN)
    for number in [SIGINT, SIGTERM] { signal(number, raise) }
  }

  /// Whether a signal came.
  var isRaised: Bool { number != 0 }

  /// The signal that came first, or 0.
  var number: Int32 { raised.load(ordering: .relaxed) }

  /// Ends the process by the signal that came, so that a shell sees 130 or 143.
  func endProcess() {
    guard isRaised else { return }
    signal(number, SIG_DFL)
    _ = kill(getpid(), number)
  }
}

private let raised = Atomic<Int32>(0)
private let wakeUp = Atomic<Int32>(-1)

/// Async-signal-safe: an atomic store and a write(2).
private func raise(_ number: Int32) {
  if raised.load(ordering: .relaxed) != 0 {
    signal(number, SIG_DFL)
    _ = kill(getpid(), number)
    return
  }
  raised.store(number, ordering: .relaxed)
  var one: UInt64 = 1
  _ = unsafe write(wakeUp.load(ordering: .relaxed), &one, 8)
}
