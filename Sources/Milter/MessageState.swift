import Bytes

/// What is known of one message between MAIL and its end.
struct MessageState {
  var sender = ""
  var isInternal = false
  var user: String?
  var recipients: [String] = []
  var recipientCount = 0
  /// Values of the wanted header fields by slot; empty until the first one comes.
  var values: [String?] = []
  /// Present while the message may be a report.
  var report: ReportCapture?
  /// True once the observer was told of it.
  var isTold = false
}
