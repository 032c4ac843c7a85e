// Whether a difference between two counts can be chance.

import Glibc

enum Significance {
  /// Fisher's exact test, two-sided: the probability, if both rates were one, of a table at most as likely as this one.
  /// `hits` of `of` in each of two groups. Past `exactLimit` terms the normal approximation (pooled, with continuity
  /// correction) takes over, which is exact enough there. O(min of hits and group size).
  static func fisher(_ hits: (Int, Int), of sizes: (Int, Int)) -> Double {
    let (a, b) = hits
    let (m, n) = (max(sizes.0, a), max(sizes.1, b))
    let k = a + b
    guard k > 0, k < m + n, m > 0, n > 0 else { return 1 }
    let low = max(0, k - n)
    let high = min(k, m)
    if high - low > exactLimit { return normal((a, b), of: (m, n)) }
    // Hypergeometric, in logarithms.
    let whole = choose(m + n, k)
    func probability(_ x: Int) -> Double { exp(choose(m, x) + choose(n, k - x) - whole) }
    let observed = probability(a)
    var sum = 0.0
    for x in low...high {
      let one = probability(x)
      if one <= observed * (1 + 1e-7) { sum += one }
    }
    return min(sum, 1)
  }

  static let exactLimit = 20_000

  private static func normal(_ hits: (Int, Int), of sizes: (Int, Int)) -> Double {
    let (m, n) = (Double(sizes.0), Double(sizes.1))
    let pooled = Double(hits.0 + hits.1) / (m + n)
    let spread = (pooled * (1 - pooled) * (1 / m + 1 / n)).squareRoot()
    let difference = abs(Double(hits.0) / m - Double(hits.1) / n) - (1 / m + 1 / n) / 2
    guard spread > 0, difference > 0 else { return 1 }
    return erfc(difference / spread / 2.0.squareRoot())
  }

  /// The exact binomial test, two-sided, of two counts without a known denominator: the probability, if events fall
  /// into the first with that of `share` (0 to 1, both excluded; what it has of the time), of a split at most as likely
  /// as this one. O(sum), or the normal approximation past `exactLimit`.
  static func counts(_ first: Int, _ second: Int, share: Double = 0.5) -> Double {
    let n = first + second
    guard n > 0 else { return 1 }
    if n > exactLimit {
      let spread = (Double(n) * share * (1 - share)).squareRoot()
      let z = (abs(Double(first) - Double(n) * share) - 0.5) / spread
      return z > 0 ? erfc(z / 2.0.squareRoot()) : 1
    }
    func probability(_ x: Int) -> Double { exp(choose(n, x) + Double(x) * log(share) + Double(n - x) * log(1 - share)) }
    let observed = probability(first)
    var sum = 0.0
    for x in 0...n {
      let one = probability(x)
      if one <= observed * (1 + 1e-7) { sum += one }
    }
    return min(sum, 1)
  }

  /// Logarithm of the binomial coefficient.
  private static func choose(_ n: Int, _ k: Int) -> Double {
    logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
  }

  private static func logGamma(_ value: Int) -> Double {
    var sign: Int32 = 0
    return lgamma_r(Double(value), &sign)
  }

  /// Holm's correction: of many comparisons some differ by chance, so the least probable has to be that much less so.
  /// The adjusted probabilities, in the given order.
  static func holm(_ probabilities: [Double]) -> [Double] {
    let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
    var adjusted = probabilities
    var greatest = 0.0
    for (rank, index) in order.enumerated() {
      greatest = max(greatest, min(probabilities[index] * Double(order.count - rank), 1))
      adjusted[index] = greatest
    }
    return adjusted
  }
}
