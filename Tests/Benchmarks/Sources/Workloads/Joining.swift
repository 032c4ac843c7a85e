public import Intake
public import Journal

import Classification
public import MailLog
import SMTPTypes

/// The generated logs' joiner: built-in rules, lines of March 2026.
public func generatedLogIntake(sink: any EventSink) -> Intake {
  Intake(
    options: Intake.Options(), classifier: .builtIn(), providers: ProviderMap(), parser: generatedLogParser(),
    sink: sink)
}

/// A parser whose stamps without a year are of 2026.
public func generatedLogParser() -> LogParser {
  LogParser(stamps: StampResolver(reference: Timestamp(seconds: 1_795_456_788), zone: .utc))
}
