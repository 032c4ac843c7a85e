import Bytes
import Classification
import Glibc
import Journal
import Privacy
import Reporting
import SMTPTypes

/// Journal lines as text, read as a reader of a journal reads them.
enum Fixture {
  /// A key that nobody else has.
  static func key() throws -> PseudonymKey {
    var template = Array("/tmp/softbounce-reporting-XXXXXX".utf8CString)
    let directory = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/nonexistent"
    }
    defer {
      unlink(directory + "/key")
      rmdir(directory)
    }
    return try PseudonymKey.obtain(path: directory + "/key").key
  }

  /// Feeds `lines` (JSON Lines; empty lines are passed over) to an aggregation.
  static func aggregate(_ lines: String, _ options: Aggregation.Options = Aggregation.Options()) throws -> Aggregation {
    let aggregation = Aggregation(options: options)
    try feed(lines, to: aggregation)
    return aggregation
  }

  static func feed(_ lines: String, to sink: any EventSink) throws {
    var decoder = EventDecoder()
    for line in lines.split(separator: "\n") {
      try String(line).withByteView { view in
        switch try decoder.decode(view) {
        case .event(let event): sink.receive(event)
        case .tally(let line): sink.receive(line.tally, host: String(line.host))
        case .checkpoint: break
        case .unknown: break
        }
      }
    }
  }

  static func report(
    _ lines: String, where conditions: [String] = [], since: String? = nil, until: String? = nil,
    _ options: ReportOptions = ReportOptions()
  ) throws -> Report {
    let filter = EventFilter(
      since: since.flatMap { $0.withByteView { Timestamp(rfc3339: $0) } },
      until: until.flatMap { $0.withByteView { Timestamp(rfc3339: $0) } },
      conditions: try conditions.map { text throws(FilterError) in try Condition(parsing: text) })
    return try aggregate(lines, Aggregation.Options(filter: filter)).report(options)
  }

  /// A day at a small site. One recipient of Google's recovers after two tries, one stays open, one at Yahoo expires,
  /// one is held back and recovers; a mailbox of our own is full; a client is turned away.
  static let day = """
    {"time":"2026-11-22T09:00:05Z","type":"transient-failure","source":"log","host":"mx1","service":"smtp","direction":"outbound","hop":"external","cause":"rate-limited","scope":"sender","origin":"remote","provider":"google","domain":"gmail.com","stage":"end-of-data","attempt":1,"queue_id":"A1","arrival":"2026-11-22T09:00:00Z","user":"news","sender":"bounce@news.example.org","recipient":"bob@gmail.com","relay":{"host":"gmail-smtp-in.l.google.com","address":"192.0.2.1","port":25},"client":{"host":"web1.example.org","address":"198.51.100.7"},"reply":{"code":421,"enhanced":"4.7.28","text":"421 4.7.28 Our system has detected an unusual rate of mail from 198.51.100.25"},"tags":{"campaign":"autumn"}}
    {"time":"2026-11-22T09:00:06Z","type":"transient-failure","source":"log","host":"mx1","service":"smtp","direction":"outbound","hop":"external","cause":"rate-limited","scope":"sender","origin":"remote","provider":"google","domain":"gmail.com","stage":"end-of-data","attempt":1,"queue_id":"A2","arrival":"2026-11-22T09:00:01Z","user":"news","sender":"bounce@news.example.org","recipient":"eve@gmail.com","relay":{"host":"gmail-smtp-in.l.google.com","address":"192.0.2.1","port":25},"reply":{"code":421,"enhanced":"4.7.28","text":"421 4.7.28 Our system has detected an unusual rate of mail from 198.51.100.26"},"tags":{"campaign":"autumn"}}
    {"time":"2026-11-22T09:00:00Z","type":"tally","host":"mx1","total":{"attempts":40,"deliveries":38,"first_attempts":40,"first_deferred":2},"by":{"provider":{"google":{"attempts":20,"deliveries":18,"first_attempts":20,"first_deferred":2},"yahoo":{"attempts":20,"deliveries":20,"first_attempts":20}},"domain":{"gmail.com":{"attempts":20,"deliveries":18,"first_attempts":20,"first_deferred":2}},"sender-domain":{"News.example.org":{"attempts":40,"deliveries":38,"first_attempts":40,"first_deferred":2}},"service":{"smtp":{"attempts":40,"deliveries":38,"first_attempts":40,"first_deferred":2}},"tag":{"campaign=autumn":{"attempts":30,"deliveries":28,"first_attempts":30,"first_deferred":2}}},"lines":200,"unknown_lines":1}
    {"time":"2026-11-22T10:10:00Z","type":"transient-failure","source":"log","host":"mx1","service":"smtp","direction":"outbound","hop":"external","cause":"rate-limited","scope":"sender","origin":"remote","provider":"google","domain":"gmail.com","attempt":2,"queue_id":"A1","arrival":"2026-11-22T09:00:00Z","sender":"bounce@news.example.org","recipient":"bob@gmail.com","reply":{"code":421,"enhanced":"4.7.28","text":"421 4.7.28 Our system has detected an unusual rate of mail from 198.51.100.25"}}
    {"time":"2026-11-22T10:10:09Z","type":"transient-failure","source":"log","host":"mx1","service":"smtp","direction":"outbound","hop":"external","cause":"reputation","scope":"sender","origin":"remote","provider":"yahoo","domain":"yahoo.com","attempt":1,"queue_id":"B1","arrival":"2026-11-22T10:10:00Z","sender":"ann@example.org","recipient":"dan@yahoo.com","reply":{"code":421,"enhanced":"4.7.0","text":"421 4.7.0 [TSS04] Messages from 198.51.100.25 temporarily deferred"}}
    {"time":"2026-11-22T10:10:10Z","type":"transient-failure","source":"log","host":"mx1","service":"error","direction":"outbound","hop":"external","cause":"connect-failure","scope":"domain","origin":"suspended","provider":"yahoo","domain":"yahoo.com","queue_id":"B2","arrival":"2026-11-22T10:10:02Z","sender":"ann@example.org","recipient":"pam@yahoo.com"}
    {"time":"2026-11-22T10:10:00Z","type":"tally","host":"mx1","total":{"attempts":10,"deliveries":8,"first_attempts":9,"first_deferred":1},"by":{"provider":{"google":{"attempts":4,"deliveries":3,"first_attempts":3},"yahoo":{"attempts":6,"deliveries":5,"first_attempts":6,"first_deferred":1}}},"suspended":3,"internal_hops":{"attempts":5,"deliveries":5},"rejections":{"reverse-dns/rcpt":7}}
    {"time":"2026-11-22T10:30:00Z","type":"transient-failure","source":"log","host":"mx1","service":"lmtp","direction":"outbound","hop":"internal","cause":"mailbox-full","scope":"recipient","origin":"remote","domain":"example.org","attempt":1,"queue_id":"C1","arrival":"2026-11-22T10:29:58Z","recipient":"full@example.org","reply":{"code":452,"enhanced":"4.2.2","text":"452 4.2.2 <full@example.org> Quota exceeded"}}
    {"time":"2026-11-22T10:31:00Z","type":"rejection","source":"log","host":"mx1","service":"smtpd","direction":"inbound","cause":"greylisted","scope":"path","origin":"own-reply","stage":"rcpt","sender":"a@spam.example","recipient":"info@example.org","client":{"host":"unknown","address":"203.0.113.9"},"reply":{"code":450,"enhanced":"4.2.0","text":"450 4.2.0 <info@example.org>: Recipient address rejected: Greylisted"}}
    {"time":"2026-11-22T12:10:05Z","type":"delivery","source":"log","host":"mx1","service":"smtp","direction":"outbound","hop":"external","provider":"google","domain":"gmail.com","attempt":3,"queue_id":"A1","arrival":"2026-11-22T09:00:00Z","sender":"bounce@news.example.org","recipient":"bob@gmail.com","deferred_for":11400}
    {"time":"2026-11-22T12:11:10Z","type":"delivery","source":"log","host":"mx1","service":"smtp","direction":"outbound","hop":"external","provider":"yahoo","domain":"yahoo.com","attempt":1,"queue_id":"B2","arrival":"2026-11-22T10:10:02Z","sender":"ann@example.org","recipient":"pam@yahoo.com","deferred_for":7260}
    {"time":"2026-11-22T13:00:00Z","type":"gap","source":"log","host":"mx1","count":12,"note":"journald suppressed messages"}
    {"time":"2026-11-22T13:30:00Z","type":"alert","host":"mx1","provider":"google","note":"google: 20.0% of 50 attempts deferred in 15 min"}
    {"time":"2026-11-22T14:00:00Z","type":"expiration","source":"log","host":"mx1","direction":"outbound","hop":"external","cause":"reputation","scope":"sender","provider":"yahoo","domain":"yahoo.com","queue_id":"B1","arrival":"2026-11-22T10:10:00Z","sender":"ann@example.org","recipient":"dan@yahoo.com","deferred_for":13791}

    """
}

extension Fixture {
  static func eventLine(_ line: String, _ renderer: EventLineRenderer) throws -> String? {
    var decoder = EventDecoder()
    return try line.withByteView { view in
      guard case .event(let event) = try decoder.decode(view) else { return nil }
      return renderer.line(event)
    }
  }
}
