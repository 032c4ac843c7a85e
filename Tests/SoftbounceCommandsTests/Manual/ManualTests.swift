import ArgumentParser
import FoundationEssentials
import Testing
import Yams

@testable import Journal
@testable import SoftbounceCommands

/// The manual pages in deploy/man agree with the commands and the sample configuration.
struct ManualTests {
  private static let deploy = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../deploy").standardizedFileURL

  /// After a change to a command's help: `SOFTBOUNCE_WRITE_MANUAL=1 swift test --filter ManualTests` writes the pages.
  @Test func commandsAreAsTheirHelpSays() throws {
    let dump = try JSONDecoder().decode(CommandDump.Root.self, from: Data(SoftbounceCommand._dumpHelp().utf8))
    let pages = ManualPage.pages(of: dump.command)
    #expect(pages.count > 12)
    let directory = Self.deploy.appending(path: "man")
    if ProcessInfo.processInfo.environment["SOFTBOUNCE_WRITE_MANUAL"] != nil {
      for (name, text) in pages { try Data(text.utf8).write(to: directory.appending(path: name)) }
    }
    for (name, text) in pages.sorted(by: { $0.key < $1.key }) {
      let written = try? String(contentsOf: directory.appending(path: name), encoding: .utf8)
      #expect(written == text, "\(name) is not what the command's help says; see this test's comment")
    }
    let there = try FileManager.default.contentsOfDirectory(atPath: directory.path).filter { $0.hasSuffix(".1") }
    #expect(Set(there) == Set(pages.keys))
  }

  /// Every key of the sample configuration has an entry in softbounce.yaml(5), and no other has one.
  @Test func configurationKeys() throws {
    let sample = try String(contentsOf: Self.deploy.appending(path: "softbounce.yaml"), encoding: .utf8)
    let page = try String(contentsOf: Self.deploy.appending(path: "man/softbounce.yaml.5"), encoding: .utf8)
    var keys: Set<String> = []
    // Keys that the sample shows in a comment, since their default is not to be there.
    for line in sample.split(separator: "\n") {
      if let key = line.wholeMatch(of: /\s+# (socket_group): .*/)?.output.1 { keys.insert("milter.\(key)") }
    }
    func collect(_ node: Node, _ prefix: String) {
      guard let mapping = node.mapping else {
        for item in node.sequence ?? [] where item.mapping != nil { collect(item, prefix) }
        return
      }
      for (key, value) in mapping {
        let name = prefix + (key.string ?? "")
        let isGroup = value.mapping.map { !$0.isEmpty } ?? value.sequence?.contains { $0.mapping != nil } ?? false
        if isGroup { collect(value, name + ".") } else { keys.insert(name) }
      }
    }
    collect(try #require(try Yams.compose(yaml: sample)), "")
    let entries = page.split(separator: "\n").filter { $0.hasPrefix(".It Va ") }
      .map { String($0.dropFirst(7).prefix { $0 != " " }) }
    #expect(keys.count > 35)
    #expect(Set(entries) == keys)
    #expect(Set(entries).count == entries.count)
  }

  /// softbounce-journal(5) names every type of event and every key of its line.
  @Test func journalWords() throws {
    let page = try String(contentsOf: Self.deploy.appending(path: "man/softbounce-journal.5"), encoding: .utf8)
    var entries: [String: Set<String>] = [:]
    for line in page.split(separator: "\n") where line.hasPrefix(".It ") {
      let words = line.split(separator: " ").map { String($0) }
      entries[words[1], default: []].formUnion(words.dropFirst(2).filter { $0 != "," })
    }
    #expect(entries["Cm"] == Set(EventType.allCases.map { "\($0.name)" }))
    #expect(entries["Va"] == Set(EventKey.allCases.map { "\($0.name)" }))
  }
}
