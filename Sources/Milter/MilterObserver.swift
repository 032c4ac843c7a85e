/// Who is told what a milter server saw.
///
/// Called on libmilter's threads, several at a time, before the MTA gets its answer: what these methods take, the
/// SMTP client waits. None of them can change what happens to the message. No call begins or goes on after
/// `MilterServer.run()` has returned.
public protocol MilterObserver: Sendable {
  /// A message's identity, once it is complete: at DATA, or at the end of the header if header fields are wanted.
  /// The message may still be refused or broken off after this.
  func message(_ message: ObservedMessage)

  /// A recipient that our own server refused (Postfix only; see `RejectedRecipient`).
  func rejectedRecipient(_ rejection: RejectedRecipient)

  /// A delivery report from the null sender, whole or cut at the limit. The MTA's answer waits until this returns, so
  /// that the caller can make the report durable first; the caller bounds that wait.
  func deliveryStatus(_ report: ObservedReport)
}
