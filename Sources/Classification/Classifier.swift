// Rules compiled: their order, the set of their phrases, and for each phrase the rules that it makes candidates.

public import Bytes
import SMTPTypes

/// All rules, ready to judge. Immutable; `Judge` adds what one thread keeps.
///
/// The rules stand in the order in which they count: layers first to last, within a layer by evidence, then as
/// written. The first rule that matches gives the verdict.
public final class Classifier: Sendable {
  /// The version of the rules, a short hash of what they say.
  public let ruleset: String
  /// In the order in which they are tried. The last is `unclassified`, which matches everything.
  public let rules: [Rule]
  /// What was refused while loading; the rest is in force.
  public let errors: [RuleError]

  let phrases: PhraseSet
  let seenWords: SeenWords
  // Sendable: these three are written in `init` alone and freed in `deinit` alone; as memory rather than arrays, so
  // that judging counts no references.
  nonisolated(unsafe) let compiled: UnsafeMutablePointer<CompiledRule>
  /// The rules that a phrase's presence makes candidates, phrase after phrase.
  nonisolated(unsafe) let triggered: UnsafeMutablePointer<Int32>
  /// Where a phrase's rules start in `triggered`; one more than there are phrases.
  nonisolated(unsafe) let triggerStarts: UnsafeMutablePointer<Int32>
  let phraseCount: Int
  /// Bits of rules that are candidates whatever the text.
  let untriggered: [UInt64]
  let providers: ProviderIndex
  /// The first phrase that announces a wait; those from here on belong to no rule.
  let waitPhrases: Int
  /// The ids of the rules, by index.
  public let ruleNames: ByteStore

  /// Our own rules.
  public convenience init() { self.init(layers: []) }

  /// Our own rules, compiled once.
  public static func builtIn() -> Classifier { shared }

  private static let shared = Classifier()

  /// Has another thread begin with what `builtIn` gives, for those who will ask for it and have something else to do
  /// first.
  public static func prepare() {
    _ = Background { builtIn() }
  }

  /// `layers` first, then our own rules. A rule of the same id in an earlier layer replaces the later one.
  public convenience init(layers: [RuleFile]) {
    let own = RuleFile.builtIn()
    self.init(layers: [layers, own], errors: layers.flatMap(\.errors))
  }

  /// `directory`/*.yaml first, then our own rules.
  public convenience init(directory: String) {
    self.init(layers: RuleFile.files(inDirectory: directory))
  }

  init(layers: [[RuleFile]], errors: [RuleError] = []) {
    var errors = errors
    var ordered: [Rule] = []
    var ids: [String: Rule] = [:]
    for layer in layers {
      var rules: [Rule] = []
      for rule in layer.flatMap(\.rules) {
        if let first = ids[rule.id] {
          if first.file != rule.file, !first.file.hasPrefix("built-in/"), !rule.file.hasPrefix("built-in/") {
            errors.append(
              RuleError(
                file: rule.file, line: rule.line,
                message: "rule \(rule.id) stands already in \(first.file):\(first.line)"))
          }
          continue
        }
        ids[rule.id] = rule
        rules.append(rule)
      }
      for evidence in Evidence.allCases { ordered += rules.filter { $0.evidence == evidence } }
    }
    ordered.append(Rule(id: "unclassified", cause: .unclassified, evidence: .stage, file: "built-in/unclassified"))
    self.errors = errors
    rules = ordered

    var phrases: [Phrase] = []
    var numbers: [Phrase: Int32] = [:]
    func number(_ phrase: Phrase) -> Int32 {
      if let known = numbers[phrase] { return known }
      numbers[phrase] = Int32(phrases.count)
      phrases.append(phrase)
      return Int32(phrases.count - 1)
    }
    let providers = ProviderIndex(ordered.flatMap(\.providers))
    var compiled: [CompiledRule] = []
    var untriggered = [UInt64](repeating: 0, count: (ordered.count + 63) / 64)
    var pairs: [(phrase: Int32, rule: Int32)] = []
    for (index, rule) in ordered.enumerated() {
      let anyOf = rule.anyOf.map(number)
      let allOf = rule.allOf.map(number)
      compiled.append(
        CompiledRule(rule, anyOf, allOf, rule.noneOf.map(number), signature: rule.signature.map(number), providers))
      if !anyOf.isEmpty {
        pairs += anyOf.map { ($0, Int32(index)) }
      } else if let longest = rule.allOf.indices.max(by: {
        rule.allOf[$0].text.utf8.count < rule.allOf[$1].text.utf8.count
      }) {
        pairs.append((allOf[longest], Int32(index)))
      } else if !rule.patterns.isEmpty, rule.patterns.allSatisfy({ !$0.required.isEmpty }) {
        pairs += Set(rule.patterns.flatMap(\.required).map(number)).map { ($0, Int32(index)) }
      } else {
        untriggered[index / 64] |= 1 << UInt64(index % 64)
      }
    }
    waitPhrases = phrases.count
    phrases += WaitTime.cues
    pairs.sort { ($0.phrase, $0.rule) < ($1.phrase, $1.rule) }
    phraseCount = phrases.count
    triggered = UnsafeMutablePointer<Int32>.allocate(capacity: max(pairs.count, 1))
    triggerStarts = UnsafeMutablePointer<Int32>.allocate(capacity: phrases.count + 1)
    var filled = 0
    for phrase in 0...phrases.count {
      (triggerStarts + phrase).initialize(to: Int32(filled))
      while filled < pairs.count, Int(pairs[filled].phrase) == phrase {
        (triggered + filled).initialize(to: pairs[filled].rule)
        filled += 1
      }
    }
    self.compiled = UnsafeMutablePointer<CompiledRule>.allocate(capacity: compiled.count)
    self.compiled.initialize(from: compiled, count: compiled.count)
    self.untriggered = untriggered
    self.providers = providers
    self.phrases = PhraseSet(phrases)
    seenWords = SeenWords(phrases)
    ruleNames = ByteStore(ordered.map(\.id))
    ruleset = Classifier.fingerprint(ordered)
  }

  deinit {
    compiled.deinitialize(count: rules.count)
    compiled.deallocate()
    triggered.deallocate()
    triggerStarts.deallocate()
  }

  /// The id of rule `index`, valid while the classifier is.
  public func ruleName(_ index: Int) -> ByteView { ruleNames[index] }

  /// Eight hexadecimal digits over everything in the rules that can change a verdict.
  private static func fingerprint(_ rules: [Rule]) -> String {
    var hash: UInt64 = 0
    func mix(_ value: UInt64) {
      hash = (hash ^ value) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    func mix(_ text: String) { mix(text.withByteView(\.hash64)) }
    func mix(_ values: [UInt64]) {
      mix(UInt64(values.count))
      for value in values { mix(value) }
    }
    for rule in rules {
      mix(rule.id)
      mix(UInt64(rule.cause.rawValue) << 8 | UInt64(rule.scope?.rawValue ?? 255))
      for list in [rule.anyOf, rule.allOf, rule.noneOf, rule.signature] {
        mix(UInt64(list.count))
        for phrase in list {
          mix(phrase.text)
          mix((phrase.seesNames ? 4 : 0) | (phrase.startsWord ? 2 : 0) | (phrase.endsWord ? 1 : 0))
        }
      }
      mix(UInt64(rule.patterns.count))
      for expression in rule.patterns { mix(expression.pattern) }
      mix(UInt64(rule.providers.count))
      for provider in rule.providers { mix(provider) }
      mix(rule.directions.map { UInt64($0.rawValue) })
      mix(rule.hops.map { UInt64($0.rawValue) })
      mix(rule.origins.map { UInt64($0.rawValue) })
      mix(rule.stages.map { UInt64($0.rawValue) })
      mix(rule.codes.map { UInt64($0.lowest) << 16 | UInt64($0.highest) })
      for codes in [rule.enhanced, rule.yieldsTo] {
        mix(codes.map { UInt64($0.subject ?? .max) << 16 | UInt64($0.detail ?? .max) })
      }
    }
    let digits = String(hash & 0xFFFF_FFFF, radix: 16)
    return String(repeating: "0", count: 8 - digits.utf8.count) + digits
  }
}

extension RuleFile {
  /// Our own rules, half of them read on another thread: every command that judges waits for them. An error here is a
  /// mistake of ours, which a test finds; the rest still works.
  static func builtIn() -> [RuleFile] {
    let sources = BuiltInRules.all
    let bytes = sources.reduce(0) { $0 + $1.text.utf8CodeUnitCount }
    var half = 0
    var read = 0
    while half < sources.count, read < bytes / 2 {
      read += sources[half].text.utf8CodeUnitCount
      half += 1
    }
    let others = Background { [half] in BuiltInRules.all[half...].map { RuleFile(builtIn: $0) } }
    let first = sources[..<half].map { RuleFile(builtIn: $0) }
    return first + others.take()
  }

  private init(builtIn source: BuiltInRules) {
    self.init(name: "built-in/\(source.name)")
    do throws(RuleError) {
      add(try RuleReader.drafts(name: name, text: ByteView(source.text)))
    } catch {
      errors.append(error)
    }
  }
}
