import ArgumentParser
import Classification
import Glibc
import Reporting

/// Where rules beside our own come from: a directory of files, or one file.
struct RuleSource {
  let path: String
  /// The user named it; else it is the site's usual place, which need not be there.
  let isAsked: Bool

  init(_ path: String, isAsked: Bool) {
    self.path = path
    self.isAsked = isAsked
  }

  /// These rules and ours. A rule that is refused is told on standard error, and the rest holds.
  /// - Throws: `ValidationError` if the user named something that is not there.
  func classifier(_ console: Console) throws -> Classifier {
    let files = try files()
    guard !files.isEmpty else { return Classifier.builtIn() }
    let classifier = Classifier(layers: files)
    for error in classifier.errors.prefix(5) { console.diagnose(Printable.text("\(error)", limit: 600)) }
    if classifier.errors.count > 5 {
      console.diagnose("\(classifier.errors.count - 5) more; softbounce rules check FILE tells all")
    }
    return classifier
  }

  /// The rule files there, in the order of their names.
  func files() throws -> [RuleFile] {
    var status = stat()
    guard stat(path, &status) == 0 else {
      if isAsked { throw ValidationError(InputError.unreadable(path, errno).description) }
      return []
    }
    return status.st_mode & S_IFMT == S_IFDIR ? RuleFile.files(inDirectory: path) : [RuleFile(path: path)]
  }
}
