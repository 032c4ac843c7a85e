public import Bytes
public import SMTPTypes

/// How far a source has been read, committed with the events that it gave.
public struct Checkpoint: Equatable, Sendable {
  /// When it was taken.
  public var time: Timestamp
  public var source: Source
  public var host: String
  /// The file's path when it was opened; empty for a source that is no file.
  public var path: String
  /// What the file is known by after it was renamed: hex of a hash of its first bytes, and how many they are.
  public var file: String
  public var inode: UInt64
  public var device: UInt64
  /// Bytes of the file, decompressed, that were read whole lines of; every one of their events is in the journal.
  public var offset: Int
  /// The greatest `offset` of an event of this file that is in the journal; set where the journal repeats a
  /// checkpoint at a segment's start, else nil.
  public var written: Int?
  /// True for a log that was imported, not followed: it says what lines of the file are in the journal, and nothing of
  /// where the sidecar stands.
  public var isImported: Bool
  /// For a source that is no file: its own name of the place that was reached.
  public var cursor: String?

  public init(
    time: Timestamp, source: Source, host: String, path: String, file: String, inode: UInt64, device: UInt64,
    offset: Int, written: Int? = nil, cursor: String? = nil, isImported: Bool = false
  ) {
    self.time = time
    self.source = source
    self.host = host
    self.path = path
    self.file = file
    self.inode = inode
    self.device = device
    self.offset = offset
    self.written = written
    self.cursor = cursor
    self.isImported = isImported
  }
}

extension EventEncoder {
  /// Appends `checkpoint` as one line.
  public static func append(_ checkpoint: Checkpoint, more: Bool = false, to buffer: inout ByteBuffer) {
    buffer.append("{\"time\":\"")
    checkpoint.time.appendRFC3339(to: &buffer)
    buffer.append("\",\"type\":\"checkpoint\"")
    name(",\"source\":\"", checkpoint.source, &buffer)
    for (key, value) in [
      (",\"host\":" as StaticString, checkpoint.host), (",\"path\":", checkpoint.path), (",\"file\":", checkpoint.file),
    ] {
      buffer.append(key)
      value.withByteView { buffer.append(json: $0, limit: textLimit) }
    }
    buffer.append(",\"inode\":")
    buffer.append(String(checkpoint.inode))
    buffer.append(",\"device\":")
    buffer.append(String(checkpoint.device))
    number(",\"offset\":", checkpoint.offset, &buffer)
    number(",\"written\":", checkpoint.written, &buffer)
    if let cursor = checkpoint.cursor {
      buffer.append(",\"cursor\":")
      cursor.withByteView { buffer.append(json: $0, limit: textLimit) }
    }
    if checkpoint.isImported { buffer.append(",\"imported\":true") }
    finish(more: more, &buffer)
  }
}
