import Bytes
import Glibc
import Synchronization

/// Standard error: lines for people, and one line of progress below them that goes away before the next one comes. From
/// any thread.
final class ErrorStream: Sendable {
  private struct State {
    var hasProgress = false
    /// What was written, where nothing else takes it.
    var kept = ""
  }

  private let descriptor: Int32?
  private let isWatched: Bool
  private let state = Mutex(State())

  /// - Parameters:
  ///   - descriptor: where the lines go; nil keeps them.
  ///   - isWatched: a person sees them; without one there is no progress.
  init(_ descriptor: Int32?, isWatched: Bool) {
    self.descriptor = descriptor
    self.isWatched = isWatched
  }

  var kept: String { state.withLock { $0.kept } }

  func write(_ text: String) {
    state.withLock { state in
      show(nil, &state)
      send(text, &state)
    }
  }

  /// Shows how far long work is; nil takes the line away.
  func show(progress text: String?) {
    state.withLock { show(text, &$0) }
  }

  private func show(_ text: String?, _ state: inout State) {
    guard isWatched, text != nil || state.hasProgress else { return }
    state.hasProgress = text != nil
    // Erase to the end of the line (ECMA-48, EL).
    send("\r\u{1B}[K" + (text ?? ""), &state)
  }

  private func send(_ text: String, _ state: inout State) {
    guard let descriptor else { return state.kept += text }
    text.withByteView { view in _ = Glibc.write(descriptor, view.start, view.count) }
  }
}
