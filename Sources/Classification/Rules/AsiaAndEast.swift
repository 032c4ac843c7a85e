extension BuiltInRules {
  static let asiaAndEast = BuiltInRules(
    name: "asia-and-east.yaml",
    text: #"""
      # QQ (Tencent), NetEase (163, 126), Naver, Mail.ru, Yandex.
      # Sources: https://smtp.codes/qq, http://qiao.yimirj.com/article/detail/2261, http://ydadm.com/news_in/335,
      # https://biecuoliao.com/pa/MBRrwEM.html and https://www.51yue.net (NetEase's table of codes),
      # http://kbit.tistory.com/tag/reply%20error%20message, https://smtp.codes/450 (Yandex)
      - id: qq-frequency
        cause: rate-limited
        provider: qq
        signature: ['service.mail.qq.com', 'service.exmail.qq.com', 'open.work.weixin.qq.com']
        words: ['frequency limited', 'Connection frequency', 'IP frequency', 'Domain frequency', 'Sender frequency']
        hint: Tencent limits by address, domain and sender, for minutes, hours or the day. Slow down; registering the domain at its postmaster page helps.
        documentation: http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725
        matches: ['550 Ip frequency limited. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725',
          '450 Connection frequency limited http://service.mail.qq.com/cgi-bin/help']
      - id: qq-recipient-rate
        cause: recipient-rate
        provider: qq
        signature: ['service.mail.qq.com', 'service.exmail.qq.com']
        words: ['Mailbox unavailable or access denied']
        hint: The mailbox had much mail in a short time and is shielded for a while.
        documentation: http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725
        matches: ['550 Mailbox unavailable or access denied http://service.mail.qq.com/cgi-bin/help']
      - id: qq-content
        cause: content
        provider: qq
        signature: ['service.mail.qq.com', 'service.exmail.qq.com']
        words: ['Mail content denied', 'content denied', 'service.mail.qq.com/detail/0/92']
        hint: Tencent's filter takes this message for spam.
        documentation: http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725
        matches: ['550 Mail content denied. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000726']
      - id: qq-reputation
        cause: reputation
        provider: qq
        signature: ['service.mail.qq.com', 'service.exmail.qq.com']
        words: ['Suspected spam', 'Suspected bounce attacks', 'Suspected spam sender', 'Suspected spam ip',
          'Mail is rejected by recipients']
        hint: Tencent's view of this address or domain, or its users' complaints. Its help page, named in the reply, takes requests.
        documentation: http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725
        matches: ['550 Suspected spam sender. http://service.mail.qq.com/cgi-bin/help']
      - id: netease-connections
        cause: connection-limit
        evidence: provider
        direction: outbound
        words: ['HL:ICC', 'MI:DMC']
        hint: Fewer sessions at once, and fewer messages in each.
        documentation: http://help.163.com/09/1224/17/5RAJ4LMH00753VB8.html
        matches: ['421 HL:ICC 163 mx9,mX2 http://mail.163.com/help/help_spam_16.htm?ip=192.0.2.7',
          '451 MI:DMC 126 smtp4']
      - id: netease-rate
        cause: rate-limited
        evidence: provider
        direction: outbound
        words: ['HL:IFC', 'HL:ITC', 'MI:SFQ', 'RP:QRC', 'RP:TRC', 'MI:STC', 'MI:SPB']
        hint: Too many messages or recipients from this address or sender in a short time.
        documentation: http://help.163.com/09/1224/17/5RAJ4LMH00753VB8.html
        matches: ['421 HL:IFC 163 mx1', '451 MI:SFQ 163 smtp10', '450 RP:TRC 163 mx3']
      - id: netease-reputation
        cause: reputation
        evidence: provider
        direction: outbound
        words: ['HL:REP', 'HL:MEP', 'HL:IPB']
        hint: Many unknown recipients or forged sender domains came from this address. Clean the list.
        documentation: http://help.163.com/09/1224/17/5RAJ4LMH00753VB8.html
        matches: ['421 HL:REP 163 mx19 http://mail.163.com/help/help_spam_16.htm?ip=192.0.2.7']
      - id: netease-recipients
        cause: too-many-recipients
        evidence: provider
        direction: outbound
        words: ['RP:DRC']
        hint: Too many recipients in one session; the rest goes by itself.
        documentation: http://help.163.com/09/1224/17/5RAJ4LMH00753VB8.html
        matches: ['450 RP:DRC 163 mx2']
      - id: netease-block-list
        cause: blocklisted
        evidence: provider
        direction: outbound
        words: ['DT:RBL']
        hint: A block list that NetEase uses has this address.
        documentation: http://help.163.com/09/1224/17/5RAJ4LMH00753VB8.html
        matches: ['450 DT:RBL 163 mx14']
      - id: netease-content
        cause: content
        evidence: provider
        direction: outbound
        words: ['DT:SPM', 'DT:SUM']
        hint: The message looks like spam, or its sender like a spammer's. NetEase takes it two minutes later if it is retried and better.
        documentation: http://help.163.com/09/1224/17/5RAJ4LMH00753VB8.html
        matches: ['451 DT:SPM 163 mx15, please try again']
      - id: netease-policy
        cause: policy
        evidence: provider
        direction: outbound
        words: ['WM:BLI', 'WM:BLU']
        hint: The address or sender stands on a list that NetEase's web mail users or operators keep.
        documentation: http://help.163.com/09/1224/17/5RAJ4LMH00753VB8.html
        matches: ['450 WM:BLI 163 mx5']
      - id: netease-protocol
        cause: protocol
        evidence: provider
        direction: outbound
        words: ['MI:CEL', 'MI:CCL', 'RP:CEL', 'RP:CCL']
        hint: Too many wrong commands, or commands, in one session. Look at the session.
        documentation: http://help.163.com/09/1224/17/5RAJ4LMH00753VB8.html
        matches: ['451 RP:CEL 163 mx5']
      - id: naver-blocked
        cause: reputation
        provider: naver
        words: ['is filtered and this connection will be closed', 'Your ip blocked', 'You must register your IP']
        hint: Korean providers want senders registered (KISA's white domain list) or have had spam from this address; write to the address that the reply names.
        matches: ['421 4.3.2 Your IP(192.0.2.7) is filtered and this connection will be closed.']
      - id: yandex-recipient-rate
        cause: recipient-rate
        provider: [yandex, mail.ru]
        words: ['recipient has exceeded message rate limit', 'exceeded message rate limit']
        hint: This mailbox gets more mail than its provider lets in. It passes by itself.
        matches: ['450 4.2.1 The recipient has exceeded message rate limit. Try again later.']
      - id: mail-ru-sender-rate
        cause: rate-limited
        evidence: provider
        direction: outbound
        words: ['Ratelimit exceeded for mailbox']
        hint: Our own mailbox at Mail.ru, through which we relay, sends more than it may. Slow down.
        matches: ['451 Ratelimit exceeded for mailbox a@example.ru. Try again later.']
      - id: yandex-come-back
        cause: greylisted
        provider: yandex
        words: ['the service is currently unavailable. Please come back later']
        hint: Yandex puts new or doubtful senders off this way; the retry normally passes.
        documentation: https://yandex.com/support/mail/web/spam/honest-mailers.html
        matches: ['451 4.7.1 Sorry, the service is currently unavailable. Please come back later.']
      """#)
}
