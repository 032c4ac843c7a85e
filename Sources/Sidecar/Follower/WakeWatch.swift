import Synchronization

/// A watch whose removal wakes the follower's thread: the thread names one, whoever wants it to end removes it.
final class WakeWatch: Sendable {
  private let watch = Atomic<Inotify.Watch>(-1)

  /// nil where nothing is watched; the thread then looks up by itself now and then.
  func store(_ watch: Inotify.Watch?) { self.watch.store(watch ?? -1, ordering: .releasing) }

  func wake(_ inotify: Inotify) {
    let watch = watch.load(ordering: .acquiring)
    if watch >= 0 { inotify.remove(watch) }
  }
}
