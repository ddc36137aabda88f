import Glibc

/// Writing to what nobody reads any more, which is an error here and not the process's end.
package enum BrokenPipe {
  /// Runs `body` with SIGPIPE held back from this thread.
  package static func asError<Value>(_ body: () throws -> Value) rethrows -> Value {
    var (signal, before) = (sigset_t(), sigset_t())
    sigemptyset(&signal)
    sigaddset(&signal, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signal, &before)
    defer {
      // One that came meanwhile would end the process as soon as it is let through.
      if sigismember(&before, SIGPIPE) == 0 {
        var none = timespec()
        while sigtimedwait(&signal, nil, &none) == SIGPIPE {}
      }
      pthread_sigmask(SIG_SETMASK, &before, nil)
    }
    return try body()
  }
}
