import Journal

/// What is known of an event before it is looked at: others were alike, and what was found for them holds for it. See
/// `JournalConsumer`.
struct Likeness {
  /// The number of its line's head; -1 tells nothing.
  var head = -1
  /// Its shape in the digest that it comes from; nil for one that comes from a line.
  var shape: EventShape?
}
