import Bytes

/// Whose line it is, told by the tag.
enum Program {
  case postfix(PostfixDaemon)
  /// `something/name`, which may be a daemon of a later Postfix.
  case unknownDaemon
  case sendmail
  case other

  /// - Parameter lastSlash: the offset of the tag's last slash, -1 without one.
  init(tag: ByteView, lastSlash: Int) {
    if lastSlash > 0 {
      self = PostfixDaemon(tag.from(lastSlash + 1)).map { .postfix($0) } ?? .unknownDaemon
    } else {
      self = SendmailLine.isSendmail(tag) ? .sendmail : .other
    }
  }
}
