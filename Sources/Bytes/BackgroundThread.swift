internal import Glibc

/// A thread that runs one closure beside the caller, until `join`.
package final class BackgroundThread {
  private var thread: pthread_t?

  /// Starts `body`; nil where the system gives no thread.
  package init?(_ body: @escaping @Sendable () -> Void) {
    let work = unsafe Unmanaged.passRetained(Work(body))
    var started = pthread_t()
    let status = unsafe pthread_create(
      &started, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        let work = unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue()
        work.body()
        return nil
      }, work.toOpaque())
    guard status == 0 else {
      unsafe work.release()
      return nil
    }
    thread = started
  }

  /// Waits for the closure's end; at once where that was done before.
  package func join() {
    guard let running = thread else { return }
    thread = nil
    pthread_join(running, nil)
  }
}

private final class Work {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
