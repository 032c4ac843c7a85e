extension BuiltInRules {
  static let lastResorts = BuiltInRules(
    name: "last-resorts.yaml",
    text: #"""
      # What is left when neither text nor enhanced code says why: the reply code (RFC 5321, section 4.2.3), then
      # the point of the session.
      - id: reply-mailbox-full
        cause: mailbox-full
        codes: ['422']
        hint: Only the recipient can make room.
        matches: ['422 nothing else is said']
        rejects: ['452 nothing else is said']
      - id: reply-storage-inbound
        cause: local-resource
        direction: inbound
        codes: ['452']
        hint: Our own server has no room or no resources left.
        matches: ['452 nothing else is said']
        rejects: ['451 nothing else is said']
      - id: reply-storage
        cause: system-storage
        direction: outbound
        codes: ['452']
        hint: The receiving server has run out of space; its operator has to act.
        matches: ['452 nothing else is said']
        rejects: ['451 nothing else is said']
      - id: reply-tls
        cause: tls-failure
        direction: inbound
        codes: ['454']
        stages: starttls
        hint: Our own server could not start TLS for this client; its log says why.
        matches: ['454 nothing else is said']
        rejects: ['451 nothing else is said']
      - id: reply-credentials
        cause: local-configuration
        direction: outbound
        codes: ['432', '454', '530', '534', '535', '538']
        hint: The server wants a login, or another than we gave.
        matches: ['454 nothing else is said', '535 nothing else is said']
        rejects: ['451 nothing else is said', '554 nothing else is said']
      - id: reply-relaying
        cause: policy
        direction: inbound
        codes: ['454']
        hint: Our rules do not let this client through.
        matches: ['454 nothing else is said']
        rejects: ['450 nothing else is said']
      - id: reply-protocol
        cause: protocol
        codes: ['455', '50*']
        hint: The server did not like what our server said; look at the session.
        matches: ['455 nothing else is said', '503 nothing else is said']
        rejects: ['450 nothing else is said', '554 nothing else is said']
      - id: reply-greeting-refused
        cause: policy
        direction: outbound
        stages: [connect, ehlo]
        codes: ['55*', '52*']
        hint: The server turns us away at its door with a permanent code; our server tries another day.
        matches: ['554 nothing else is said']
        rejects: ['421 nothing else is said']
      - id: reply-busy
        cause: system-busy
        direction: outbound
        codes: ['421', '450', '451', '431', '432', '4**']
        hint: The server gives no reason that is known. Waiting usually helps.
        matches: ['421 nothing else is said', '450 nothing else is said', '451 nothing else is said']
        rejects: ['554 nothing else is said']
      - id: reply-later-inbound
        cause: system-busy
        scope: local
        direction: inbound
        codes: ['4**']
        hint: Our own server, or a filter or policy of it, gave the client no reason.
        matches: ['451 Please try again later', '450 nothing else is said']
        rejects: ['554 nothing else is said']
      - id: reply-no-such-mailbox
        cause: mailbox-unavailable
        stages: rcpt
        codes: ['550', '551', '553']
        hint: The server has no use for this address. Check that it is right; if it stays so, remove it.
        matches: ['550 nothing else is said']
        rejects: ['450 nothing else is said', '554 nothing else is said']
      - id: reply-too-large
        cause: message-too-large
        codes: ['552']
        stages: [data, end-of-data, mail]
        hint: The message is larger than the recipient or the server takes.
        matches: ['552 nothing else is said']
        rejects: ['452 nothing else is said']
      - id: reply-refused
        cause: policy
        codes: ['5**']
        hint: The server refuses and does not say why.
        matches: ['554 nothing else is said']
        rejects: ['450 nothing else is said']
      - id: stage-connect
        cause: connect-failure
        origin: transport
        stages: connect
        hint: No connection came about, and the log does not say why.
        matches: ['nothing is said']
      - id: stage-tls
        cause: tls-failure
        origin: transport
        stages: starttls
        hint: TLS did not come about, and the log does not say why.
        matches: ['nothing is said']
      - id: stage-auth
        cause: local-configuration
        direction: outbound
        stages: auth
        hint: The login at the relay did not work; look at its entry in smtp_sasl_password_maps.
        matches: ['nothing is said']
      - id: stage-session
        cause: connection-lost
        origin: transport
        stages: [ehlo, mail, rcpt, data, end-of-data]
        hint: The session broke off, and the log does not say why.
        matches: ['nothing is said']
      """#)
}
