public import Bytes
public import SMTPTypes

/// What stands before the message of a mail log line: `Nov 23 17:59:48 mx1 postfix/submission/smtpd[123]: …`.
public struct LogHeader {
  public var time: Timestamp
  /// As logged; short or full.
  public var host: ByteView
  /// The first part of the program's name: Postfix's `syslog_name`, Sendmail's label.
  public var instance: ByteView
  /// What `syslog_name` has after a slash (`submission`), else the daemon.
  public var service: ByteView
  /// The Postfix daemon (`smtp`, `smtpd`, `qmgr` …) or `sendmail`.
  public var daemon: ByteView
  /// The digits of the process id; empty without one.
  public var process: ByteView

  public init(
    time: Timestamp, host: ByteView, instance: ByteView, service: ByteView, daemon: ByteView,
    process: ByteView = .empty
  ) {
    self.time = time
    self.host = host
    self.instance = instance
    self.service = service
    self.daemon = daemon
    self.process = process
  }

  public var processID: Int? { process.decimal }
}
