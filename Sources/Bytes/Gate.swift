internal import Glibc

/// A lock that threads can wait at until another says that something has changed.
///
/// Thin over a POSIX mutex and condition variable (pthread_cond_wait(3)). Not recursive.
@safe
package final class Gate: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>

  package init() {
    unsafe mutex = .allocate(capacity: 1)
    unsafe condition = .allocate(capacity: 1)
    unsafe mutex.initialize(to: pthread_mutex_t())
    unsafe condition.initialize(to: pthread_cond_t())
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(condition, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  package func lock() { unsafe pthread_mutex_lock(mutex) }

  package func unlock() { unsafe pthread_mutex_unlock(mutex) }

  /// Lets go of the lock until `broadcast` is called, then holds it again; may wake without cause.
  package func wait() { unsafe pthread_cond_wait(condition, mutex) }

  /// Wakes all that wait.
  package func broadcast() { unsafe pthread_cond_broadcast(condition) }
}
