internal import Glibc

/// Runs `body` on `count` threads at once, with 0 up to `count - 1`, and returns when all have ended.
///
/// The calling thread runs the first; where a thread can't be started the calling thread runs its
/// share afterwards, so that every share is run.
package func runThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
  var threads: [pthread_t] = []
  var left: [Int] = []
  for index in 1..<max(count, 1) {
    let share = unsafe Unmanaged.passRetained(Share(index: index, body: body))
    var thread = pthread_t()
    let status = unsafe pthread_create(
      &thread, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        let share = unsafe Unmanaged<Share>.fromOpaque(argument).takeRetainedValue()
        share.body(share.index)
        return nil
      }, share.toOpaque())
    if status == 0 {
      threads.append(thread)
    } else {
      unsafe share.release()
      left.append(index)
    }
  }
  body(0)
  for index in left { body(index) }
  for thread in threads { pthread_join(thread, nil) }
}

private final class Share {
  let index: Int
  let body: @Sendable (Int) -> Void

  init(index: Int, body: @escaping @Sendable (Int) -> Void) {
    self.index = index
    self.body = body
  }
}
