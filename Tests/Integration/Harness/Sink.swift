import Foundation

/// Someone else's mail server: an smtp-sink under a name and an address of the private world.
final class Sink {
  let host: String
  let address: String
  private let directory: String
  private var server: Server?

  /// Serves `domain` under the name `host`; `options` are smtp-sink's. `isListening` false: the address refuses.
  init(_ domain: String, host: String, address: String, _ options: [String] = [], isListening: Bool = true) throws {
    self.host = host
    self.address = address
    directory = try World.scratch("sink")
    try World.addNames("\(domain) MX 10 \(host)", "\(host) A \(address)")
    if isListening { try behave(options) }
  }

  /// Starts anew with other options.
  func behave(_ options: [String]) throws {
    server?.end()
    let arguments = ["-u", "nobody", "-h", host] + options + ["inet:\(address):25", "256"]
    server = try Server("/usr/sbin/smtp-sink", arguments, output: directory + "/output")
    let isUp = try eventually { try Command.run("ss", ["-Hltn", "src \(address) and sport = 25"]).output.isEmpty == false }
    guard isUp else { throw Trouble("the sink \(host) does not listen: \(server?.output ?? "")") }
  }

  func stop() { server?.end() }

  deinit { stop() }
}
