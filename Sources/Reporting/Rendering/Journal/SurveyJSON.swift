public import Journal

import SMTPTypes

/// A journal's inventory for programs; keys are stable.
public struct SurveyJSON {
  public init() {}

  public func render(_ survey: JournalSurvey) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("directory", survey.directory)
      writer.member("lines", survey.lines)
      writer.member("bytes", survey.bytes)
      writer.member("stored_bytes", survey.stored)
      writer.member("earliest", survey.earliest?.description)
      writer.member("latest", survey.latest?.description)
      writer.object("events") { writer in
        for type in EventType.allCases {
          if let count = survey.events[type], count > 0 { writer.member(named: type.description, count) }
        }
      }
      writer.array("positions") { writer in
        for position in survey.positions { SurveyJSON.append(position, &writer) }
      }
      writer.member("gap_count", survey.gapCount)
      writer.array("gaps") { writer in
        for gap in survey.gaps {
          writer.object { writer in
            writer.member("time", gap.time.description)
            writer.member("source", gap.source?.description)
            writer.member("count", gap.count)
            writer.member("note", gap.note)
          }
        }
      }
      writer.member("unfinished_erasures", survey.unfinishedErasures)
      writer.member("damages", survey.report.damages)
      writer.array("segments") { writer in
        for segment in survey.segments { SurveyJSON.append(segment, &writer) }
      }
    }
    return writer.text
  }

  private static func append(_ position: SourcePositions.Position, _ writer: inout JSONWriter) {
    let checkpoint = position.checkpoint
    writer.object { writer in
      writer.member("source", checkpoint.source.description)
      writer.member("host", checkpoint.host)
      writer.member("path", checkpoint.path)
      writer.member("time", checkpoint.time.description)
      writer.member("offset", checkpoint.offset)
      writer.member("cursor", checkpoint.cursor)
      writer.member("written", position.greatestOffset)
    }
  }

  static func append(_ segment: JournalSurvey.Segment, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("file", segment.file)
      writer.member("first", Int(clamping: segment.first))
      writer.member("sealed", segment.isSealed)
      writer.member("lines", segment.lines)
      writer.member("events", segment.events)
      writer.member("bytes", segment.bytes)
      writer.member("stored_bytes", segment.stored)
      writer.member("earliest", segment.earliest?.description)
      writer.member("latest", segment.latest?.description)
    }
  }
}
