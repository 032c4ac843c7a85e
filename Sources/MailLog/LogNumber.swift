/// An unsigned decimal number at an offset: `12`, `0.03`, `1e+05`. At most 15 digits before the point and 3 behind it
/// count.
struct LogNumber {
  var value: Double
  /// Digits behind the point.
  var decimals: Int
  /// The offset behind the number.
  var end: Int

  @inline(__always)
  init?(_ base: UnsafePointer<UInt8>, _ limit: Int, _ start: Int) {
    var at = start
    var digits = 0
    while at < limit, base[at] &- 0x30 < 10, at &- start < 15 {
      digits = digits &* 10 &+ Int(base[at] &- 0x30)
      at &+= 1
    }
    guard at > start else { return nil }
    decimals = 0
    if at < limit, base[at] == 0x2E {
      at &+= 1
      while at < limit, base[at] &- 0x30 < 10, decimals < 3 {
        digits = digits &* 10 &+ Int(base[at] &- 0x30)
        decimals &+= 1
        at &+= 1
      }
      while at < limit, base[at] &- 0x30 < 10 { at &+= 1 }
    }
    switch decimals {
    case 0: value = Double(digits)
    case 1: value = Double(digits) / 10
    case 2: value = Double(digits) / 100
    default: value = Double(digits) / 1000
    }
    if at &+ 2 < limit, base[at] == 0x65, base[at &+ 1] == 0x2B || base[at &+ 1] == 0x2D {
      let isNegative = base[at &+ 1] == 0x2D
      var exponent = 0
      at &+= 2
      while at < limit, base[at] &- 0x30 < 10 {
        exponent = min(exponent &* 10 &+ Int(base[at] &- 0x30), 20)
        at &+= 1
      }
      for _ in 0..<exponent { value = isNegative ? value / 10 : value * 10 }
      decimals = 0
    }
    end = at
  }
}
