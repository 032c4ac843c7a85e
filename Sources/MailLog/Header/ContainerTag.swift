import Bytes

/// The tag under which Docker logs what a container says (`--log-opt tag=`): the first twelve digits of its id unless
/// told otherwise, else its name, often behind `docker/`.
enum ContainerTag {
  /// True for an id, and for names that mail servers' containers bear. Not for any name: what a program logs of others'
  /// texts could begin like a line of Postfix's.
  static func isContainer(_ tag: ByteView) -> Bool {
    if tag.count >= 12, tag.buffer.allSatisfy({ $0.isASCIIDigit || ($0 | 0x20) &- 0x61 < 6 }) { return true }
    return names.contains { name in
      (0..<max(tag.count - name.utf8CodeUnitCount + 1, 0)).contains { tag.from($0).hasPrefixIgnoringCase(name) }
    }
  }

  private static let names: [StaticString] = [
    "docker", "container", "podman", "mail", "postfix", "smtp", "mta", "relay",
  ]
}
