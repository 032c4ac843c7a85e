// The reason of a delivery, taken apart: who spoke, what was said, at which point, of which host.

public import Bytes
import SMTPTypes

typealias Account = DeliveryRecord.Account

enum AccountReader {
  /// The account that `reason` gives. Each family reads its own shapes and leaves the others.
  static func account(_ reason: ByteView, _ daemon: PostfixDaemon) -> Account {
    switch daemon {
    case .client, .errorAgent, .queueManager:
      if reason.hasPrefix("delivery temporarily suspended: ") {
        var account = ofClient(reason.from(32), otherwise: .suspended)
        account.speaker = .suspended
        return account
      }
      return ofClient(reason, otherwise: daemon == .client ? .transport : .local)
    default:
      return LocalAccount.account(reason)
    }
  }

  /// What smtp(8) and lmtp(8) say.
  private static func ofClient(_ reason: ByteView, otherwise speaker: Account.Speaker) -> Account {
    ReplyAccount.account(reason) ?? ConnectionAccount.account(reason) ?? LookupAccount.account(reason)
      ?? SecurityAccount.account(reason) ?? OwnAccount.account(reason)
      ?? Account(speaker: speaker, reply: Reply(parsing: reason.trimmed))
  }
}

/// `host[address]` or `host[address]:port` at the start of a text.
struct NamedHost {
  var host: ByteView
  var address: ByteView
  var port: UInt16?
  /// The offset behind it.
  var end: Int

  @inline(__always)
  init?(_ text: ByteView, at start: Int = 0) {
    let base = text.start
    let count = text.count
    let open = WordScan.find(0x5B, or: 0x20, base, start, count)
    guard open < count, base[open] == 0x5B else { return nil }
    let close = WordScan.find(0x5D, base, open, count)
    guard close < count else { return nil }
    host = ByteView(base + start, count: open - start)
    address = ByteView(base + open + 1, count: close - open - 1)
    end = close + 1
    if end < count, base[end] == 0x3A {
      var digits = end + 1
      while digits < count, base[digits].isASCIIDigit { digits += 1 }
      if let value = text[(end + 1)..<digits].decimal, (1...65535).contains(value) {
        port = UInt16(value)
        end = digits
      }
    }
  }

  func account(_ speaker: Account.Speaker, _ reply: Reply, _ stage: Stage?) -> Account {
    Account(speaker: speaker, reply: reply, stage: stage, host: host, hostAddress: address, hostPort: port)
  }
}

extension DeliveryRecord.Account {
  /// Takes apart the reason that a Postfix client gives where it stands outside of a log, as in a delivery report's
  /// `Diagnostic-Code: X-Postfix; …`.
  public init(reason: ByteView) { self = AccountReader.account(reason, .client) }
}
