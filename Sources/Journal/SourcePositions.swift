import SMTPTypes

/// How far each source is in the journal: its last checkpoint, and the events journaled after it.
public struct SourcePositions: Equatable, Sendable {
  public struct Position: Equatable, Sendable {
    public var checkpoint: Checkpoint
    /// The greatest `offset` of an event of the checkpoint's source that follows it; nil if none does. Lines up to it
    /// have their events in the journal and must not give them again.
    public var greatestOffset: Int?
  }

  /// One for each (source, host, path), in the order of first appearance.
  public private(set) var all: [Position] = []
  /// How far logs were imported, the oldest first: what the sidecar passes over when it meets them.
  public private(set) var imports: [Checkpoint] = []
  /// Logs that are told; a sidecar meets those that were imported last.
  static let importLimit = 64
  /// By source: the position that its last checkpoint set, and what came before its first.
  private var current: [Int?] = Array(repeating: nil, count: Source.allCases.count)
  private var loose: [Int?] = Array(repeating: nil, count: Source.allCases.count)

  public init() {}

  mutating func note(_ checkpoint: Checkpoint) {
    if checkpoint.isImported { return noteImport(checkpoint) }
    var position = Position(checkpoint: checkpoint, greatestOffset: checkpoint.written)
    position.checkpoint.written = nil
    place(position)
  }

  private mutating func noteImport(_ checkpoint: Checkpoint) {
    imports.removeAll { $0.file == checkpoint.file && $0.host == checkpoint.host && $0.offset <= checkpoint.offset }
    if imports.contains(where: { $0.file == checkpoint.file && $0.host == checkpoint.host }) { return }
    imports.append(checkpoint)
    if imports.count > SourcePositions.importLimit { imports.removeFirst() }
  }

  @inline(__always)
  mutating func note(source: Source, offset: Int) {
    if let index = current[Int(source.rawValue)] {
      all[index].greatestOffset = max(all[index].greatestOffset ?? offset, offset)
    } else {
      loose[Int(source.rawValue)] = max(loose[Int(source.rawValue)] ?? offset, offset)
    }
  }

  /// Adds what came after this.
  mutating func merge(_ later: SourcePositions) {
    for source in Source.allCases {
      if let offset = later.loose[Int(source.rawValue)] { note(source: source, offset: offset) }
    }
    for position in later.all { place(position) }
    for checkpoint in later.imports { noteImport(checkpoint) }
    for source in Source.allCases {
      guard let index = later.current[Int(source.rawValue)] else { continue }
      current[Int(source.rawValue)] = self.index(of: later.all[index].checkpoint)
    }
  }

  private mutating func place(_ position: Position) {
    if let index = index(of: position.checkpoint) {
      all[index] = position
      current[Int(position.checkpoint.source.rawValue)] = index
    } else {
      all.append(position)
      current[Int(position.checkpoint.source.rawValue)] = all.count - 1
    }
  }

  private func index(of checkpoint: Checkpoint) -> Int? {
    all.firstIndex {
      $0.checkpoint.source == checkpoint.source && $0.checkpoint.path == checkpoint.path
        && $0.checkpoint.host == checkpoint.host
    }
  }
}
