import Bytes
import SMTPTypes
import Testing

@testable import Journal
@testable import Reporting

@Suite struct EventRowTests {
  /// Each key of an event's line has its column, or several for its parts; nobody forgets a new one.
  @Test func everyKeyHasAColumn() throws {
    let line = """
      {"time":"2026-11-22T09:00:05Z","type":"transient-failure","source":"log","host":"mx1","instance":"postfix","service":"smtp","direction":"outbound","hop":"external","cause":"rate-limited","scope":"sender","origin":"remote","provider":"google","domain":"gmail.com","status":"4.7.28","stage":"rcpt","attempt":3,"queue_id":"A1","first_queue_id":"A0","previous_queue_id":"A2","arrival":"2026-11-22T09:00:00Z","message_id":"m@x.org","user":"news","sender":"b@x.org","recipient":"bob@gmail.com","orig_recipient":"rob@x.org","relay":{"host":"mx.gmail.com","address":"192.0.2.1","port":25},"client":{"host":"web1","address":"198.51.100.7"},"delay":5.5,"delays":{"before_queue_manager":0.1,"in_queue_manager":0.2,"connection_setup":0.3,"transmission":0.4},"xdelay":12,"retry_after":60,"rule":"r1","ruleset":"v1","reply":{"code":421,"enhanced":"4.7.28","text":"later"},"tags":{"campaign":"autumn"},"deferred_for":10,"count":2,"state":"s","key":"k","note":"n","matched":true,"offset":77}
      """
    let columns = EventRow.header.dropLast().split(separator: ",").map(String.init)
    #expect(Set(columns).count == columns.count)
    for key in EventKey.allCases where key != .more {
      let name = key.description
      #expect(line.contains("\"\(name)\":"), "\(name)")
      #expect(columns.contains { $0 == name || $0.hasPrefix(name + "_") }, "\(name)")
    }
    var decoder = EventDecoder()
    var cells: [String] = []
    try line.withByteView { view in
      guard case .event(let event) = try decoder.decode(view) else { return }
      var row = EventRow()
      row.withRow(of: event) { bytes in
        cells = String(bytes).dropLast().split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
    }
    #expect(cells.count == columns.count)
    #expect(zip(columns, cells).filter { $0.1.isEmpty }.map(\.0) == [])
    let row = Dictionary(uniqueKeysWithValues: zip(columns, cells))
    #expect(row["first_queue_id"] == "A0" && row["offset"] == "77" && row["delays_transmission"] == "0.4")
  }
}
