import Bytes

@testable import Sidecar

/// softbounce.yaml: what is in effect, written out, means the same.
func checkConfiguration(_ bytes: ByteView) throws(CheckFailure) {
  guard let text = String(validating: bytes.buffer, as: UTF8.self) else { return }
  let first: Configuration
  do throws(ConfigurationError) {
    first = try Configuration(text: text, file: "f")
  } catch {
    try require(!error.description.isEmpty, "an error without words")
    return
  }
  let written = first.yaml
  do throws(ConfigurationError) {
    let second = try Configuration(text: written, file: "f")
    try equal(written, second.yaml)
  } catch {
    throw CheckFailure(message: "\(error)\n\(written)")
  }
}

private func equal(_ first: String, _ second: String) throws(ConfigurationError) {
  if first == second { return }
  throw ConfigurationError(problems: [
    ConfigurationProblem(file: "f", line: nil, key: "", reason: "written twice: \(first)\n\(second)", remedy: "")
  ])
}
