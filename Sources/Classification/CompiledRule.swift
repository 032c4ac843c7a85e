import Bytes
import SMTPTypes

/// A rule's conditions in the form that `Judge` checks: masks, and phrases by number.
struct CompiledRule: Sendable {
  let cause: Cause
  let scope: Scope?
  private let directions: UInt8
  private let hops: UInt8
  private let origins: UInt8
  /// Bit 15 stands for an unknown stage.
  private let stages: UInt16
  private let providers: [Int32]
  private let signature: [Int32]
  private let codes: [ReplyCodePattern]
  private let enhanced: [EnhancedCodePattern]
  private let yieldsTo: [EnhancedCodePattern]
  let anyOf: [Int32]
  let allOf: [Int32]
  private let noneOf: [Int32]
  /// Tried last, by the judge.
  let patterns: [RegularExpression]

  init(_ rule: Rule, _ anyOf: [Int32], _ allOf: [Int32], _ noneOf: [Int32], signature: [Int32], _ index: ProviderIndex)
  {
    cause = rule.cause
    scope = rule.scope
    directions = rule.directions.isEmpty ? .max : rule.directions.reduce(0) { $0 | 1 << $1.rawValue }
    hops = rule.hops.isEmpty ? .max : rule.hops.reduce(0) { $0 | 1 << $1.rawValue }
    origins =
      rule.origins.isEmpty
      ? .max
      : Origin.allCases.reduce(0) { mask, origin in
        rule.origins.contains { $0.covers(origin) } ? mask | 1 << origin.rawValue : mask
      }
    stages = rule.stages.isEmpty ? .max : rule.stages.reduce(0) { $0 | 1 << UInt16($1.rawValue) }
    providers = rule.providers.map(index.number)
    codes = rule.codes
    enhanced = rule.enhanced
    yieldsTo = rule.yieldsTo
    self.signature = signature
    self.anyOf = anyOf
    self.allOf = allOf
    self.noneOf = noneOf
    patterns = rule.patterns
  }

  /// The same answer as `Rule.matches` but for `patterns`, given which phrases the text holds.
  @inline(__always)
  func matches(_ facts: Facts, _ findings: borrowing Findings) -> Bool {
    if directions & facts.direction == 0 || hops & facts.hop == 0 || origins & facts.origin == 0
      || stages & facts.stage == 0
    {
      return false
    }
    if !codes.isEmpty {
      guard let code = facts.code, codes.contains(where: { $0.matches(code) }) else { return false }
    }
    if !enhanced.isEmpty {
      guard let code = facts.enhanced, enhanced.contains(where: { $0.matches(code) }) else { return false }
    }
    if !providers.isEmpty, !providers.contains(facts.provider), !findings.containsAny(signature) { return false }
    if !anyOf.isEmpty, !findings.containsAny(anyOf) { return false }
    if !yieldsTo.isEmpty, yieldsTo.contains(where: { $0.matchesPermanent(facts.code, facts.enhanced) }) { return false }
    return findings.containsAll(allOf) && !findings.containsAny(noneOf)
  }

  /// What the masks are held against: all of a failure but its text that a rule can see.
  struct Facts: Equatable {
    let direction: UInt8
    let hop: UInt8
    let origin: UInt8
    let stage: UInt16
    let code: ReplyCode?
    let enhanced: EnhancedStatusCode?
    /// -1 if no rule names the provider.
    let provider: Int32

    init(_ failure: Failure, _ index: ProviderIndex) {
      direction = 1 << failure.direction.rawValue
      hop = 1 << failure.hop.rawValue
      origin = 1 << failure.origin.rawValue
      stage = failure.stage.map { 1 << UInt16($0.rawValue) } ?? 1 << 15
      code = failure.reply.code
      enhanced = failure.enhanced
      provider = index.number(failure.provider)
    }

    private init() {
      direction = 0
      hop = 0
      origin = 0
      stage = 0
      code = nil
      enhanced = nil
      provider = -1
    }

    /// Facts of no failure.
    static let none = Facts()

    /// The same as two numbers: facts that have both in common are equal.
    @inline(__always)
    var words: (UInt64, UInt64) {
      var first = UInt64(direction) | UInt64(hop) << 8 | UInt64(origin) << 16
      first |= UInt64(stage) << 24 | UInt64(code?.value ?? 0) << 40
      var second = UInt64(UInt32(bitPattern: provider))
      if let enhanced {
        // Ten bits are enough for 999.
        second |= UInt64(enhanced.subject) << 32 | UInt64(enhanced.detail) << 42 | UInt64(enhanced.severity) << 52
      }
      return (first, second)
    }
  }
}

/// The providers that rules name, by number.
final class ProviderIndex: Sendable {
  private let names: ByteStore
  private let hashes: [UInt64]

  init(_ list: [String]) {
    let sorted = Set(list).sorted()
    names = ByteStore(sorted)
    hashes = sorted.map { $0.withByteView(\.tableHash) }
  }

  func number(_ name: String) -> Int32 { name.withByteView { number($0) } }

  /// -1 if no rule names it. O(providers that rules name), a few dozen.
  func number(_ name: ByteView) -> Int32 {
    if name.isEmpty { return -1 }
    let hash = name.tableHash
    for index in hashes.indices where hashes[index] == hash && names[index] == name { return Int32(index) }
    return -1
  }
}
