import Bytes
import SMTPTypes

@testable import Classification

/// A reply: the one pass over the text gives what trying every rule in order gives.
func checkClassification(_ bytes: ByteView) throws(CheckFailure) {
  var choices = Choices(bytes)
  let origins = Origin.allCases
  let stages = Stage.allCases
  let origin = origins[Int(choices.byte()) % origins.count]
  let stage = stages[Int(choices.byte()) % stages.count]
  let direction: Direction = choices.byte() & 1 == 0 ? .outbound : .inbound
  let names = providerNames
  let which = Int(choices.byte())
  let provider = which < names.count ? names[which] : ""
  let text = choices.rest
  try provider.withByteView { provider throws(CheckFailure) in
    let failure = Failure(
      direction: direction, origin: origin, stage: stage, reply: Reply(parsing: text), status: nil, provider: provider)
    var normalized = NormalizedText()
    normalized.normalize(failure.reply.text)
    try require(normalized.view.count <= NormalizedText.limit, "a text grows")
    var cues = WaitTime.CueSet()
    for number in WaitTime.cues.indices { cues.insert(number) }
    if let seconds = WaitTime.seconds(in: normalized.view, cues: cues) {
      try require(WaitTime.bounds.contains(seconds), "a wait of \(seconds) s")
    }
    let (verdict, remembered) = (explainer.explain(failure).verdict, explainer.explain(failure).verdict)
    try require(remembered == verdict, "the remembered verdict differs")
    let rule = Classifier.builtIn().rules.firstIndex { $0.matches(failure, normalized: normalized) }
    try require(rule == verdict.rule, "rule \(verdict.rule) where \(rule ?? -1) matches first")
  }
  let page = explainer.explain(text: text).page
  try require(page?.utf8.count ?? 0 <= 900, "a long address")
}

private let providerNames = ProviderMap().providers
// One thread runs checks: libFuzzer's, or that of a serialized suite.
private nonisolated(unsafe) let explainer = Explainer(classifier: Classifier.builtIn())
