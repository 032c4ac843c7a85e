import Bytes
import SMTPTypes
import Testing

@testable import Classification

/// Verdicts hold whatever does not matter in a reply: whose address it names, how it is spaced and cased, how many
/// lines it came in.
struct StableVerdictTests {
  private static let replies = (LabelledReplies.all + OwnWordings.all).filter { $0.context != "tr" && $0.context != "lo" }

  /// What can be different about a reply without its meaning anything else.
  enum Change: String, CaseIterable {
    case capitals, smallLetters, otherAddresses, otherHosts, wideSpaces, lineBreaks, trailingID, severalLines

    func callAsFunction(_ text: String) -> String {
      switch self {
      case .capitals: String(decoding: text.utf8.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }, as: UTF8.self)
      case .smallLetters: String(decoding: text.utf8.map(\.lowercasedASCII), as: UTF8.self)
      case .otherAddresses: text.replacing(/[\w.+\-]+@[\w.\-]+/, with: "quota.full@spam.example.net")
      case .otherHosts: text.replacing(/\b\d{1,3}(?:\.\d{1,3}){3}\b/, with: "203.0.113.77")
      case .wideSpaces: text.replacing(" ", with: "  ")
      case .lineBreaks: withLineBreaks(text)
      case .trailingID: text + " x7si99abc.12"
      case .severalLines: inTwoLines(text)
      }
    }

    /// Folded as a header field is, behind the codes.
    private func withLineBreaks(_ text: String) -> String {
      let start = text.prefixMatch(of: /\d{3} (?:\d\.\d{1,3}\.\d{1,3} )?/)?.range.upperBound ?? text.startIndex
      return String(text[..<start]) + text[start...].replacing(" ", with: "\r\n\t")
    }

    /// `450 4.2.1 one two` as the two lines `450-4.2.1 one` and `450 4.2.1 two`, joined by a space as a log joins them.
    private func inTwoLines(_ text: String) -> String {
      guard let start = text.prefixMatch(of: /(\d{3}) (\d\.\d{1,3}\.\d{1,3} )?/) else { return text }
      let words = text[start.range.upperBound...].split(separator: " ")
      guard words.count > 5 else { return text }
      let enhanced = start.output.2 ?? ""
      let (first, second) = (words.prefix(words.count / 2), words.dropFirst(words.count / 2))
      return "\(start.output.1)-\(enhanced)\(first.joined(separator: " ")) \(start.output.1) \(enhanced)"
        + second.joined(separator: " ")
    }
  }

  @Test(arguments: Change.allCases)
  func changesThatDoNotMatter(_ change: Change) {
    var changed = 0
    for reply in Self.replies {
      var other = reply
      other.text = change(reply.text)
      if other.text == reply.text { continue }
      changed += 1
      let (before, after) = (reply.judged(by: .builtIn()), other.judged(by: .builtIn()))
      #expect(
        before.verdict.cause == after.verdict.cause && before.verdict.scope == after.verdict.scope,
        "\(before.rule) becomes \(after.rule): \(other.text)")
    }
    #expect(changed > 30)
  }
}

/// Never is the recipient blamed for what is ours to mend.
struct BlameTests {
  /// Every text that we have of a cause of ours, without its provider, as it stands and without its codes.
  @Test func recipientsAreNotBlamedInOtherWords() throws {
    let classifier = Classifier.builtIn()
    let codes = try Regex(#"^[245]\d\d[ -](?:[245]\.\d{1,3}\.\d{1,3} )?"#)
    let labelled = (LabelledReplies.all + OwnWordings.all).filter { $0.scope == .sender }.map(\.text)
    // "Recipient quota exceeded" without its 4.7.1 may as well be a full mailbox.
    let withoutCodes = labelled.map { $0.replacing(codes, with: "") }.filter { $0 != "Recipient quota exceeded" }
    var texts = labelled + withoutCodes
    for rule in classifier.rules where rule.scope == .sender && rule.directions != [.inbound] { texts += rule.matches }
    #expect(texts.count > 600)
    let judge = Judge(classifier: classifier)
    for text in texts {
      let verdict = text.withByteView { bytes in
        judge.judge(Failure(direction: .outbound, origin: .remote, reply: Reply(parsing: bytes)))
      }
      #expect(verdict.scope != .recipient, "\(classifier.rules[verdict.rule].id): \(text)")
    }
  }
}
