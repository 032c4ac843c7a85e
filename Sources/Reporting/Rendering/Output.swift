/// Lines of a rendered report.
struct Output {
  let width: Int
  private(set) var text = ""

  init(width: Int) { self.width = width }

  mutating func line(_ line: String) { text += line + "\n" }

  mutating func blank() { text += "\n" }

  mutating func section(_ title: String, _ style: Style) {
    blank()
    wrapped(title) { style.apply(.bold, $0) }
  }

  /// `paragraph` broken at blanks to the width; lines after the first are indented. `paint` gets whole lines.
  mutating func wrapped(_ paragraph: String, indent: Int = 0, _ paint: (String) -> String) {
    var line: String?
    for word in paragraph.split(separator: " ", omittingEmptySubsequences: false) {
      guard let begun = line else {
        line = String(word)
        continue
      }
      let isTooLong = Columns.width(begun) + 1 + Columns.width(String(word)) > width
      if isTooLong, !word.isEmpty, begun.contains(where: { $0 != " " }) {
        self.line(paint(Output.trimmed(begun)))
        line = String(repeating: " ", count: indent) + word
      } else {
        line = begun + " " + word
      }
    }
    self.line(paint(Output.trimmed(line ?? "")))
  }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}
