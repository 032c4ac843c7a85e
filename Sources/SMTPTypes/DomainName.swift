// Domains in their two spellings: with U-labels as people write them (`müller.example`), with A-labels as the DNS and
// most mail logs have them (`xn--mller-kva.example`; RFC 5890, section 2.3.2.1). Through libidn2: IDNA2008 behind the
// mapping of UTS 46, non-transitional, so that `straße` is not `strasse`.

public import Bytes
import CIDN2

public enum DomainName {
  /// Bytes of the longest domain that is looked at: 253 characters in A-labels, and what UTF-8 makes of as many.
  private static let longest = 1024

  /// Appends `domain` as domains are compared: A-labels, ASCII letters in lower case, no dot at the end. What is no
  /// international domain keeps its labels, folded. O(domain).
  public static func append(canonical domain: ByteView, to buffer: inout ByteBuffer) {
    let domain = domain.hasSuffix(".") ? domain.prefix(domain.count - 1) : domain
    if domain.isASCII {
      for byte in domain.buffer { buffer.append(byte.lowercasedASCII) }
    } else if let labels = converted(domain, idn2_to_ascii_8z) {
      buffer.append(labels)
    } else {
      buffer.append(folded: domain)
    }
  }

  /// `domain` as domains are compared.
  public static func canonical(_ domain: String) -> String {
    var buffer = ByteBuffer()
    domain.withByteView { append(canonical: $0, to: &buffer) }
    return String(buffer.view)
  }

  /// `domain` with U-labels in place of its A-labels, in lower case; nil if it has none, or what is none.
  public static func unicode(_ domain: ByteView) -> String? {
    guard hasALabel(domain) else { return nil }
    let canonical = canonical(String(domain))
    guard let labels = canonical.withByteView({ converted($0, idn2_to_unicode_8z8z) }) else { return nil }
    return labels != canonical && DomainName.canonical(labels) == canonical ? labels : nil
  }

  /// True if a label begins with `xn--`.
  public static func hasALabel(_ domain: ByteView) -> Bool {
    var at = 0
    while at + 4 < domain.count {
      if domain[at..<at + 4].equalsIgnoringCase(ByteView("xn--")) { return true }
      guard let dot = domain.firstIndex(of: 0x2E, from: at) else { return false }
      at = dot + 1
    }
    return false
  }

  private typealias Conversion = (
    UnsafePointer<CChar>?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, Int32
  ) -> Int32

  private static func converted(_ domain: ByteView, _ convert: Conversion) -> String? {
    guard domain.count <= longest, domain.firstIndex(of: 0) == nil else { return nil }
    var bytes = domain.buffer.map { CChar(bitPattern: $0) }
    bytes.append(0)
    var result: UnsafeMutablePointer<CChar>?
    let flags = Int32(bitPattern: IDN2_NFC_INPUT.rawValue | IDN2_NONTRANSITIONAL.rawValue)
    guard convert(bytes, &result, flags) == IDN2_OK.rawValue, let result else { return nil }
    defer { idn2_free(result) }
    let text = String(cString: result)
    return text.isEmpty ? nil : text
  }
}
