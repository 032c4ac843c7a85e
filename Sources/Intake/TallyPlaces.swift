import Journal

/// Where tallies count names that have numbers (`NameNumbers`): most are counted without a look at the name.
struct TallyPlaces: ~Copyable {
  private struct Place {
    /// Which tally it is of, and of which name there; 0 for none.
    var tally: UInt64 = 0
    var number: UInt32 = 0
    var index: UInt32 = 0
  }

  private static var size: Int { 1024 }
  /// Of three cuts, a name's at its number's rest, whoever comes last stays.
  private let places: UnsafeMutablePointer<Place>

  init() {
    places = UnsafeMutablePointer<Place>.allocate(capacity: 3 * TallyPlaces.size)
    places.initialize(repeating: Place(), count: 3 * TallyPlaces.size)
  }

  deinit { places.deallocate() }

  /// The cuts by names that have numbers.
  enum Cut: Int {
    case provider, domain, relay

    /// The tally's.
    @inline(__always)
    var cut: Tally.Cut {
      switch self {
      case .provider: .provider
      case .domain: .domain
      case .relay: .relay
      }
    }
  }

  @inline(__always)
  private func place(_ cut: Cut, _ number: UInt32) -> UnsafeMutablePointer<Place> {
    places + (cut.rawValue &* TallyPlaces.size &+ Int(number) & (TallyPlaces.size - 1))
  }

  /// Where the tally with a number, which is not 0, counts a name; nil if that is not known.
  @inline(__always)
  func index(of number: UInt32, _ cut: Cut, tally: UInt64) -> Int? {
    let place = place(cut, number)
    return place.pointee.tally == tally && place.pointee.number == number ? Int(place.pointee.index) : nil
  }

  @inline(__always)
  func keep(_ index: Int, of number: UInt32, _ cut: Cut, tally: UInt64) {
    place(cut, number).initialize(
      to: Place(tally: tally, number: number, index: UInt32(truncatingIfNeeded: index)))
  }
}
