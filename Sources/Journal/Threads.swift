import Glibc

/// Threads for the length of a call.
enum Threads {
  /// Calls `body` with 0 to `count` - 1, each on a thread of its own, and waits for all; the last on the caller's.
  /// Where no thread can be had, the others do the work: `body` takes what is there until nothing is.
  static func run(_ count: Int, _ body: @Sendable @escaping (Int) -> Void) {
    var helpers: [pthread_t] = []
    for index in 0..<max(count - 1, 0) {
      let start = Unmanaged.passRetained(Start { body(index) })
      var thread = pthread_t()
      if pthread_create(&thread, nil, begin, start.toOpaque()) == 0 {
        helpers.append(thread)
      } else {
        start.release()
      }
    }
    body(count - 1)
    for thread in helpers { pthread_join(thread, nil) }
  }

  private final class Start: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @Sendable @escaping () -> Void) { self.run = run }
  }

  private static let begin: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
    guard let argument else { return nil }
    Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().run()
    return nil
  }
}
