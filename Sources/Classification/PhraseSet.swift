// All phrases of all rules found in one pass over a text.
//
// A phrase can start where a word starts, of which a text has one in six bytes; eight bytes there say which few
// phrases it could be, and those are compared with what follows. The whole set is some 150 KiB and stays in the
// cache, where the dense table of an Aho-Corasick automaton over the same phrases (6 MiB) does not, and it is made in
// half the time.

import Bytes
import Glibc

/// A set of phrases, compiled. Immutable. A scan is O(text × phrases that share eight first bytes) at worst, the
/// largest such group being some dozens; in practice one look a word.
final class PhraseSet: Sendable {
  /// Phrases that start with a word or with a byte that belongs to none.
  private let atPlaces: PhraseIndex
  /// Phrases that start with a space, as regular expressions need them.
  private let atSpaces: PhraseIndex?
  /// Phrases that may start within a word, where they are more than a few.
  private let anywhere: PhraseIndex?
  /// Where they are few, the text is searched for one after the other, which is less than a look at each byte.
  private let few: ByteStore
  private let fewNumbers: [(number: Int, endsWord: Bool, seesNames: Bool)]
  private static let fewLimit = 6

  init(_ list: [Phrase]) {
    var atPlaces: [(number: Int, phrase: Phrase)] = []
    var anywhere: [(number: Int, phrase: Phrase)] = []
    var atSpaces: [(number: Int, phrase: Phrase)] = []
    for (number, phrase) in list.enumerated() {
      if phrase.text.utf8.first == 0x20 {
        atSpaces.append((number, phrase))
      } else if !phrase.startsWord, phrase.text.utf8.first?.isASCIIWordByte == true {
        anywhere.append((number, phrase))
      } else {
        atPlaces.append((number, phrase))
      }
    }
    self.atPlaces = PhraseIndex(atPlaces)
    self.atSpaces = atSpaces.isEmpty ? nil : PhraseIndex(atSpaces)
    let isFew = anywhere.count <= PhraseSet.fewLimit
    self.anywhere = isFew ? nil : PhraseIndex(anywhere)
    few = ByteStore(isFew ? anywhere.map(\.phrase.text) : [])
    fewNumbers = isFew ? anywhere.map { ($0.number, $0.phrase.endsWord, $0.phrase.seesNames) } : []
  }

  /// Adds the phrases that `text`, the names of which were found, holds to `findings`.
  func scan(_ text: borrowing NormalizedText, into findings: inout Findings) {
    let view = text.view
    for index in 0..<text.placeCount { atPlaces.look(view, text.names, at: text.place(index), into: &findings) }
    if let atSpaces {
      // Spaces are single, and what follows one is a place.
      for index in 0..<text.placeCount {
        let before = text.place(index) - 1
        guard before >= 0, atSpaces.mayStart(view, at: before) else { continue }
        atSpaces.look(view, text.names, at: before, into: &findings)
      }
    }
    if let anywhere {
      for at in 0..<view.count where anywhere.mayStart(view, at: at) {
        anywhere.look(view, text.names, at: at, into: &findings)
      }
    }
    for index in 0..<few.count {
      var start = 0
      while let found = view.firstRange(of: few[index], from: start) {
        start = found.lowerBound + 1
        if fewNumbers[index].endsWord, view.at(found.upperBound)?.isASCIIWordByte == true { continue }
        if !fewNumbers[index].seesNames, text.names.touches(found) { continue }
        findings.insert(fewNumbers[index].number)
        break
      }
    }
  }
}
