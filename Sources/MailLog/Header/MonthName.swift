import Bytes

/// Names of months as the locales of the machines that journalctl runs on have them (`Dez 23`, `oct. 12`, `märz 3`).
/// Syslog daemons and Postfix write English ones, which are not here.
enum MonthName {
  /// The month (1 to 12) whose name `text` begins with, and the name's length; nil if the name is none or no space
  /// follows it. Of names that two languages have for different months none is here.
  static func find(_ text: ByteView) -> (month: Int, length: Int)? {
    guard let length = text.prefix(12).firstIndex(of: 0x20), length > 2 else { return nil }
    let word = text.prefix(text[length - 1] == 0x2E ? length - 1 : length)
    for (index, names) in names.enumerated() where names.contains(where: { word.equalsIgnoringCase(ByteView($0)) }) {
      return (index + 1, length)
    }
    return nil
  }

  /// glibc's and CLDR's of German, French, Spanish, Italian, Portuguese, Dutch and the Scandinavian languages; also
  /// English ones in lower case or with a full stop.
  private static let names: [[StaticString]] = [
    ["jan", "jän", "janv", "ene", "gen"], ["feb", "févr", "fév", "fev"],
    ["mar", "mär", "märz", "mrz", "mars", "mrt"], ["apr", "avr", "avril", "abr"], ["may", "mai", "mag", "mei", "maj"],
    ["jun", "juni", "juin", "giu"], ["jul", "juli", "juil", "lug"], ["aug", "août", "ago"], ["sep", "sept", "set"],
    ["oct", "okt", "out", "ott"], ["nov"], ["dec", "dez", "déc", "dic", "des"],
  ]
}
