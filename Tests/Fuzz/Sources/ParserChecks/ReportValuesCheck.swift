import Bytes
import SMTPTypes

@testable import DeliveryStatus

/// The values within a report's fields; the first byte says which.
func checkReportValues(_ bytes: ByteView) throws(CheckFailure) {
  let value = bytes.from(1)
  switch (bytes.at(0) ?? 0) % 10 {
  case 0: _ = FieldValue.address(value, limit: 100)
  case 1:
    _ = FieldValue.host(value, limit: 100)
    _ = FieldValue.identifier(value, limit: 100)
  case 2:
    try require(FieldValue.unitext(value).utf8.count <= 3 * value.count, "unitext grows")
    try require(FieldValue.xtext(value).utf8.count <= 3 * value.count, "xtext grows")
  case 3: _ = MailDate.parse(value)
  case 4: try require(EncodedWords.decode(value).utf8.count <= 3 * value.count, "encoded words grow")
  case 5:
    var boundary = ByteBuffer()
    _ = ContentType(field: value, boundary: &boundary)
    try require(boundary.count <= 200, "a boundary of \(boundary.count) bytes")
  case 6: _ = touch(Diagnostic(field: value)) &+ touch(Diagnostic(text: value))
  case 7: _ = touch(NoticeReply.find(in: value).reply)
  case 8:
    var text = ByteBuffer()
    HTMLText.append(value, to: &text)
    try require(text.count <= 8 * value.count + 8, "HTML grows")
  default: try checkTransfer(value)
  }
}

/// What was encoded comes back.
private func checkTransfer(_ value: ByteView) throws(CheckFailure) {
  var decoder = TransferDecoder()
  var decoded = ByteBuffer()
  decoder.appendBase64(value, to: &decoded)
  decoder.finishBase64(to: &decoded)
  try require(decoded.count <= value.count, "base64 grows")
  decoded.removeAll()
  decoder.appendQuotedPrintable(value, to: &decoded)
  try require(decoded.count <= value.count + 1, "quoted-printable grows")
  var encoded = ByteBuffer()
  for byte in value.buffer {
    encoded.append(0x3D)
    encoded.append("0123456789ABCDEF".withByteView { $0[Int(byte >> 4)] })
    encoded.append("0123456789ABCDEF".withByteView { $0[Int(byte & 15)] })
  }
  decoded.removeAll()
  decoder.appendQuotedPrintable(encoded.view, to: &decoded)
  try require(decoded.view.prefix(decoded.count - 1) == value, "quoted-printable loses bytes")
}
