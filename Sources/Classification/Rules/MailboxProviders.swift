extension BuiltInRules {
  static let mailboxProviders = BuiltInRules(
    name: "mailbox-providers.yaml",
    text: #"""
      # Providers by the suffixes of their MX and relay hosts, and the recipient domains that are theirs alone.
      # From public MX records and the providers' own set-up pages.

      # Mailbox providers of the world
      - name: google
        hosts: [google.com, googlemail.com, gmail.com, smtp.goog, psmtp.com]
        domains: [gmail.com, googlemail.com, google.com]
      - name: microsoft
        hosts: [outlook.com, hotmail.com, office365.com, office365.us, mx.microsoft, partner.outlook.cn,
          frontbridge.com, microsoft.com, exchangelabs.com, azurecomm.net]
        domains: [outlook.com, hotmail.com, live.com, msn.com, windowslive.com, passport.com, hotmail.co.uk, hotmail.fr,
          hotmail.de, hotmail.it, hotmail.es, hotmail.nl, hotmail.be, hotmail.ch, hotmail.se, hotmail.no, hotmail.dk,
          hotmail.com.br, hotmail.com.ar, live.co.uk, live.fr, live.de, live.it, live.nl, live.be, live.ca, live.com.au,
          live.com.mx, live.se, live.no, live.dk, outlook.fr, outlook.de, outlook.it, outlook.es, outlook.be,
          outlook.com.br, outlook.jp, outlook.co.id, outlook.dk, outlook.ie, outlook.pt]
      - name: yahoo
        hosts: [yahoodns.net, yahoo.com, yahoo.net, aol.com, ybb.ne.jp.yahoodns.net]
        domains: [yahoo.com, ymail.com, rocketmail.com, myyahoo.com, yahoo.co.uk, yahoo.fr, yahoo.de, yahoo.it,
          yahoo.es, yahoo.ca, yahoo.ie, yahoo.se, yahoo.gr, yahoo.in, yahoo.co.in, yahoo.com.br, yahoo.com.ar,
          yahoo.com.mx, yahoo.com.au, yahoo.com.hk, yahoo.com.sg, yahoo.com.ph, yahoo.com.tw, yahoo.com.vn, yahoo.co.id,
          yahoo.co.nz, aol.com, aol.co.uk, aol.de, aol.fr, aim.com, netscape.net, verizon.net, frontier.com,
          frontiernet.net, rogers.com, cs.com, compuserve.com, wow.com, games.com, love.com, sky.com]
      - name: apple
        hosts: [icloud.com, apple.com, me.com, mac.com]
        domains: [icloud.com, me.com, mac.com]
      - name: proton
        hosts: [protonmail.ch, proton.me, protonmail.com]
        domains: [protonmail.com, proton.me, pm.me, protonmail.ch]
      - name: fastmail
        hosts: [messagingengine.com, fastmail.com]
        domains: [fastmail.com, fastmail.fm]
      - name: zoho
        hosts: [zoho.com, zoho.eu, zoho.in, zoho.com.au, zoho.jp, zohocorp.com, zohomail.com, zeptomail.com, zeptomail.eu,
          zeptomail.in]
        domains: [zoho.com, zohomail.com, zoho.eu, zohomail.eu, zoho.in]
      - name: tuta
        hosts: [tutanota.de, tutanota.com, tuta.com]
        domains: [tutanota.com, tutanota.de, tutamail.com, tuta.io, tuta.com, keemail.me]
      - name: mail.ru
        hosts: [mail.ru]
        domains: [mail.ru, inbox.ru, list.ru, bk.ru, internet.ru, xmail.ru]
      - name: yandex
        hosts: [yandex.ru, yandex.net, yandex.com]
        domains: [yandex.ru, yandex.com, ya.ru, yandex.ua, yandex.by, yandex.kz, narod.ru]
      - name: rambler
        hosts: [rambler.ru]
        domains: [rambler.ru, lenta.ru, ro.ru, autorambler.ru, myrambler.ru]

      - name: facebook
        hosts: [facebook.com, facebookmail.com]
        domains: [facebook.com, fb.com]
      - name: hey
        hosts: [hey.com]
        domains: [hey.com]
      - name: hushmail
        hosts: [hushmail.com]
        domains: [hushmail.com, hush.com]
      - name: runbox
        hosts: [runbox.com]
        domains: [runbox.com]
      - name: mailfence
        hosts: [mailfence.com, contactoffice.com]
        domains: [mailfence.com]
      - name: simplelogin
        hosts: [simplelogin.co, simplelogin.io]
        domains: [simplelogin.com, slmail.me, aleeas.com]
      - name: addy
        hosts: [anonaddy.me, addy.io]
        domains: [anonaddy.me, anonaddy.com]
      - name: duckduckgo
        hosts: [duck.com]
        domains: [duck.com]
      - name: purelymail
        hosts: [purelymail.com]
        domains: [purelymail.com]

      # North America
      - name: comcast
        hosts: [comcast.net, xfinity.com]
        domains: [comcast.net, xfinity.com]
      - name: charter
        hosts: [charter.net, charter.com, rr.com, spectrum.com, twc.com, brighthouse.com]
        domains: [charter.net, spectrum.net, rr.com, twc.com, roadrunner.com, brighthouse.com, nc.rr.com,
          tampabay.rr.com]
      - name: cox
        hosts: [cox.net, cox.com, cxr.mx.a.cloudfilter.net]
        domains: [cox.net]
      - name: att
        hosts: [prodigy.net, att.net, sbcglobal.net, bellsouth.net, swbell.net, att.com]
        domains: [att.net, sbcglobal.net, bellsouth.net, swbell.net, pacbell.net, ameritech.net, prodigy.net, flash.net,
          nvbell.net, snet.net, wans.net, currently.com]
      - name: verizon
        hosts: [verizon.net, verizon.com, vtext.com, vzwpix.com]
        domains: [vtext.com, vzwpix.com]
      - name: centurylink
        hosts: [centurylink.net, qwest.net, embarqmail.com, centurytel.net]
        domains: [centurylink.net, q.com, embarqmail.com, centurytel.net, qwest.net]
      - name: earthlink
        hosts: [earthlink.net, earthlink-vadesecure.net, mindspring.com]
        domains: [earthlink.net, mindspring.com, peoplepc.com]
      - name: optimum
        hosts: [optonline.net, optimum.net, suddenlink.net, alticeusa.com]
        domains: [optonline.net, optimum.net, suddenlink.net]
      - name: juno
        hosts: [untd.com, juno.com, netzero.net]
        domains: [juno.com, netzero.net, netzero.com]
      - name: windstream
        hosts: [windstream.net]
        domains: [windstream.net]
      - name: synacor
        hosts: [synacor.com, zimbra.com]
      - name: bell
        hosts: [bell.ca, bell.net, sympatico.ca]
        domains: [sympatico.ca, bell.net]
      - name: telus
        hosts: [telus.net, telus.com]
        domains: [telus.net]
      - name: shaw
        hosts: [shaw.ca, shawcable.net, shaw.net]
        domains: [shaw.ca]
      - name: videotron
        hosts: [videotron.ca]
        domains: [videotron.ca]

      - name: t-mobile-us
        hosts: [tmomail.net, t-mobile.com]
        domains: [tmomail.net]
      - name: frontier
        hosts: [frontier.com, frontiernet.net]
      - name: cloudmark
        hosts: [cloudfilter.net, cloudmark.com]
      - name: synchronoss
        hosts: [synchronoss.net]
      - name: mediacom
        hosts: [mediacombb.net, mchsi.com]
        domains: [mchsi.com]
      - name: tds
        hosts: [tds.net]
        domains: [tds.net]
      - name: cogeco
        hosts: [cogeco.ca, cogeco.net]
        domains: [cogeco.ca]
      - name: eastlink
        hosts: [eastlink.ca]
        domains: [eastlink.ca]

      # France
      - name: orange
        hosts: [orange.fr, wanadoo.fr, orange.com, opentransit.net]
        domains: [orange.fr, wanadoo.fr, voila.fr]
      - name: free
        hosts: [free.fr, proxad.net, freetelecom.fr]
        domains: [free.fr, aliceadsl.fr, libertysurf.fr]
      - name: sfr
        hosts: [sfr.fr, sfr.net, neuf.fr, cegetel.net, numericable.fr, numericable.com, club-internet.fr]
        domains: [sfr.fr, neuf.fr, cegetel.net, club-internet.fr, numericable.fr, noos.fr, 9online.fr]
      - name: laposte
        hosts: [laposte.net, laposte.info]
        domains: [laposte.net]
      - name: bouygues
        hosts: [bbox.fr, bouyguestelecom.fr, bytel.fr, bouyguesbox.fr]
        domains: [bbox.fr, bouyguestelecom.fr]
      - name: ovh
        hosts: [ovh.net, ovh.com, ovh.ca, ovhcloud.com]
      - name: gandi
        hosts: [gandi.net]
      - name: vade
        hosts: [vadesecure.com, vade-retro.com, hornetsecurity.fr, oxsus-vadesecure.net, oxseu-vadesecure.net]

      - name: nordnet
        hosts: [nordnet.fr]
        domains: [nordnet.fr]
      - name: online.net
        hosts: [online.net, scaleway.com]
      - name: o2switch
        hosts: [o2switch.net]

      # Germany, Austria, Switzerland
      - name: gmx
        hosts: [gmx.net, gmx.com, gmx.de, gmx.at, gmx.ch, mail.com]
        domains: [gmx.de, gmx.net, gmx.at, gmx.ch, gmx.com, gmx.org, gmx.eu, gmx.info, gmx.fr, gmx.co.uk, gmx.es,
          mail.com, email.com, usa.com, post.com, europe.com, caramail.com]
      - name: web.de
        hosts: [web.de]
        domains: [web.de, email.de]
      - name: t-online
        hosts: [t-online.de, telekom.de, t-systems.com, t-ipnet.de]
        domains: [t-online.de, magenta.de]
      - name: ionos
        hosts: [kundenserver.de, ionos.com, ionos.de, ionos.co.uk, ionos.fr, ionos.es, ionos.it, ionos.at, ionos.ca,
          ionos.mx, 1and1.com, 1und1.de, 1and1.co.uk, 1and1.fr, 1and1.es, 1and1.it, 1and1.pl, 1and1.at, 1and1.ca,
          1and1.mx, perfora.net, schlund.de, online.de]
      - name: strato
        hosts: [rzone.de, strato.de, strato.com]
      - name: freenet
        hosts: [freenet.de, mobilcom.de]
        domains: [freenet.de, 01019freenet.de]
      - name: vodafone
        hosts: [vodafone.de, vodafonemail.de, arcor.de, arcor-online.net, arcor-ip.de, unitymedia.de, kabelbw.de]
        domains: [arcor.de, vodafone.de, vodafonemail.de, unitybox.de, kabelmail.de]
      - name: posteo
        hosts: [posteo.de]
        domains: [posteo.de, posteo.net]
      - name: mailbox.org
        hosts: [mailbox.org, heinlein-support.de]
        domains: [mailbox.org]
      - name: mail.de
        hosts: [mail.de]
        domains: [mail.de]
      - name: all-inkl
        hosts: [kasserver.com]
      - name: hetzner
        hosts: [your-server.de]
      - name: host-europe
        hosts: [hosteurope.de]
      - name: a1
        hosts: [a1.net, aon.at]
        domains: [a1.net, aon.at]
      - name: bluewin
        hosts: [bluewin.ch, swisscom.com]
        domains: [bluewin.ch, hispeed.ch]
      - name: infomaniak
        hosts: [infomaniak.ch, infomaniak.com]
        domains: [ik.me, ikmail.com, etik.com]

      - name: netcologne
        hosts: [netcologne.de]
        domains: [netcologne.de]
      - name: ewe
        hosts: [ewetel.net, ewetel.de]
        domains: [ewetel.net, ewe.net]
      - name: mnet
        hosts: [mnet-online.de, mnet-mail.de]
        domains: [mnet-online.de, mnet-mail.de]
      - name: df
        hosts: [ispgateway.de, df.eu]
      - name: hostpoint
        hosts: [hostpoint.ch]
      - name: upc
        hosts: [upcmail.at, magenta.at]
        domains: [chello.at, upcmail.at]
      - name: sunrise
        hosts: [sunrise.ch]
        domains: [sunrise.ch]

      # Great Britain, Benelux, North
      - name: bt
        hosts: [btinternet.com, bt.com, cpcloud.co.uk]
        domains: [btinternet.com, btopenworld.com, talk21.com]
      - name: virgin-media
        hosts: [virginmedia.com, blueyonder.co.uk, ntlworld.com]
        domains: [virginmedia.com, blueyonder.co.uk, ntlworld.com, virgin.net]
      - name: talktalk
        hosts: [talktalk.net, tiscali.co.uk]
        domains: [talktalk.net, tiscali.co.uk]
      - name: ziggo
        hosts: [ziggo.nl, upcmail.net, upc.nl]
        domains: [ziggo.nl, home.nl, upcmail.nl, casema.nl, chello.nl]
      - name: kpn
        hosts: [kpnmail.nl, kpn.com, kpn.net, planet.nl, xs4all.nl, xs4all.net]
        domains: [kpnmail.nl, planet.nl, hetnet.nl, kpnplanet.nl, xs4all.nl]
      - name: telenet
        hosts: [telenet.be, telenet-ops.be]
        domains: [telenet.be, pandora.be]
      - name: proximus
        hosts: [proximus.be, belgacom.be, skynet.be]
        domains: [skynet.be, proximus.be, belgacom.net]
      - name: telia
        hosts: [telia.com, telia.net]
        domains: [telia.com]
      - name: loopia
        hosts: [loopia.se]
      - name: one.com
        hosts: [one.com]

      - name: plusnet
        hosts: [plus.net]
        domains: [plus.net, plus.com]
      - name: fasthosts
        hosts: [fasthosts.co.uk, livemail.co.uk]
      - name: transip
        hosts: [transip.email, transip.nl]
      - name: telenor
        hosts: [telenor.net, online.no]
        domains: [online.no]
      - name: elisa
        hosts: [elisa.fi, saunalahti.fi]
        domains: [elisanet.fi, kolumbus.fi, saunalahti.fi]
      - name: inbox.lv
        hosts: [inbox.lv]
        domains: [inbox.lv]

      # South and east of Europe
      - name: libero
        hosts: [libero.it, iol.it, italiaonline.it]
        domains: [libero.it, virgilio.it, iol.it, inwind.it, blu.it, giallo.it]
      - name: tim
        hosts: [tim.it, alice.it, telecomitalia.it, tin.it]
        domains: [alice.it, tin.it, tim.it]
      - name: tiscali
        hosts: [tiscali.it]
        domains: [tiscali.it]
      - name: aruba
        hosts: [aruba.it, arubabusiness.it]
      - name: register.it
        hosts: [register.it]
      - name: sapo
        hosts: [sapo.pt, meo.pt]
        domains: [sapo.pt]
      - name: seznam
        hosts: [seznam.cz]
        domains: [seznam.cz, email.cz, post.cz, spoluzaci.cz]
      - name: centrum
        hosts: [centrum.cz, centrum.sk, atlas.cz]
        domains: [centrum.cz, centrum.sk, atlas.cz, volny.cz]
      - name: wp
        hosts: [wp.pl, o2.pl]
        domains: [wp.pl, o2.pl, tlen.pl]
      - name: onet
        hosts: [onet.pl, onet.eu]
        domains: [onet.pl, onet.eu, op.pl, vp.pl, poczta.onet.pl]
      - name: interia
        hosts: [interia.pl]
        domains: [interia.pl, interia.eu, poczta.fm]
      - name: home.pl
        hosts: [home.pl]
      - name: ukr.net
        hosts: [ukr.net]
        domains: [ukr.net]
      - name: freemail.hu
        hosts: [freemail.hu]
        domains: [freemail.hu]

      - name: fastweb
        hosts: [fastweb.it, fastwebnet.it]
        domains: [fastwebnet.it]
      - name: telefonica
        hosts: [telefonica.net, movistar.es, telefonica.es]
        domains: [telefonica.net, movistar.es]
      - name: abv
        hosts: [abv.bg]
        domains: [abv.bg, gyuvetch.bg]
      - name: mail.bg
        hosts: [mail.bg]
        domains: [mail.bg]
      - name: otenet
        hosts: [otenet.gr, cosmote.gr]
        domains: [otenet.gr]
      - name: azet
        hosts: [azet.sk]
        domains: [azet.sk, pobox.sk]
      - name: gazeta
        hosts: [gazeta.pl]
        domains: [gazeta.pl]
      - name: nazwa.pl
        hosts: [nazwa.pl]
      - name: i.ua
        hosts: [i.ua]
        domains: [i.ua, ua.fm, email.ua]
      - name: ru-center
        hosts: [nic.ru, nicmail.ru]
      - name: wedos
        hosts: [wedos.net]
      - name: forpsi
        hosts: [forpsi.com, forpsi.net]

      # Asia, South America, Oceania
      - name: qq
        hosts: [qq.com, exmail.qq.com, foxmail.com]
        domains: [qq.com, foxmail.com, vip.qq.com]
      - name: netease
        hosts: [163.com, 126.com, yeah.net, netease.com, ym.163.com, qiye163.com]
        domains: [163.com, 126.com, yeah.net, vip.163.com, 188.com]
      - name: aliyun
        hosts: [mxhichina.com, aliyun.com, hichina.com, aliyun-inc.com]
        domains: [aliyun.com]
      - name: sina
        hosts: [sina.com.cn, sina.com, sina.cn]
        domains: [sina.com, sina.cn, vip.sina.com]
      - name: sohu
        hosts: [sohu.com]
        domains: [sohu.com]
      - name: naver
        hosts: [naver.com]
        domains: [naver.com]
      - name: daum
        hosts: [hanmail.net, daum.net, kakao.com]
        domains: [hanmail.net, daum.net, kakao.com]
      - name: yahoo-japan
        hosts: [yahoo.co.jp, ybb.ne.jp]
        domains: [yahoo.co.jp, ybb.ne.jp, ymail.ne.jp]
      - name: docomo
        hosts: [docomo.ne.jp, spmode.ne.jp]
        domains: [docomo.ne.jp, mopera.net]
      - name: au
        hosts: [au.com, ezweb.ne.jp, kddi.ne.jp]
        domains: [ezweb.ne.jp, au.com]
      - name: softbank
        hosts: [softbank.jp, softbank.ne.jp, vodafone.ne.jp]
        domains: [softbank.ne.jp, i.softbank.jp]
      - name: rediff
        hosts: [rediffmail.com, rediff.com]
        domains: [rediffmail.com]
      - name: uol
        hosts: [uol.com.br, bol.com.br]
        domains: [uol.com.br, bol.com.br]
      - name: terra
        hosts: [terra.com.br, terra.com]
        domains: [terra.com.br]
      - name: locaweb
        hosts: [locaweb.com.br]
      - name: telstra
        hosts: [bigpond.com, telstra.net, telstra.com]
        domains: [bigpond.com, bigpond.net.au, telstra.com]
      - name: optus
        hosts: [optusnet.com.au, optus.com.au]
        domains: [optusnet.com.au]
      - name: iinet
        hosts: [iinet.net.au, tpg.com.au, internode.on.net]
        domains: [iinet.net.au, tpg.com.au, westnet.com.au]
      - name: xtra
        hosts: [xtra.co.nz]
        domains: [xtra.co.nz]

      - name: china-mobile
        hosts: [139.com]
        domains: [139.com]
      - name: china-telecom
        hosts: [189.cn, 21cn.com]
        domains: [189.cn, 21cn.com]
      - name: hinet
        hosts: [hinet.net]
        domains: [ms1.hinet.net, hinet.net]
      - name: ocn
        hosts: [ocn.ne.jp, ocn.ad.jp]
        domains: [ocn.ne.jp]
      - name: nifty
        hosts: [nifty.com]
        domains: [nifty.com]
      - name: biglobe
        hosts: [biglobe.ne.jp]
        domains: [biglobe.ne.jp]
      - name: so-net
        hosts: [so-net.ne.jp]
        domains: [so-net.ne.jp]
      - name: nate
        hosts: [nate.com]
        domains: [nate.com]
      - name: walla
        hosts: [walla.co.il, walla.com]
        domains: [walla.co.il, walla.com]
      - name: globo
        hosts: [globo.com]
        domains: [globo.com, globomail.com]
      - name: telkom-za
        hosts: [telkomsa.net]
        domains: [telkomsa.net]
      - name: mweb
        hosts: [mweb.co.za]
        domains: [mweb.co.za]
      - name: dodo
        hosts: [dodo.com.au]
        domains: [dodo.com.au]
      """#)
}
