import Bytes

/// A text that many lives share (a provider, a rule, a service), by its number in `IntakeMemory.sharedTexts`; where
/// that is full, one of the life's own.
struct SharedText {
  private enum Place {
    case none
    case shared(Int32)
    case own(TextBlock.Slice)
  }

  private var place = Place.none

  /// No text.
  init() {}

  /// `text`, for the life with `texts`.
  init(_ text: ByteView, _ store: inout NameStore, _ texts: inout TextBlock) {
    if let number = store.insert(text) {
      place = .shared(Int32(truncatingIfNeeded: number))
    } else {
      place = .own(texts.add(text))
    }
  }

  var isPresent: Bool {
    if case .none = place { return false }
    return true
  }

  /// The text; nil if there is none.
  @inline(__always)
  func view(_ store: borrowing NameStore, _ texts: TextBlock) -> ByteView? {
    switch place {
    case .none: nil
    case .shared(let number): store[Int(number)]
    case .own(let slice): texts.view(slice)
    }
  }
}

extension Intake {
  /// `text` as `life` keeps it.
  func shared(_ text: ByteView, by life: Int) -> SharedText {
    SharedText(text, &memory.pointee.sharedTexts, &lives[life].texts)
  }

  /// What `shared(_:by:)` gave for `life`.
  func view(_ text: SharedText, of life: Int) -> ByteView? {
    text.view(memory.pointee.sharedTexts, lives[life].texts)
  }
}
