extension BuiltInRules {
  static let asiaAndEast = BuiltInRules(
    name: "asia-and-east.yaml",
    text: #"""
      # QQ (Tencent), NetEase (163, 126), Aliyun, Coremail, Naver, Daum, Docomo, Mail.ru, Yandex.
      # Sources: https://smtp.codes/qq, http://qiao.yimirj.com/article/detail/2261, http://ydadm.com/news_in/335,
      # https://biecuoliao.com/pa/MBRrwEM.html and https://www.51yue.net (NetEase's table of codes),
      # http://kbit.tistory.com/tag/reply%20error%20message, https://smtp.codes/450 (Yandex),
      # https://wenku.csdn.net/doc/3wjr6q8vfx (NetEase), https://www.qcnsw.com/jcxq1944_142.html (Aliyun),
      # https://puffinknight.tistory.com/102 (Naver), https://oliveit.tistory.com/39 (Daum),
      # https://note.com/sendmagic/n/neb6bbe7e51cf (Docomo)
      - id: qq-frequency
        cause: rate-limited
        provider: qq
        signature: ['service.mail.qq.com', 'service.exmail.qq.com', 'open.work.weixin.qq.com']
        words: ['frequency limited', 'Connection frequency', 'IP frequency', 'Domain frequency', 'Sender frequency']
        hint: Tencent limits by address, domain and sender, for minutes, hours or the day. Slow down; registering the domain at its postmaster page helps.
        documentation: http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725
        matches: ['550 Ip frequency limited. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725',
          '450 Connection frequency limited http://service.mail.qq.com/cgi-bin/help']
        rejects: ['550 Mail content denied. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000726']
      - id: qq-recipient-rate
        cause: recipient-rate
        provider: qq
        signature: ['service.mail.qq.com', 'service.exmail.qq.com']
        words: ['Mailbox unavailable or access denied']
        hint: The mailbox had much mail in a short time and is shielded for a while.
        documentation: http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725
        matches: ['550 Mailbox unavailable or access denied http://service.mail.qq.com/cgi-bin/help']
        rejects: ['550 Mail content denied. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000726']
      - id: qq-sender-domain
        cause: sender-unverified
        evidence: provider
        words: ['Domain may not exist or DNS check failed']
        hint: Tencent can't look up the domain of our envelope sender, or finds neither MX nor address for it. Look at its DNS as seen from China.
        documentation: https://service.mail.qq.com/detail/122/131
        matches: ['550 Domain may not exist or DNS check failed',
          '550 Domain may not exist or DNS check failed [MAbCd+12== IP: 192.0.2.7]. https://service.mail.qq.com/detail/122/131.']
        rejects: ['550 Domain may not exist', '550 Mailbox unavailable or access denied http://service.mail.qq.com/cgi-bin/help']
      - id: qq-content
        cause: content
        provider: qq
        signature: ['service.mail.qq.com', 'service.exmail.qq.com']
        words: ['Mail content denied', 'content denied', 'service.mail.qq.com/detail/0/92']
        hint: Tencent's filter takes this message for spam.
        documentation: http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725
        matches: ['550 Mail content denied. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000726']
        rejects: ['550 Ip frequency limited. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725']
      - id: qq-reputation
        cause: reputation
        provider: qq
        signature: ['service.mail.qq.com', 'service.exmail.qq.com']
        words: ['Suspected spam', 'Suspected bounce attacks', 'Suspected spam sender', 'Suspected spam ip',
          'Mail is rejected by recipients']
        hint: Tencent's view of this address or domain, or its users' complaints. Its help page, named in the reply, takes requests.
        documentation: http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725
        matches: ['550 Suspected spam sender. http://service.mail.qq.com/cgi-bin/help']
        rejects: ['550 Ip frequency limited. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725']
      - id: netease-login
        cause: local-configuration
        evidence: provider
        direction: outbound
        words: ['too much fail authentication', 'too many fail authentication']
        hint: NetEase had too many logins with a wrong password and lets this account log in again later. Check user name and password (the authorization code) of this relay.
        documentation: http://help.163.com/09/1224/17/5RAJ4LMH00753VB8.html
        matches: ['451 Requested mail action not taken: too much fail authentication',
          '450 Requested mail action not taken: too much fail authentication']
        rejects: ['451 Requested mail action not taken: too much recipient', '421 HL:TLD 163 mx1']
      - id: netease-connections
        cause: connection-limit
        evidence: provider
        direction: outbound
        words: ['HL:ICC', 'MI:DMC']
        hint: Fewer sessions at once, and fewer messages in each.
        documentation: http://help.163.com/09/1224/17/5RAJ4LMH00753VB8.html
        matches: ['421 HL:ICC 163 mx9,mX2 http://mail.163.com/help/help_spam_16.htm?ip=192.0.2.7',
          '451 MI:DMC 126 smtp4']
        rejects: ['421 HL:REP 163 mx19 http://mail.163.com/help/help_spam_16.htm?ip=192.0.2.7']
      - id: netease-rate
        cause: rate-limited
        evidence: provider
        direction: outbound
        words: ['HL:IFC', 'HL:ITC', 'HL:IHU', 'MI:SFQ', 'RP:QRC', 'RP:TRC', 'RP:RPH', 'MI:STC', 'MI:SPB', 'DT:MRC']
        hint: Too many messages or recipients from this address or sender in a short time.
        documentation: http://help.163.com/09/1224/17/5RAJ4LMH00753VB8.html
        matches: ['421 HL:IFC 163 mx1', '451 MI:SFQ 163 smtp10', '450 RP:TRC 163 mx3']
        rejects: ['421 HL:TLD 163 mx1']
      - id: netease-reputation
        cause: reputation
        evidence: provider
        direction: outbound
        words: ['HL:REP', 'HL:MEP', 'HL:IPB', 'MI:IPB']
        hint: Many unknown recipients or forged sender domains came from this address. Clean the list.
        documentation: http://help.163.com/09/1224/17/5RAJ4LMH00753VB8.html
        matches: ['421 HL:REP 163 mx19 http://mail.163.com/help/help_spam_16.htm?ip=192.0.2.7']
        rejects: ['421 HL:ICC 163 mx9,mX2 http://mail.163.com/help/help_spam_16.htm?ip=192.0.2.7']
      - id: netease-recipients
        cause: too-many-recipients
        evidence: provider
        direction: outbound
        words: ['RP:DRC']
        hint: Too many recipients in one session; the rest goes by itself.
        documentation: http://help.163.com/09/1224/17/5RAJ4LMH00753VB8.html
        matches: ['450 RP:DRC 163 mx2']
        rejects: ['421 HL:ICC 163 mx9,mX2 http://mail.163.com/help/help_spam_16.htm?ip=192.0.2.7']
      - id: netease-block-list
        cause: blocklisted
        evidence: provider
        direction: outbound
        words: ['DT:RBL', 'MI:RBL']
        hint: A block list that NetEase uses has this address.
        documentation: http://help.163.com/09/1224/17/5RAJ4LMH00753VB8.html
        matches: ['450 DT:RBL 163 mx14']
        rejects: ['451 DT:SPM 163 mx15, please try again']
      - id: netease-content
        cause: content
        evidence: provider
        direction: outbound
        words: ['DT:SPM', 'DT:SUM', 'DT:OSL', 'DT:SUR']
        hint: The message looks like spam, or its sender like a spammer's. NetEase takes it two minutes later if it is retried and better.
        documentation: http://help.163.com/09/1224/17/5RAJ4LMH00753VB8.html
        matches: ['451 DT:SPM 163 mx15, please try again']
        rejects: ['450 DT:RBL 163 mx14']
      - id: netease-busy
        cause: system-busy
        evidence: provider
        direction: outbound
        words: ['HL:TLD']
        hint: NetEase's servers are loaded. Waiting helps.
        documentation: http://help.163.com/09/1224/17/5RAJ4LMH00753VB8.html
        matches: ['421 HL:TLD 163 mx1']
        rejects: ['421 HL:IHU 163 mx1']
      - id: netease-policy
        cause: policy
        evidence: provider
        direction: outbound
        words: ['WM:BLI', 'WM:BLU']
        hint: The address or sender stands on a list that NetEase's web mail users or operators keep.
        documentation: http://help.163.com/09/1224/17/5RAJ4LMH00753VB8.html
        matches: ['450 WM:BLI 163 mx5']
        rejects: ['451 RP:CEL 163 mx5']
      - id: netease-protocol
        cause: protocol
        evidence: provider
        direction: outbound
        words: ['MI:CEL', 'MI:CCL', 'RP:CEL', 'RP:CCL']
        hint: Too many wrong commands, or commands, in one session. Look at the session.
        documentation: http://help.163.com/09/1224/17/5RAJ4LMH00753VB8.html
        matches: ['451 RP:CEL 163 mx5']
        rejects: ['450 WM:BLI 163 mx5']
      - id: naver-blocked
        cause: reputation
        provider: naver
        words: ['is filtered and this connection will be closed', 'Your ip blocked', 'You must register your IP']
        hint: Korean providers want senders registered (KISA's white domain list) or have had spam from this address; write to the address that the reply names.
        matches: ['421 4.3.2 Your IP(192.0.2.7) is filtered and this connection will be closed.']
        rejects: ['450 4.4.318 Connection was closed abruptly (SuspiciousRemoteServerError)']
      - id: naver-rate
        cause: rate-limited
        provider: naver
        words: ['You send too many messages']
        hint: Naver has had enough from this address for now; register it at the page that its other replies name.
        matches: ['421 4.3.1 You send too many messages.']
        rejects: ['421 4.3.2 Your IP(192.0.2.7) is filtered and this connection will be closed.']
      - id: daum-blocked
        cause: reputation
        evidence: provider
        direction: outbound
        words: ['CCRT']
        hint: "Not a busy server: Daum's spam centre (Kakao) holds this address for spam and lets it go by itself."
        matches: ['421 4.4.5 CCRT 192.0.2.7: Connection refused. Server is busy(RT)']
        rejects: ['421 4.4.1 CHIC 192.0.2.7: Network is busy.']
      - id: daum-busy
        cause: system-busy
        evidence: provider
        direction: outbound
        words: ['CHIC']
        all_of: ['network is busy']
        hint: Daum's servers can't answer for now. Waiting helps.
        matches: ['421 4.4.1 CHIC 192.0.2.7: Network is busy.']
        rejects: ['421 4.4.5 CCRT 192.0.2.7: Connection refused. Server is busy(RT)']
      - id: aliyun-behaviour
        cause: rate-limited
        evidence: provider
        direction: outbound
        words: ['reject by behaviour spam*', 'ANTISPAM_BAT*']
        hint: Alibaba's mail takes the pace or number of our sessions for spam. Send fewer and more slowly; it lifts by itself.
        matches: ['454 Transient reject by behaviour spam at DATA State(Connection IP address:192.0.2.7)ANTISPAM_BAT[01201311R5167S531, r41g03022]: currently unexpected sending']
        rejects: ['554 spamed by local spam engine']
      - id: coremail-spam
        cause: content
        evidence: provider
        direction: outbound
        words: ['Requested action not taken', 'Requested mail action not taken']
        patterns: ['not taken: mail [\w.+/=-]+ is rejected']
        hint: Coremail, on which NetEase and many Chinese servers run, takes this message for spam.
        documentation: https://www.icoremail.vip/support/index.php?cate_id=84
        matches: ['550 Requested action not taken: mail AbCdEf12345.1S2 is rejected,mx3,BM']
        rejects: ['550 Requested action not taken: mailbox unavailable']
      - id: docomo-mailbox-full
        cause: mailbox-full
        provider: docomo
        signature: ['docomo.ne.jp']
        words: ['Too much mail data']
        hint: The phone's mailbox at NTT Docomo is full. Only the recipient can make room.
        documentation: https://note.com/sendmagic/n/neb6bbe7e51cf
        matches: ['552 Too much mail data a@docomo.ne.jp']
        rejects: ['550 Unknown user a@docomo.ne.jp']
      - id: yandex-recipient-rate
        cause: recipient-rate
        evidence: provider
        direction: outbound
        words: ['recipient has exceeded message rate limit', 'has exceeded his message rate limit',
          'has exceeded their message rate limit']
        hint: This mailbox gets more mail than its provider lets in. It passes by itself.
        matches: ['450 4.2.1 The recipient has exceeded message rate limit. Try again later.',
          '451 4.5.1 The recipient <a@example.org> has exceeded his message rate limit. Try again later.']
        rejects: ['421 4.7.0 Rate limit exceeded, try again later']
      - id: mail-ru-sender-rate
        cause: rate-limited
        evidence: provider
        direction: outbound
        words: ['Ratelimit exceeded for mailbox']
        hint: Our own mailbox at Mail.ru, through which we relay, sends more than it may. Slow down.
        matches: ['451 Ratelimit exceeded for mailbox a@example.ru. Try again later.']
        rejects: ['451 The mailbox has exceeded its disk space limit']
      - id: yandex-come-back
        cause: greylisted
        provider: yandex
        words: ['the service is currently unavailable. Please come back later']
        hint: Yandex puts new or doubtful senders off this way; the retry normally passes.
        documentation: https://yandex.com/support/mail/web/spam/honest-mailers.html
        matches: ['451 4.7.1 Sorry, the service is currently unavailable. Please come back later.']
        rejects: ['450 4.3.2 Service currently unavailable']
      """#)
}
