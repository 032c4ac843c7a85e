/// Small bars in a line of text.
struct Bars {
  /// False where the terminal's character set is not UTF-8.
  var isUnicode: Bool

  private static let blocks: [Character] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  private static let plain: [Character] = [" ", ".", ":", "-", "=", "+", "*", "#", "#"]
  private static let parts: [Character] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]

  /// One character a value, its height relative to the greatest; nil becomes a blank, and what is more than nothing
  /// is seen.
  func line(_ values: [Double?]) -> String {
    let greatest = values.compactMap { $0 }.max() ?? 0
    let levels = isUnicode ? Bars.blocks : Bars.plain
    return String(
      values.map { value in
        guard let value, value > 0, greatest > 0 else { return levels[0] }
        return levels[min(max(Int((value / greatest * 8).rounded()), 1), 8)]
      })
  }

  /// A bar of `share` (0 to 1) of `width` columns.
  func bar(_ share: Double, width: Int) -> String {
    guard share > 0 else { return "" }
    if !isUnicode { return String(repeating: "#", count: max(Int((share * Double(width)).rounded()), 1)) }
    let eighths = max(Int((min(share, 1) * Double(width) * 8).rounded()), 1)
    return String(repeating: "█", count: eighths / 8) + (eighths % 8 > 0 ? String(Bars.parts[eighths % 8]) : "")
  }
}
