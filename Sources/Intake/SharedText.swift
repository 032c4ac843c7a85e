import Bytes

/// A text that many lives share (a provider, a rule, a service), by its number in `IntakeMemory.sharedTexts`; where
/// that is full, one of the life's own.
struct SharedText {
  /// The number; -1 for no text; for one of the life's own -2 and less, by its slice.
  private var place: Int32 = -1

  /// No text.
  init() {}

  /// `text`, for the life with `texts`.
  init(_ text: ByteView, _ store: inout NameStore, _ texts: inout TextBlock, hint: Int) {
    if let number = store.insert(text, hint: hint) {
      place = Int32(truncatingIfNeeded: number)
    } else {
      place = Int32(truncatingIfNeeded: -2 - texts.add(text).place)
    }
  }

  var isPresent: Bool { place != -1 }

  /// The text; nil if there is none.
  @inline(__always)
  func view(_ store: borrowing NameStore, _ texts: TextBlock) -> ByteView? {
    if place >= 0 { return store[Int(place)] }
    return place == -1 ? nil : texts.view(TextBlock.Slice(place: -2 - Int(place)))
  }
}

extension Intake {
  /// `text` as `life` keeps it. Names that live long, as a provider's and a rule's, are known by where they are.
  func shared(_ text: ByteView, by life: Int) -> SharedText {
    shared(text, by: life, hint: Int(bitPattern: text.start) >> 3)
  }

  /// The same of a syslog name or a service: all lines of a log have the same few, each its own copy.
  func shared(tag text: ByteView, by life: Int) -> SharedText { shared(text, by: life, hint: text.count) }

  @inline(__always)
  private func shared(_ text: ByteView, by life: Int, hint: Int) -> SharedText {
    SharedText(text, &memory.pointee.sharedTexts, &lives[life].texts, hint: hint)
  }

  /// What `shared(_:by:)` gave for `life`.
  func view(_ text: SharedText, of life: Int) -> ByteView? {
    text.view(memory.pointee.sharedTexts, lives[life].texts)
  }
}
