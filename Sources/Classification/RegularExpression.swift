// Regular expressions for rules, by PCRE2.
//
// Promises: no text and no expression keeps a thread for long: expressions are bounded in length and depth when they
// are compiled, and steps, depth and memory are bounded when they are tried; what goes beyond does not match. Where
// the system forbids memory that is both written and run (systemd's MemoryDenyWriteExecute), PCRE2 interprets.

import Bytes
import CPCRE2

/// A regular expression in Perl's syntax, compiled. It is tried on normalized text, byte by byte and without regard to
/// the case of ASCII letters. Immutable.
public final class RegularExpression: Sendable {
  /// Bytes of the longest expression.
  public static let lengthLimit = 1000
  /// How deep parentheses may nest.
  static let depthLimit = 50

  /// As written.
  public let pattern: String
  /// Phrases one of which stands in every text that this matches; empty if none could be told.
  public let required: [Phrase]
  /// True if it asks for a full stop or a slash, of which names and URLs are made: then it is tried on the whole text,
  /// else on one in which those are hidden (`HostNames.hiding`).
  let seesNames: Bool
  // Sendable: written in `init` alone and freed in `deinit` alone; matching only reads it (pcre2api(3), "Multithreading").
  private nonisolated(unsafe) let code: OpaquePointer

  /// - Throws: `PatternError` if it can't be compiled, is too long or deep, or matches the empty text, and so every one.
  public init(_ pattern: String) throws(PatternError) {
    self.pattern = pattern
    let code = try pattern.withByteView { text throws(PatternError) in try RegularExpression.compile(text) }
    var matchesEmpty: UInt32 = 0
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_MATCHEMPTY), &matchesEmpty)
    if matchesEmpty != 0 {
      pcre2_code_free_8(code)
      throw PatternError(message: "it matches every text; ask for at least one character", offset: 0)
    }
    // Refused without harm where code can't be made at run time.
    pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
    self.code = code
    required = RequiredPhrases.of(pattern)
    seesNames = RegularExpression.asksForNames(pattern)
  }

  deinit { pcre2_code_free_8(code) }

  private static func asksForNames(_ pattern: String) -> Bool {
    var isInClass = false
    var isEscaped = false
    for byte in pattern.utf8 {
      switch byte {
      case UInt8(ascii: "/"), HostNames.hidingByte: return true
      case UInt8(ascii: ".") where isEscaped || isInClass: return true
      case UInt8(ascii: "[") where !isEscaped: isInClass = true
      case UInt8(ascii: "]") where !isEscaped: isInClass = false
      default: break
      }
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
    }
    return false
  }

  private static func compile(_ pattern: ByteView) throws(PatternError) -> OpaquePointer {
    let context = pcre2_compile_context_create_8(nil)
    defer { pcre2_compile_context_free_8(context) }
    pcre2_set_max_pattern_length_8(context, lengthLimit)
    pcre2_set_parens_nest_limit_8(context, UInt32(depthLimit))
    let options = PCRE2_CASELESS | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_UTF | PCRE2_NEVER_UCP | PCRE2_NEVER_BACKSLASH_C
    var fault: Int32 = 0
    var offset = 0
    guard let code = pcre2_compile_8(pattern.start, pattern.count, options, &fault, &offset, context) else {
      var message = [UInt8](repeating: 0, count: 256)
      let length = pcre2_get_error_message_8(fault, &message, message.count)
      let text = length > 0 ? String(decoding: message.prefix(Int(length)), as: UTF8.self) : "error \(fault)"
      throw PatternError(message: text, offset: offset)
    }
    return code
  }

  fileprivate func matches(_ text: ByteView, _ data: OpaquePointer, _ limits: OpaquePointer) -> Bool {
    pcre2_match_8(code, text.start, text.count, 0, 0, data, limits) >= 0
  }

  /// True if `text`, normalized, matches. For a single question; `PatternMatcher` keeps what many need.
  public func occurs(in text: borrowing NormalizedText) -> Bool { PatternMatcher().matches(self, text) }
}

extension RegularExpression: Equatable {
  public static func == (left: RegularExpression, right: RegularExpression) -> Bool { left.pattern == right.pattern }
}

/// Why a regular expression was refused.
public struct PatternError: Error, Equatable {
  public var message: String
  /// Bytes into the expression.
  public var offset: Int
}

/// What one thread needs to try regular expressions: some 100 bytes, and at most `memoryLimit` while one is tried.
struct PatternMatcher: ~Copyable {
  /// Steps of one trial; about a millisecond.
  static let stepLimit: UInt32 = 50_000
  /// Points of one trial to return to.
  static let depthLimit: UInt32 = 5_000
  /// KiB of one trial.
  static let memoryLimit: UInt32 = 2_048

  private let data: OpaquePointer?
  private let limits: OpaquePointer?

  init() {
    data = pcre2_match_data_create_8(1, nil)
    limits = pcre2_match_context_create_8(nil)
    if limits != nil {
      pcre2_set_match_limit_8(limits, PatternMatcher.stepLimit)
      pcre2_set_depth_limit_8(limits, PatternMatcher.depthLimit)
      pcre2_set_heap_limit_8(limits, PatternMatcher.memoryLimit)
    }
  }

  deinit {
    pcre2_match_data_free_8(data)
    pcre2_match_context_free_8(limits)
  }

  /// True if `text`, the names of which were found, matches `expression` within the limits.
  func matches(_ expression: RegularExpression, _ text: borrowing NormalizedText) -> Bool {
    guard let data, let limits else { return false }
    return expression.matches(expression.seesNames ? text.view : text.withoutNames, data, limits)
  }

  /// True if `text`, the names of which were found, matches one of `expressions`.
  func matchesAny(_ expressions: [RegularExpression], _ text: borrowing NormalizedText) -> Bool {
    for expression in expressions where matches(expression, text) { return true }
    return false
  }
}
