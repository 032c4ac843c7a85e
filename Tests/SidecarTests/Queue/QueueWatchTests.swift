import Testing

@testable import Sidecar

@Suite struct QueueWatchTests {
  /// What postqueue(1) says, and what helps.
  @Test(arguments: [
    ("ended with 69: postqueue: fatal: Queue report unavailable - mail system is down", "Postfix does not run"),
    ("ended with 69: postqueue: warning: connect to public/showq: Permission denied", "setgid postdrop"),
    ("could not be run: No such file or directory; is it there and executable?", "queue.command"),
    ("did not end within 60 seconds", "queue.interval"), ("was ended by signal 11", "as our user"),
  ])
  func aRemedyFitsItsProblem(_ problem: String, _ words: String) {
    #expect(QueueWatch.remedy(for: problem).contains(words))
  }
}
