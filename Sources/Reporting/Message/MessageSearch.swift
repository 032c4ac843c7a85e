// Finds the events of one message by a queue id or a Message-ID.
//
// An event names its message in up to three ways: queue id, the queue id that it had at first, Message-ID. What the
// first match tells under the other names is learnt, and what came before it is found by reading a second time
// (`collect`), unless there is no other name. Memory is bounded by `limit` events of messages that match.

import Bytes
public import Journal
import SMTPTypes

/// A search in one or several sources; not for use by several threads at once, but for what `readers` gives.
public final class MessageSearch: SharedSink {
  /// Events that are kept.
  public static let limit = 50_000

  let names: MessageNames
  private let readsOnce: Bool
  fileprivate private(set) var isSecondTime = false
  private var scratch = ByteBuffer()
  private var builder = StoryBuilder()
  private var count = 0
  /// Events beyond `limit`.
  public private(set) var omitted = 0

  /// - Parameters:
  ///   - id: a queue id or a Message-ID, with or without angle brackets.
  ///   - readsOnce: the sources can't be read a second time.
  public init(_ id: String, readsOnce: Bool) {
    names = MessageNames(id.withByteView { String(MailAddress.unbracketed($0.trimmed)) })
    self.readsOnce = readsOnce
  }

  /// What is looked for, without brackets.
  public var text: String { String(names.id[0]) }

  /// True if nothing is left to be found: the sources need not be read again.
  public var isComplete: Bool { readsOnce || isSecondTime || names.areOne }

  /// The sources are read again from here on, for the events that go by the other names.
  public func collect() {
    isSecondTime = true
    builder = StoryBuilder()
    count = 0
    omitted = 0
  }

  public func receive(_ tally: borrowing Tally, host: String) {}

  public func receive(_ checkpoint: Checkpoint) { builder.note(checkpoint) }

  /// One source was read to its end.
  public func endSource() { builder.endSource() }

  public func receive(_ event: borrowing Event) {
    guard let found = found(event, &scratch) else { return }
    take(found)
  }

  // MARK: - Searching

  /// An event that goes by the name that was asked for, with its names, or by one that was learnt.
  struct Found {
    var event: MessageEvent
    var told: MessageNames.Told?
  }

  /// nil if the event is not about the message, as far as is known. The first time only the name that was asked for
  /// counts, if there is to be a second.
  fileprivate func found(_ event: borrowing Event, _ scratch: inout ByteBuffer) -> Found? {
    switch event.type {
    case .tally, .alert, .gap, .checkpoint, .erasure: return nil
    default: break
    }
    let isNamed = names.isNamed(event)
    guard isNamed || ((readsOnce || isSecondTime) && names.isKnown(event, &scratch)) else { return nil }
    return Found(event: MessageEvent(event), told: isNamed ? MessageNames.Told(event, &scratch) : nil)
  }

  fileprivate func take(_ found: Found) {
    // The second time all names are known.
    if let told = found.told, !isSecondTime { names.learn(told) }
    guard count < MessageSearch.limit else {
      omitted += 1
      return
    }
    count += 1
    builder.add(found.event)
  }

  /// The messages that have the id, by arrival.
  public func stories() -> [MessageStory] {
    builder.stories().filter { $0.queueIDs.contains(text) || $0.messageID == text }
  }

  // MARK: - Reading together

  public var depth: EventDecoder.Depth { .all }

  /// nil where names have to be learnt on the way.
  public func readers(_ count: Int) -> [any JournalConsumer]? {
    guard !readsOnce else { return nil }
    let texts = isSecondTime ? names.all(atMost: LineSearch.limit - 1) : [Array(names.id[0].buffer)]
    let lines = texts.flatMap { LineSearch($0) }
    // The next checkpoint behind what was found says where it belongs.
    let linesAndCheckpoints = texts.flatMap { LineSearch($0 + [Array("checkpoint".utf8)]) }
    return (0..<count).map { _ in MessageReader(self, lines, linesAndCheckpoints) }
  }

  public func merge(_ readers: [any JournalConsumer]) {}
}

/// One of several who search together.
private final class MessageReader: JournalConsumer {
  private enum Item {
    case found(MessageSearch.Found)
    case checkpoint(Checkpoint)
  }

  private let search: MessageSearch
  private let lines: LineSearch?
  private let linesAndCheckpoints: LineSearch?
  private var scratch = ByteBuffer()
  private var items: [Item] = []
  /// What was found before this, here or by others, may want to know where it belongs.
  private var wantsCheckpoint = true

  init(_ search: MessageSearch, _ lines: LineSearch?, _ linesAndCheckpoints: LineSearch?) {
    self.search = search
    self.lines = lines
    self.linesAndCheckpoints = linesAndCheckpoints
  }

  func receive(_ event: borrowing Event, head: Int) {
    guard let found = search.found(event, &scratch) else { return }
    if found.event.isUnplaced { wantsCheckpoint = true }
    items.append(.found(found))
  }

  func receive(_ tally: borrowing TallyLine) {}

  var cuts: Tally.Cuts { Tally.Cuts([]) }

  func receive(_ checkpoint: Checkpoint) {
    guard wantsCheckpoint else { return }
    wantsCheckpoint = false
    items.append(.checkpoint(checkpoint))
  }

  var picksLines: Bool { lines != nil }

  /// What is damaged is told the first time.
  var checksLines: Bool { !search.isSecondTime }

  func next(in block: ByteView) -> Int? {
    guard let lines = wantsCheckpoint ? linesAndCheckpoints : lines else { return 0 }
    return lines.next(in: block)
  }

  func settle() {
    for item in items {
      switch item {
      case .found(let found): search.take(found)
      case .checkpoint(let checkpoint): search.receive(checkpoint)
      }
    }
    items.removeAll(keepingCapacity: true)
    wantsCheckpoint = true
  }

  var held: Int { items.count * 512 }
}
