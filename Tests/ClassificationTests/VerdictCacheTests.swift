import Bytes
import SMTPTypes
import Testing

@testable import Classification

struct VerdictCacheTests {
  private static func facts(_ code: String) -> CompiledRule.Facts {
    code.withByteView { code in
      CompiledRule.Facts(
        Failure(direction: .outbound, origin: .remote, reply: Reply(parsing: code)), ProviderIndex([]))
    }
  }

  /// What is asked for again and again stays, whatever comes once; what came once is forgotten; nothing is mistaken.
  @Test func keepsWhatComesOften() {
    let facts = VerdictCacheTests.facts("450 4.2.0 a")
    var cache = VerdictCache<Int>(bits: 7)
    var missed = 0
    "often".withByteView { cache.keep(-1, of: $0, facts) }
    for number in 0..<10_000 {
      "once \(number)".withByteView { text in
        #expect(cache.known(text, facts) == nil)
        cache.keep(number, of: text, facts)
        #expect(cache.known(text, facts) == number)
      }
      if number > 0 {
        "once \(number - 1)".withByteView { if let known = cache.known($0, facts) { #expect(known == number - 1) } }
      }
      if number.isMultiple(of: 10) { "often".withByteView { if cache.known($0, facts) != -1 { missed += 1 } } }
    }
    #expect(missed == 0)
    "once 0".withByteView { #expect(cache.known($0, facts) == nil) }
  }

  @Test func tellsTextsAndFactsApart() {
    let facts = VerdictCacheTests.facts("450 4.2.0 a")
    let other = VerdictCacheTests.facts("451 4.2.0 a")
    var cache = VerdictCache<Int>(bits: 7)
    let long = String(repeating: "x", count: 385)
    "a".withByteView { cache.keep(1, of: $0, facts) }
    "a".withByteView { cache.keep(2, of: $0, other) }
    long.withByteView { cache.keep(3, of: $0, facts) }
    "a".withByteView { #expect(cache.known($0, facts) == 1) }
    "a".withByteView { #expect(cache.known($0, other) == 2) }
    "ab".withByteView { #expect(cache.known($0, facts) == nil) }
    long.withByteView { #expect(cache.known($0, facts) == 3) }
    "\(long)x".withByteView { #expect(cache.known($0, facts) == nil) }
  }

  /// Facts that differ in one thing are others.
  @Test func tellsEveryFactApart() {
    var cache = VerdictCache<Int>(bits: 8)
    var all: [CompiledRule.Facts] = []
    for text in ["450 4.0.0 x", "450 4.0.1 x", "450 4.1.0 x", "450 4.999.999 x", "450 5.0.0 x", "451 4.0.0 x", "x"] {
      text.withByteView { view in
        for stage: Stage? in [nil, .connect, .rcpt, .endOfData] {
          for direction in Direction.allCases {
            let failure = Failure(direction: direction, origin: .remote, stage: stage, reply: Reply(parsing: view))
            all.append(CompiledRule.Facts(failure, ProviderIndex([])))
          }
        }
      }
    }
    for (number, facts) in all.enumerated() { "a".withByteView { cache.keep(number, of: $0, facts) } }
    for (number, facts) in all.enumerated() { "a".withByteView { #expect(cache.known($0, facts) == number) } }
  }

  /// Even the smallest forgets rather than searches for ever.
  @Test(arguments: 1...4) func smallOnesAreNeverFull(bits: Int) {
    let facts = VerdictCacheTests.facts("450 4.2.0 a")
    var cache = VerdictCache<Int>(bits: bits)
    for number in 0..<100 {
      "once \(number)".withByteView { text in
        #expect(cache.known(text, facts) == nil)
        cache.keep(number, of: text, facts)
        if bits > 1 { #expect(cache.known(text, facts) == number) }
      }
    }
  }
}
