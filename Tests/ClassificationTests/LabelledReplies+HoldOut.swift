extension LabelledReplies {
  /// Replies found when the rules stood, and labelled before the rules saw them: then 53 of 76 (70%) had the labelled
  /// cause and 58 (76%) the scope; one text that is neither clearly this nor that was left out since. The rules were
  /// changed for them after that.
  static let holdOut = #"""
    # https://moongray.com/20170322 (a Japanese mail server's table of replies)
    protocol||421 4.7.0 Too many bad command.
    mailbox-full||450 4.2.2 bob... Mail in the mailbox is full.
    mailbox-full||450 4.2.2 bob... Mailbox is full.
    policy||450 4.7.1 The transmission has been permitted to this user only in the same domain.
    system-busy||451 4.3.2 bob... database error
    system-busy||451 4.5.1 spool faile, please try again.
    system-busy||451 4.5.1 Session Closed.
    dns-failure||451 4.5.2 bob... domain doesn't exist
    policy||451 4.7.0 connection was refused, Connection closed.
    system-storage||452 4.3.1 Mail system storage is full.
    system-storage||452 4.3.2 Mail system is full.
    # https://coviserver.de/e-mail-geblockt
    system-busy||450 4.7.1 <a@example.de>: Recipient address rejected: Service temporarily unavailable, please try later
    reputation|t-online|450 4.7.1 [EAB] 554 IP=192.0.2.9 - A problem occurred.
    # https://logsat.com/spamfilter/forums/printer_friendly_posts.asp?TID=6127
    reputation||421 Your IP is temporarily blocked, please try again later
    # https://github.com/mail-in-a-box/mailinabox/issues/2327
    sender-unverified|yahoo|451 Message temporarily deferred due to unresolvable RFC.5321 from domain; see https://postmaster.yahooinc.com/error-codes
    # Courier, courier/module.esmtp (esmtpd.C, submit.C; https://www.courier-mta.org)
    mailbox-unavailable||456 Address temporarily unavailable.
    # https://github.com/turbolabit (Libero refuses the greeting; Postfix defers)
    blocklisted|libero|550 smtp-10.iol.local smtp-10.iol.local IP blacklisted by CSI. For remediation please use http://csi.cloudmark.com/reset-request/?ip=192.0.2.225 [smtp-10.iol.local; LIB_102
    # log lines in postfix log parsers on GitHub (tests and comments)
    system-busy||420 Resources unavailable temporarily. Please try later
    connection-lost||421 Read data from client error
    mailbox-full||452  Mailbox size limit exceeded
    mailbox-full||451 4.7.1 <a@example.fm>: Recipient address rejected: User is over quota, try again later
    rate-limited|sendgrid|451 Authentication failed: Maximum credits exceeded
    filter-failure|int|450 4.4.1 Can't connect to 127.0.0.1 port 10025, Connection refused at /usr/sbin/amavisd-new line 2912, <GEN9> line 34., id=17864-02
    greylisted|purelymail|451 4.7.1 Try again later (greylist)
    rate-limited|hostinger|451 4.7.1 Ratelimit hostinger_out_ratelimit
    rate-limited||450 4.7.1 Error: too many AUTH commands from 192.0.2.9
    # Qsmtp (https://github.com/DerDakon/Qsmtp: qsmtpd/filters/spf.c, qsmtpd/commands.c)
    authentication||451 4.4.3 temporary error when checking the SPF policy
    dns-failure||451 4.4.3 cannot find a mail exchanger for example.org
    # a policy server's configuration (https://github.com, PostfixSPFActions)
    authentication||451 4.4.3 SPF record(s) temporarily unavailable: DNS timeout
    # Stalwart Mail Server, crates/smtp/src/inbound
    recipient-unverified||451 4.4.3 Unable to verify address at this time.
    system-storage||452 4.3.1 Mail system full, try again later.
    rate-limited||451 4.4.5 Rate limit exceeded, try again later.
    system-busy||451 4.3.5 Unable to accept message at this time.
    # BarricadeMX smtpf, rate.c
    rate-limited||421 4.4.5 client mail.example.com [192.0.2.4] connections 70 exceed 60/60s #522
    # Exim configurations on GitHub (acl_check_rcpt)
    rate-limited||451 Connection limited: Sender rate 120.3 / 1h.
    connection-limit||451 Too many connections from this IP
    greylisted||451 Greylisting in action, try later
    # Haraka, plugins (clamd.js, attachment.js, spamassassin.js, lookup_rdns.strict.js, spf.js) and plugins.js
    system-busy||451 Error running virus scanner
    system-busy||451 Error unpacking archive
    system-busy||450 plugin timeout
    system-busy||451 spamd scan error
    reverse-dns||450 client [192.0.2.9] rDNS lookup timeout
    authentication||451 sender SPF Temporary Error
    system-busy||450 Unable to queue messages for node resque.
    # j-chkmail (https://foss.jose-marcio.org), src/j-chkmail
    system-busy||421 4.5.1 I'm too busy. Try again later !
    sender-unverified||451 4.1.8 DNS address resolution error
    # clamav-milter 0.9x and smf-clamd (ClamAV)
    system-busy||451 4.3.2 AV system temporarily overloaded - please try later
    system-busy||451 4.3.2 AV system is not available now, try again later
    # sid-milter (Sender ID), sid-filter.c
    dns-failure||451 4.7.0 DNS failure
    # a Brazilian relay's policy service (https://github.com)
    reputation||450 4.7.1 <mail.example.com[192.0.2.9]>: Client host rejected: Suspensao de envio solicitada pelo sistema antispam (PHASE-0 RIP)
    # https://www.qcnsw.com/jcxq1944_142.html (Aliyun)
    rate-limited|aliyun|454 Transient reject by behaviour spam at DATA State(Connection IP address:192.0.2.9)ANTISPAM_BAT[01201311R5167S531, r41g03022]: currently unexpected sending
    # https://wenku.csdn.net/doc/3wjr6q8vfx (NetEase)
    rate-limited|netease|421 HL:IHU 163 mx1
    system-busy|netease|421 HL:TLD 163 mx1
    reputation|netease|450 MI:IPB 163 mx2
    content|netease|451 DT:OSL 163 mx3
    rate-limited|netease|451 DT:MRC 163 mx4
    rate-limited|netease|451 RP:RPH 163 mx4
    content|netease|451 DT:SUR 163 mx4
    blocklisted|netease|451 MI:RBL 163 mx5
    # https://puffinknight.tistory.com/102 (Naver and other Korean providers)
    reputation|naver|421 4.3.2 Your IP(192.0.2.9) is filtered and this connection will be closed. You must register your IP to http://realip.naver.com
    rate-limited|naver|421 4.3.1 You send too many messages.
    system-busy||417 Temporary delivery error
    # https://oliveit.tistory.com/39 (Daum)
    system-busy|daum|421 4.4.1 CHIC 192.0.2.9: Network is busy.
    reputation|daum|421 4.4.5 CCRT 192.0.2.9: Connection refused. Server is busy(RT)
    # http://blog.jinbo.net/007/archive/20051107
    dns-failure||451 4.4.0 DNS resolving error
    system-busy||451 4.3.0 Other or undefined mail system status
    connection-lost||451 4.4.2 Bad connection (io timeout)
    system-busy||451 Relay Server Not Ready.
    # http://www.e-postinc.jp/faq-bsd/faq05-26.html
    system-busy||451 Requested action aborted: error in processing. (code=0/0)
    # Sakura Internet, manual (451 Name server timeout)
    dns-failure||451 <a@example.co.jp> ... example.co.jp : Name server timeout
    # http://ix-one.com/domainhostingFAQ/article/MS_27771.html (GoDaddy in Portuguese)
    system-busy|godaddy|421 Servidor temporariamente indisponivel. Tente novamente mais tarde. IB101
    # http://rbl.att.net/block_enduser.html
    reverse-dns|att|421-failure in DNS look-up.
    system-busy|att|450 busy--Please try again later
    # https://support.mailprotector.com/hc/en-us/articles/360048244891-Common-Email-Bouncebacks
    mailbox-full||450 4.2.0 <a@example.com> user is over mailbox quota
    # JMailSrv and other small servers on GitHub
    mailbox-unavailable||450 4.2.1 Mailbox disabled, not accepting messages
    """#

  /// Found and labelled after that: 28 of 39 (72%) had the labelled cause by the rules as they stood before `holdOut`, 29
  /// (74%) by those that learnt from it, and 33 (85%) the scope. One that is neither clearly this nor that was left out.
  static let secondHoldOut = #"""
    # Exim log lines in parsers' tests on GitHub (GMX, hostedemail.com)
    rate-limited|gmx|450 4.3.2 Too many mails (mail bomb), try again in 1 hour(s) 25 minute(s) and see ( http://portal.gmx.net/serverrules )
    sender-unverified|tucows|472 Validating Sender
    authentication||417 SPF error mail.example.de: Address does not pass the Sender Policy Framework
    # https://emailit.com/docs/kb/429-rate-limit-exceeded/
    rate-limited||452 4.4.5 Messages per second limit exceeded
    rate-limited||452 4.5.3 Daily message limit exceeded
    # https://support.sparkpost.com/momentum/4/message-responses
    system-busy||451 4.3.0 Resource limitations, please try later
    system-busy||451 4.3.5 configuration error, please try later
    # https://docs.trellix.com/data-and-email/docs/error-codes
    recipient-unverified|trellix|451 ETP103 Invalid recipient
    system-busy|trellix|451 ETP106 Requested action aborted: Try again later.
    # https://pastebin.com/8jFMn9BJ (SPFBL at a Brazilian provider)
    greylisted||451 [SPFBL] greylisting.
    blocklisted||450 [SPFBL] listed.
    # https://gist.github.com/sc68cal/ca19c404371dfcd088d4 (greyfix)
    greylisted||450 4.7.1 <a@example.com>: Recipient address rejected: Greylisted by greyfix 0.4.0, try again in 30 seconds. See http://www.kim-minh.com/pub/greyfix/ for more information.
    # small servers on GitHub: what their sources answer
    recipient-rate||452 4.5.3 Recipient address rejected: Monthly forwarding limit exceeded
    connection-lost||421 4.4.2 session time limit reached
    connection-lost||421 4.4.2 Session lifetime exceeded, closing connection
    connection-lost||421 4.4.2 timeout waiting for command
    connection-limit||421 4.7.0 Too many connections or banned
    system-busy||450 4.3.0 Queue file write error
    system-busy||451 4.3.0 Erro temporario ao aceitar a mensagem
    system-busy||451 4.3.0 Temporary failure (truncated message)
    system-busy||452 4.5.3 intake busy, try again later
    system-storage||452 4.3.1 storage low, try again later
    system-storage||452 4.3.1 Message-buffer capacity exceeded
    rate-limited||451 4.7.1 rate_limited
    recipient-unverified||451 4.4.3 Destination recipient verification unavailable; retry later
    policy||451 4.7.1 Sender is not authorized. Please try again.
    connection-limit||421 4.7.0 Çok fazla eşzamanlı bağlantı
    system-busy||451 Backend processing error
    system-busy||450 4.7.1 <a@example.com>: Sender address rejected: Submission rate limiting is temporarily unavailable; try again later
    mailbox-unavailable||450 4.2.0 <a@example.com>: Recipient address temporarily unavailable, try again later
    tls-failure||421 4.7.0 STARTTLS is mandatory
    tls-failure||454 4.7.0 STARTTLS failed
    dns-failure||451 DNS lookup of "example.org" deferred
    system-busy||451 relay failed
    system-busy||421 4.3.2 System resources unavailable, closing connection
    rate-limited||450 4.7.1 sending limit reached
    sender-unverified||451 4.4.3 Temporary DNS failure verifying sender
    reverse-dns||451 4.7.1 Client rejected: no forward-confirmed reverse DNS
    """#
}
