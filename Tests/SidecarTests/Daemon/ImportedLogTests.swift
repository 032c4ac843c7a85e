import Glibc
import Testing

@testable import Sidecar

/// Both programs on one journal: what was imported is not followed again.
@Suite(.enabled(if: Program.path != nil, "softbounced is not built beside the tests"))
struct ImportedLogTests {
  private func importing(_ site: Site, _ files: String..., host: String = "mx1.example.org") -> Int32 {
    guard let path = Program.path else { return -1 }
    let arguments = ["import", "--host", host, "--journal", site.journal] + files
    return JournalFiles.run([String(path.dropLast())] + arguments)
  }

  @Test func theFirstStartGoesOnBehindAnImport() throws {
    let directory = try Directory()
    let site = Site(directory)
    let writer = Writer(site.log)
    let load = Load(writer)
    load.write(50)
    Rotation.byRename(site.log, keep: 10)
    writer.reopen()
    load.write(60)
    #expect(importing(site, site.log + ".1", site.log) == 0)
    load.write(30)
    for _ in 0..<2 {
      let program = try Program(configuration: try site.write(), directory: directory)
      #expect(program.wait(for: "reading "))
      load.write(20)
      #expect(try site.wait { $0.deferred.count == load.deferred.count })
      #expect(program.terminate() == 0)
    }
    try check(site, load)
  }

  /// A line counts once whatever the host was called when it was read.
  @Test func aHostThatWasRenamedReadsNothingAgain() throws {
    let directory = try Directory()
    var site = Site(directory)
    let writer = Writer(site.log)
    let load = Load(writer)
    load.write(40)
    #expect(importing(site, site.log, host: "vm") == 0)
    for name in ["mx1.example.org", "mx2.example.org", "mx1.example.org"] {
      load.write(20)
      site.host = name
      let program = try Program(configuration: try site.write(), directory: directory)
      #expect(program.wait(for: "reading "))
      load.write(10)
      #expect(try site.wait { $0.deferred.count == load.deferred.count })
      #expect(program.terminate() == 0)
    }
    try check(site, load)
  }

  @Test func aStoppedSidecarGoesOnBehindAnImport() throws {
    let directory = try Directory()
    let site = Site(directory)
    let writer = Writer(site.log)
    let load = Load(writer)
    load.write(40)
    let first = try Program(configuration: try site.write(), directory: directory)
    #expect(first.wait(for: "reading "))
    #expect(try site.wait { $0.deferred.count == load.deferred.count })
    // Killed: what it wrote since its last checkpoint is known to it alone.
    first.kill()
    load.write(30)
    Rotation.byRename(site.log, keep: 10)
    writer.reopen()
    load.write(50)
    #expect(importing(site, site.log, site.log + ".1") == 0)
    load.write(25)
    let second = try Program(configuration: try site.write(), directory: directory)
    #expect(second.wait(for: "reading "))
    load.write(10)
    #expect(try site.wait { $0.deferred.count == load.deferred.count })
    #expect(second.terminate() == 0)
    try check(site, load)
  }

  private func check(_ site: Site, _ load: Load) throws {
    let after = try site.read()
    #expect(after.lines == load.lines)
    #expect(after.attempts == load.attempts)
    #expect(after.difference(load.deferred) == [])
    #expect(after.twice.isEmpty)
    #expect(after.gaps.isEmpty, "\(after.gaps)")
    #expect(after.problems.isEmpty)
  }
}
