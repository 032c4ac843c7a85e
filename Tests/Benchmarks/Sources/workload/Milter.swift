import Glibc
import Milter

/// Sees everything and keeps nothing: the milter's own cost.
private struct Onlooker: MilterObserver {
  func message(_ message: ObservedMessage) {}
  func rejectedRecipient(_ rejection: RejectedRecipient) {}
  func deliveryStatus(_ report: ObservedReport) {}
}

extension Workload {
  static func serve(_ socket: String, headers: Bool) throws {
    var configuration = MilterConfiguration(socket: try MilterSocket(socket))
    configuration.wantsIdentityHeaders = headers
    configuration.wantsReports = headers
    let ending = try MilterServer(configuration: configuration, observer: Onlooker()).run()
    print(ending)
  }
}
