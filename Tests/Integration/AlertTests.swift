import Foundation
import Testing

extension IntegrationTests {
  @Suite struct Alert {
    @Test("a threshold crossed in the running sidecar is journaled and runs a command, and so is its end")
    func tripsAndClears() throws {
      let good = try Sink("good.example", host: "mx.good.example", address: "198.51.100.30")
      let bad = try Sink("bad.example", host: "mx.bad.example", address: "198.51.100.32", isListening: false)
      defer {
        good.stop()
        bad.stop()
      }
      let directory = try World.scratch("hook")
      let hook = "#!/bin/sh\n{ env | grep ^SOFTBOUNCE_; cat; echo; } >>\(directory)/told\n"
      try hook.write(toFile: directory + "/hook", atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: directory + "/hook")
      let alerts = """
          notify:
            - command: [\(directory)/hook]
          rules:
            - {name: too-much, metric: deferral-rate, above: 40%, clear_below: 20%, window: 60s, minimum: 5}
        """
      func told() -> String { (try? String(contentsOfFile: directory + "/told", encoding: .utf8)) ?? "" }

      try Site(alerts: alerts).run { site in
        try Mail(messages: 8, sessions: 2, to: "user@bad.example").send()
        #expect(try site.events("alert", 1, within: 30).count == 1)
        #expect(eventually { told().contains("too-much") })
        let once = told().count
        // The server is back, and mail that arrives thins the rate out until it falls below the other threshold.
        try bad.behave([])
        try Mail(messages: 150, sessions: 5, to: "user@good.example").send()
        let alerts = try site.events("alert", 2, within: 90)
        #expect(alerts.count == 2)
        #expect(eventually { told().count > once })
        site.sidecar.end()
        #expect(try site.sidecar.report().alert_count >= 1)
      }
    }

    @Test("a configuration with mistakes is refused with file, key and remedy, and nothing is started")
    func refusedConfiguration() throws {
      let directory = try World.scratch("configuration")
      let file = directory + "/softbounce.yaml"
      try "journal:\n  directroy: /var/lib/x\n".write(toFile: file, atomically: true, encoding: .utf8)
      for arguments in [["--check-config", "--config", file], ["--config", file]] {
        let run = try Command.run(World.binaries + "/softbounced", arguments)
        #expect(run.status != 0)
        #expect(run.output.contains(file) && run.output.contains("directroy"), "\(run.output)")
      }
    }
  }
}
