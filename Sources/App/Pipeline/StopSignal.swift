internal import Bytes
internal import Glibc
internal import Synchronization

/// SIGINT and SIGTERM as a flag and a descriptor that becomes readable; a second one ends at once.
final class StopSignal: Sendable {
  private let call: WakeUp?

  /// What a waiting reader polls beside its input; nil where the system has no descriptor left.
  var descriptor: Int32? { call?.number }

  /// Takes both signals over for the process, also where its parent had blocked them, and ignores SIGPIPE:
  /// a closed output is a value.
  init() {
    call = try? WakeUp()
    wakeUp.store(call?.caller ?? -1, ordering: .relaxed)
    signal(SIGPIPE, SIG_IGN)
    var taken = sigset_t()
    unsafe sigemptyset(&taken)
    for number in [SIGINT, SIGTERM] {
      signal(number, raise)
      unsafe sigaddset(&taken, number)
    }
    unsafe pthread_sigmask(SIG_UNBLOCK, &taken, nil)
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
  WakeUp.call(wakeUp.load(ordering: .relaxed))
}
