import Bytes

/// The tag under which Docker logs what a container says (`--log-opt tag=`): the first twelve digits of its id unless
/// told otherwise, else its name, often behind `docker/`.
enum ContainerTag {
  /// True for an id, and for names that only containers of mail servers bear. Not for those that a program may have: what
  /// a web form's `mailer` logs of a stranger's text could begin like a line of Postfix's.
  static func isContainer(_ tag: ByteView) -> Bool {
    if tag.count >= 12, tag.buffer.allSatisfy({ $0.isASCIIDigit || ($0 | 0x20) &- 0x61 < 6 }) { return true }
    return names.contains { holds(tag, $0) } || isNumbered(tag) && roles.contains { holds(tag, $0) }
  }

  private static func holds(_ tag: ByteView, _ name: StaticString) -> Bool {
    (0..<max(tag.count - name.utf8CodeUnitCount + 1, 0)).contains { tag.from($0).hasPrefixIgnoringCase(name) }
  }

  /// As Compose names them: `project-service-1`, `project_service_1`.
  private static func isNumbered(_ tag: ByteView) -> Bool {
    var at = tag.count
    while at > 0, tag[at - 1].isASCIIDigit { at -= 1 }
    return at < tag.count && at > 0 && (tag[at - 1] == 0x2D || tag[at - 1] == 0x5F)
  }

  private static let names: [StaticString] = ["docker", "container", "podman", "postfix", "mailserver", "mailcow"]
  /// What a numbered container of a mail server is called.
  private static let roles: [StaticString] = ["mail", "smtp", "mta", "relay"]
}
