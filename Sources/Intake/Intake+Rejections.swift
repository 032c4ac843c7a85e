// What our own server turned away with a 4xx, as the log and the milter tell it.

import Bytes
import Classification
import Journal
import MailLog
import SMTPTypes

extension Intake {
  func take(_ record: RejectionRecord, _ header: LogHeader, _ host: Int, _ verdict: Verdict?) {
    guard record.isTransient, !isWarmingUp, let verdict else { return }
    var event = Event(time: header.time, type: .rejection)
    event.source = .log
    event.host = hosts[host].nameView
    event.instance = header.instance
    event.service = header.service
    event.direction = .inbound
    event.hop = .external
    event.queueID = record.queueID
    event.sender = record.sender
    event.recipient = record.recipient.flatMap { $0.isEmpty ? nil : $0 }
    event.domain = record.recipient.flatMap { MailAddress.domain(of: $0) }
    event.user = record.user
    event.client = Event.Client(unlessEmpty: record.clientHost, record.clientAddress)
    if event.client == nil, let queueID = record.queueID, let life = lives.find(host: host, queueID: queueID) {
      // What a milter of Sendmail's says after DATA names nobody: the line before it did.
      let texts = lives[life].texts
      event.sender = event.sender ?? texts.view(lives[life].sender)
      event.client = Event.Client(
        unlessEmpty: texts.view(lives[life].clientHost) ?? .empty, texts.view(lives[life].clientAddress) ?? .empty)
    }
    event.status = record.reply.enhanced
    event.offset = offset
    add(verdict, to: &event, stage: record.stage, reply: record.reply)
    guard options.hasMilter, let sender = record.sender, let recipient = record.recipient else {
      give(rejection: event, host)
      return
    }
    let key = RejectionMatcher.key(client: record.clientAddress, sender: sender, recipient: recipient)
    if let seen = rejections.takeObserved(key, at: header.time) {
      withUser(of: seen, event) { give(rejection: $0, host) }
      return
    }
    if rejections.takeTold(key, at: header.time) {
      hosts[host].tally.countTrouble(Intake.lateLine)
      hosts[host].tallyIsEmpty = false
      return
    }
    releaseRejections(logReached: header.time)
    guard rejections.hasRoomForLogged else {
      give(rejection: event, host)
      return
    }
    var buffer = ByteBuffer(capacity: 1024)
    EventEncoder.append(event, to: &buffer)
    rejections.hold(
      RejectionMatcher.Logged(key: key, time: header.time, host: host, line: Array(buffer.view.buffer)))
  }

  /// Takes a rejection that the milter saw.
  public func observe(_ rejection: ObservedRejection) {
    let key = rejection.clientAddress.withByteView { client in
      rejection.sender.withByteView { sender in
        rejection.recipient.withByteView { RejectionMatcher.key(client: client, sender: sender, recipient: $0) }
      }
    }
    guard options.followsLog else {
      giveAlone(rejection)
      return
    }
    if let logged = rejections.takeLogged(key, at: rejection.time) {
      if let line = logged.line { give(heldLine: line, logged.host, seen: rejection) }
      return
    }
    if rejections.hasRoomForObserved {
      rejections.hold(RejectionMatcher.Observed(key: key, rejection: rejection))
    }
  }

  /// Takes a message's identity.
  public func observe(_ message: MessageIdentity) {
    identities.add(message)
  }

  // MARK: What waits

  func releaseRejections(logReached now: Timestamp) {
    while let logged = rejections.nextDueLogged(now) {
      if let line = logged.line { give(heldLine: line, logged.host, seen: nil) }
    }
    while let observed = rejections.nextDueObserved(now) { giveAlone(observed) }
  }

  /// Gives out what waits in the log's order. What only the milter saw waits on, unless no log is followed.
  func releaseAllRejections() {
    while let logged = rejections.nextDueLogged(nil) {
      if let line = logged.line { give(heldLine: line, logged.host, seen: nil) }
    }
  }

  private func give(heldLine line: [UInt8], _ host: Int, seen: ObservedRejection?) {
    line.withUnsafeBufferPointer { buffer in
      var decoder = EventDecoder()
      guard let decoded = try? decoder.decode(ByteView(buffer)), case .event(let event) = decoded else { return }
      if let seen { withUser(of: seen, event) { give(rejection: $0, host) } } else { give(rejection: event, host) }
    }
  }

  /// What no log line told: the milter's view is the event.
  private func giveAlone(_ rejection: ObservedRejection) {
    guard !isWarmingUp else { return }
    let host = host(named: .empty, time: rejection.time)
    let texts = ByteStore([
      rejection.clientHost, rejection.clientAddress, rejection.sender, rejection.recipient, rejection.user ?? "",
      rejection.text,
    ])
    var event = Event(time: rejection.time, type: .rejection)
    event.source = .milter
    event.host = hosts[host].nameView
    event.direction = .inbound
    event.hop = .external
    event.client = Event.Client(unlessEmpty: texts[0], texts[1])
    event.sender = texts[2]
    event.recipient = texts[3].isEmpty ? nil : texts[3]
    event.domain = MailAddress.domain(of: texts[3])
    if rejection.user != nil { event.user = texts[4] }
    event.status = rejection.status.withByteView { EnhancedStatusCode($0) }
    let reply = Reply(code: nil, enhanced: event.status, text: texts[5])
    let verdict = assessor.pointee.judge(rejection: reply, stage: .rcpt)
    add(verdict, to: &event, stage: .rcpt, reply: reply)
    withExtendedLifetime(texts) { give(rejection: event, host) }
  }

  private func withUser(of seen: ObservedRejection, _ event: borrowing Event, _ body: (borrowing Event) -> Void) {
    guard let user = seen.user, event.user == nil else {
      body(event)
      return
    }
    var enriched = copy event
    user.withByteView { view in
      enriched.user = view
      body(enriched)
    }
  }

  private func add(_ verdict: Verdict, to event: inout Event, stage: Stage?, reply: Reply) {
    event.origin = .ownReply
    event.stage = stage
    event.reply = reply
    event.take(verdict, rule: memory.pointee.rules[verdict.rule], ruleset: memory.pointee.rules.ruleset)
  }

  /// Gives a rejection out, or counts it when its (cause, stage) had its share of this minute.
  private func give(rejection event: borrowing Event, _ host: Int) {
    let state = hosts[host]
    let minute = HostState.minute(of: event.time).microseconds
    if minute != state.rejectionMinute {
      state.rejectionMinute = minute
      state.rejectionCounts.removeAll(keepingCapacity: true)
    }
    let key = UInt16(event.cause?.rawValue ?? 0) << 8 | UInt16(event.stage?.rawValue ?? 255)
    let count = (state.rejectionCounts[key] ?? 0) + 1
    state.rejectionCounts[key] = count
    guard count > options.rejectionLimit else {
      sink.receive(event)
      return
    }
    tellCounted(event, as: "one of many in its minute")
    var name = ByteBuffer(capacity: 64)
    name.append((event.cause ?? .unclassified).name)
    name.append("/")
    name.append(event.stage?.name ?? "unknown")
    state.tally.countRejection(name.view)
    state.tallyIsEmpty = false
  }
}
