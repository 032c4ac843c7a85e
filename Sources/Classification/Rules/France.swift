extension BuiltInRules {
  static let france = BuiltInRules(
    name: "france.yaml",
    text: #"""
      # Orange, La Poste, SFR, Free. Their replies are French and English side by side, with a token at the end.
      # Sources: https://bentonow.com/smtp-errors/orange (and /laposte, /sfr), https://postmaster.orange.fr,
      # https://www.postmastery.com/laposte-net-postmaster-smtp-error-codes-lpn/,
      # https://www.suped.com (Orange OFR_999, OFR_108)
      - id: french-authentication
        cause: authentication
        provider: [orange, laposte]
        signature: ['OFR*', 'LPN*', 'smtp.orange.fr']
        words: ['SPF/DNS de votre nom de domaine', '*_401', '*_517']
        hint: SPF or DMARC of our domain does not pass at Orange or La Poste. Check the records.
        documentation: https://postmaster.orange.fr
        matches: ['421 smtp.orange.fr [192.0.2.7] Emetteur invalide, Veuillez verifier la configuration SPF/DNS de votre nom de domaine. Invalid Sender. SPF check failed, please verify the SPF/DNS configuration for your domain name.',
          '571 5.7.1 Message refused, DMARC verification Failed. LPN007_517']
        rejects: ['421 mwinf5c04 ME Trop de connexions, veuillez verifier votre configuration. Too many connections, slow down. OFR004_104 [104]']
      - id: french-block-list
        cause: blocklisted
        provider: [orange, laposte]
        signature: ['OFR*', 'LPN*']
        words: ['*_101', '*_102', 'bloquee pour incident de spam']
        hint: A list that Orange or La Poste goes by (Spamhaus, Cloudmark, Sender Score) has this address; the reply names the page that takes requests.
        documentation: https://postmaster.orange.fr
        matches: ['550 mwinf5c04 ME Adresse IP source bloquee pour incident de spam. Client host blocked for spamming issues. OFR006_102 Ref http://csi.cloudmark.com/reset-request/?ip=192.0.2.7 [102]']
        rejects: ['421 mwinf5c04 ME Trop de connexions, veuillez verifier votre configuration. Too many connections, slow down. OFR004_104 [104]']
      - id: french-system
        cause: system-busy
        provider: [orange, laposte]
        signature: ['OFR*', 'LPN*']
        words: ['*_505']
        hint: Trouble on Orange's or La Poste's side. Waiting helps.
        matches: ['421 4.2.1 Service refuse. Veuillez essayer plus tard. Service refused, please try later. LPN007_505']
        rejects: ['421 4.2.1 Service refuse. Veuillez essayer plus tard. Service refused, please try later. LPN006_107']
      - id: laposte-connections
        cause: connection-limit
        provider: laposte
        signature: ['LPN*']
        words: ['*_104']
        hint: La Poste allows two sessions at once and about 100 messages in each.
        documentation: https://www.postmastery.com/laposte-net-postmaster-smtp-error-codes-lpn/
        matches: ['421 4.7.0 Too many connections, slow down. LPN105_104']
        rejects: ['421 4.7.0 Too many bad commands']
      - id: laposte-rate
        cause: rate-limited
        provider: laposte
        signature: ['LPN*']
        words: ['*_105', '*_107', '*_108', '*_109', '*_423', '*_424']
        hint: La Poste has had enough from this address for now. Two sessions at once, about 100 messages each.
        documentation: https://www.postmastery.com/laposte-net-postmaster-smtp-error-codes-lpn/
        matches: ['421 4.2.1 Service refuse. Veuillez essayer plus tard. Service refused, please try later. LPN006_107']
        rejects: ['421 4.2.1 Service refuse. Veuillez essayer plus tard. Service refused, please try later. LPN007_505']
      - id: french-mailbox-closed
        cause: mailbox-unavailable
        provider: [orange, laposte]
        signature: ['OFR*', 'LPN*']
        words: ['*_420', '*_426', 'destinataire archivee', 'compte du destinataire est bloque']
        hint: The mailbox is archived or blocked. Remove the address if it stays so.
        matches: ['550 5.5.0 Boite du destinataire archivee. Archived recipient. LPN007_420']
        rejects: ['552 5.1.1 Boite du destinataire pleine. Recipient overquota. OFR_417 [417]']
      - id: orange-connections
        cause: connection-limit
        evidence: provider
        direction: outbound
        words: ['OFR004_104', 'OFR_104', 'OFR005_104', 'OFR006_104', 'Trop de connexions']
        hint: Orange allows few sessions at once. Lower concurrency for orange.fr and wanadoo.fr.
        documentation: https://postmaster.orange.fr
        matches: ['421 mwinf5c04 ME Trop de connexions, veuillez verifier votre configuration. Too many connections, slow down. OFR004_104 [104]']
        rejects: ['421 4.7.0 Too many connections, slow down. LPN105_104']
      - id: orange-service-refused
        cause: rate-limited
        evidence: provider
        direction: outbound
        words: ['OFR004_105', 'OFR_105', 'OFR004_108', 'OFR_108', 'OFR_109', 'OFR_999', 'OFR005_108', 'OFR006_108',
          'ME Service refuse']
        hint: Orange has had enough from this address for now. Hold bulk mail for some hours, then go on slowly.
        documentation: https://postmaster.orange.fr
        matches: ['421 mwinf5c28 ME Service refuse. Veuillez essayer plus tard. Service refused, please try later. OFR_108 [108]',
          '421 mwinf5c10 ME Service refuse. Veuillez essayer plus tard. OFR_999 [999]']
        rejects: ['421 4.2.1 Service refuse. Veuillez essayer plus tard. Service refused, please try later. LPN007_505']
      - id: orange-content
        cause: content
        evidence: provider
        direction: outbound
        words: ['OFR_506', 'OFR004_506', 'OFR005_506', 'OFR006_506']
        hint: Orange's filter takes this message for spam.
        documentation: https://postmaster.orange.fr
        matches: ['550 5.2.0 Mail rejete. Mail rejected. OFR_506 [506]']
        rejects: ['450 address rejected']
      - id: orange-mailbox-full
        cause: mailbox-full
        evidence: provider
        direction: outbound
        words: ['OFR_417', 'OFR004_417', 'OFR005_417', 'OFR006_417', 'Boite du destinataire pleine']
        hint: Only the recipient can make room.
        documentation: https://postmaster.orange.fr
        matches: ['552 5.1.1 Boite du destinataire pleine. Recipient overquota. OFR_417 [417]']
        rejects: ['550 5.5.0 Boite du destinataire archivee. Archived recipient. LPN007_420']
      - id: orange-recipient
        cause: mailbox-unavailable
        nonexistent: recipient
        evidence: provider
        direction: outbound
        words: ['OFR_416', 'OFR004_416', 'OFR005_416', 'OFR006_416']
        hint: Orange knows no such mailbox. Remove the address.
        documentation: https://postmaster.orange.fr
        matches: ['550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]']
        rejects: ['550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. LPN007_416']
      - id: orange-refused
        cause: policy
        evidence: provider
        direction: outbound
        codes: ['4**']
        words: ['Service refuse', 'service refused']
        all_of: ['OFR*']
        none_of: ['too many*', 'trop de*']
        hint: Orange refuses us for now, with a code that it does not explain. Ask its postmaster, with the code, if it stays so.
        documentation: https://postmaster.orange.fr
        matches: ['421 4.1.1 BXpE Service refuse. Veuillez essayer plus tard. OFR005_411 [411]',
          '421 opmta1 smtp.orange.fr x Service refuse. Veuillez essayer plus tard. service refused, please try later. OFR_411 [411]']
        rejects: ['550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]']
      - id: french-sender
        cause: sender-unverified
        evidence: provider
        direction: outbound
        words: ['LPN007_405', 'OFR004_405', 'OFR005_405', 'OFR_405', 'Emetteur invalide']
        hint: La Poste and Orange want a sender address whose domain resolves, takes mail and passes SPF.
        matches: ['450 4.1.8 Emetteur invalide. Invalid Sender. LPN007_405']
        rejects: ['550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]']
      - id: laposte-refused
        cause: reputation
        evidence: provider
        direction: outbound
        words: ['LPN027_503', 'LPN007_503']
        hint: La Poste slows this address down after errors or complaints. Two sessions at once, about 100 messages each.
        documentation: https://www.postmastery.com/laposte-net-postmaster-smtp-error-codes-lpn/
        matches: ['450 4.7.1 Client host rejected: Service refuse. Veuillez essayer plus tard. service refused, please try later. LPN027_503']
        rejects: ['421 4.2.1 Service refuse. Veuillez essayer plus tard. Service refused, please try later. LPN007_505']
      - id: laposte-recipient
        cause: mailbox-unavailable
        nonexistent: recipient
        evidence: provider
        direction: outbound
        words: ['LPN007_416', 'LPN416']
        hint: La Poste knows no such mailbox. Remove the address.
        documentation: https://www.postmastery.com/laposte-net-postmaster-smtp-error-codes-lpn/
        matches: ['550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. LPN007_416']
        rejects: ['550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]']
      - id: laposte-policy
        cause: policy
        evidence: provider
        direction: outbound
        words: ['LPN007_510', 'LPN005_510', 'LPN000_630']
        hint: La Poste's filter refuses this; write to its postmaster with log lines if mail is wanted.
        documentation: https://www.postmastery.com/laposte-net-postmaster-smtp-error-codes-lpn/
        matches: ['550 5.5.0 Service refuse. Service refused. LPN007_510']
        rejects: ['421 4.2.1 Service refuse. Veuillez essayer plus tard. Service refused, please try later. LPN007_505']
      - id: sfr-volume
        cause: rate-limited
        evidence: provider
        direction: outbound
        words: ['SFR_IN_105', 'SFR_IN_205', 'SFR_IN_305', 'SFR_IN_405']
        hint: Too many messages; SFR blocks the address for two hours.
        matches: ['450 4.7.1 Service refused due to bad behavior. SFR_IN_105']
        rejects: ['450 4.7.1 Service refused due to bad behavior. SFR_IN_102']
      - id: sfr-virus
        cause: content
        evidence: provider
        direction: outbound
        words: ['SFR_IN_102', 'SFR_IN_202', 'SFR_IN_302', 'SFR_IN_402']
        hint: Virus mail came from this address; SFR blocks it for two hours.
        matches: ['450 4.7.1 Service refused due to bad behavior. SFR_IN_102']
        rejects: ['450 4.7.1 Service refused due to bad behavior. SFR_IN_105']
      - id: sfr-behaviour
        cause: reputation
        evidence: provider
        direction: outbound
        words: ['SFR_IN_*', 'Service refused due to bad behavior']
        hint: SFR blocks the address for two hours; the last digits say why (01 spam, 03 protocol errors, 04 unknown recipients).
        matches: ['450 4.7.1 Service refused due to bad behavior. SFR_IN_101']
        rejects: ['550 5.5.0 Service refuse. Service refused. LPN007_510']
      - id: sfr-abuse
        cause: reputation
        evidence: provider
        direction: outbound
        words: ['Abus detecte', 'GU_EIB_*']
        hint: SFR (neuf.fr) saw abuse from this address and refuses it for a time. Look for spam from our side.
        matches: ['554 5.7.1 <mail.example.com[192.0.2.7]>: Client host rejected: Abus detecte GU_EIB_02']
        rejects: ['450 4.7.1 Client host rejected: Access denied']
      - id: free-spam
        cause: reputation
        evidence: provider
        direction: outbound
        words: ['Too many spams from your IP', 'Too many spams']
        hint: Free has had spam from this address; the page it names lets one ask for a reset.
        documentation: http://postmaster.free.fr/
        matches: ['421 Too many spams from your IP (192.0.2.7), please visit http://postmaster.free.fr/']
        rejects: ['421 Too many invalid commands']
      """#)
}
