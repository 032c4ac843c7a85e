import Bytes
import Glibc

/// The top-level domains by which a name of two labels is told from a sentence without its space: of the root zone, all
/// of countries and the common others, the reserved ones of RFC 2606 and RFC 6762, appendix G, and `.internal`.
enum TopLevelDomains {
  enum Kind {
    case name
    /// A word of English too.
    case word
  }

  /// What the last label of a name, in lower case, is; nil if it is no domain of those.
  static func kind(of label: ByteView) -> Kind? {
    guard let key = key(label) else { return nil }
    if words.contains(key) { return .word }
    return names.contains(key) ? .name : nil
  }

  private static func key(_ label: ByteView) -> UInt64? {
    guard label.count <= 8 else { return nil }
    var key: UInt64 = 0
    memcpy(&key, label.start, label.count)
    return key
  }

  private static func set(_ list: StaticString) -> Set<UInt64> {
    var keys: Set<UInt64> = []
    for word in ByteView(list).buffer.split(separator: 0x20) {
      keys.formUnion([key(ByteView(UnsafeBufferPointer(rebasing: word)))].compactMap(\.self))
    }
    return keys
  }

  private static let words = set(
    """
    ad ai am as at be by do id in is it la me my name no so to us domain example home host internal invalid local mail \
    mobile online post site space support test world zone
    """)

  private static let names = set(
    """
    com net org edu gov mil int biz info arpa aero asia coop mobi museum eu app dev xyz cloud tech lan intra \
    intranet corp ac ae af ag al ao aq ar au aw ax az ba bb bd bf bg bh bi bj bm bn bo br bs bt bv bw by bz ca cc cd \
    cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm dz ec ee eg er es et fi fj fk fm fo fr ga gb gd ge \
    gf gg gh gi gl gm gn gp gq gs gr gt gu gw gy hk hm hn hr ht hu ie il im io iq ir je jm jo jp ke kg kh ki km kn \
    kp kr kw ky kz lb lc li lk lr ls lt lu lv ly ma mc md mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx mz na nc \
    ne nf ng ni nl np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh \
    si sj sk sl sm sn sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn tr tt tw tz ua ug uk uy uz va vc ve vg \
    vi vn vu wf ws ye yt za zm zw
    """)
}
