import Bytes
import Journal

/// A message's identity with its texts ready to be borrowed by events.
final class KnownIdentity {
  let identity: MessageIdentity
  private let texts: ByteStore

  init(_ identity: MessageIdentity) {
    self.identity = identity
    var strings = [
      identity.messageID ?? "", identity.user ?? "", identity.clientHost ?? "", identity.clientAddress ?? "",
    ]
    for tag in identity.tags {
      strings.append(tag.name)
      strings.append(tag.value)
      strings.append("\(tag.name)=\(tag.value)")
    }
    texts = ByteStore(strings)
  }

  private func text(_ index: Int) -> ByteView? {
    let text = texts[index]
    return text.isEmpty ? nil : text
  }

  var messageID: ByteView? { text(0) }
  var user: ByteView? { text(1) }
  var clientHost: ByteView? { text(2) }
  var clientAddress: ByteView? { text(3) }

  var tagCount: Int { identity.tags.count }
  /// The tag at `index`, 0 to `tagCount - 1`.
  func tag(_ index: Int) -> Event.Tag {
    Event.Tag(name: texts[4 + index * 3], value: texts[5 + index * 3])
  }
  /// `name=value` of the tag at `index`: its key in a tally.
  func tagKey(_ index: Int) -> ByteView { texts[6 + index * 3] }
}
