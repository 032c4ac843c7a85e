import Glibc

/// A value that another thread makes while this one goes on.
final class Background<Value: Sendable>: Sendable {
  // Sendable: `value` is written by the thread that makes it, before it ends, and read by `take` after that; `thread`
  // is touched in `init`, by the one who takes, and by the last who holds this.
  private nonisolated(unsafe) var value: Value?
  private nonisolated(unsafe) var thread: pthread_t?
  private let make: @Sendable () -> Value

  init(_ make: @Sendable @escaping () -> Value) {
    self.make = make
    var started = pthread_t()
    let start = Unmanaged.passRetained(Start { self.value = make() })
    if pthread_create(&started, nil, begin, start.toOpaque()) == 0 {
      thread = started
    } else {
      start.release()
    }
  }

  /// The value, once it is there; made here where no thread was to be had. To be called once.
  func take() -> Value {
    if let thread { pthread_join(thread, nil) }
    thread = nil
    return value ?? make()
  }

  deinit {
    if let thread { pthread_detach(thread) }
  }
}

private final class Start: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @Sendable @escaping () -> Void) { self.run = run }
}

private func begin(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { return nil }
  Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().run()
  return nil
}
