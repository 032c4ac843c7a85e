extension BuiltInRules {
  static let filterAndHostProviders = BuiltInRules(
    name: "filter-and-host-providers.yaml",
    text: #"""
      # Filters that stand in front of other people's servers, hosters, and services that send.
      # From public MX records and the providers' own set-up pages.

      # Filters in front of other people's servers
      - name: proofpoint
        hosts: [pphosted.com, ppe-hosted.com, gpphosted.com, proofpoint.com, ppops.net]
      - name: mimecast
        hosts: [mimecast.com, mimecast.co.za, mimecast-offshore.com, mimecast.org]
      - name: barracuda
        hosts: [barracudanetworks.com, barracuda.com, cudamail.com, cuda-inc.com]
      - name: cisco
        hosts: [iphmx.com, ironport.com, cisco.com]
      - name: trend-micro
        hosts: [trendmicro.com, trendmicro.eu, trendmicro.co.jp, tmes.trendmicro.com, securecloud.com]
      - name: broadcom
        hosts: [messagelabs.com, symanteccloud.com, symantec.com]
      - name: forcepoint
        hosts: [mailcontrol.com, blackspider.com, websense.net]
      - name: sophos
        hosts: [sophos.com, reflexion.net]
      - name: hornetsecurity
        hosts: [hornetsecurity.com, antispameurope.com, everycloudtech.com, spambull.com, hornetsecurity.cloud]
      - name: spamexperts
        hosts: [antispamcloud.com, spamexperts.com, spamexperts.net, mailassure.com, mailspamprotection.com,
          spamexperts.eu, mtaroutes.com]
      - name: trellix
        hosts: [mxlogic.net, fireeyecloud.com, fireeyegov.com]
      - name: zix
        hosts: [arsmtp.com, zixport.com, zixworks.com, appriver.com]
      - name: retarus
        hosts: [retarus.com, retarus.de]
      - name: nospamproxy
        hosts: [nospamproxy.com, cloud.nospamproxy.com]
      - name: mailchannels
        hosts: [mailchannels.net]
      - name: spamhero
        hosts: [mxthunder.com, mxthunder.net, mxthunder.org]
      - name: mailroute
        hosts: [mailroute.net, mailroute.com]
      - name: cloudflare
        hosts: [mx.cloudflare.net]

      - name: fortinet
        hosts: [fortimailcloud.com, fortimail.com]
      - name: zerospam
        hosts: [zerospam.ca, zerospam.eu]
      - name: mailcleaner
        hosts: [mailcleaner.net]
      - name: halon
        hosts: [halon.io]
      - name: libraesva
        hosts: [libraesva.com]

      # Hosters and senders
      - name: rackspace
        hosts: [emailsrvr.com]
      - name: godaddy
        hosts: [secureserver.net]
      - name: namecheap
        hosts: [registrar-servers.com, privateemail.com, web-hosting.com, jellyfish.systems]
      - name: hostinger
        hosts: [hostinger.com, titan.email]
      - name: dreamhost
        hosts: [dreamhost.com]
      - name: hostgator
        hosts: [websitewelcome.com, hostgator.com, bluehost.com, unifiedlayer.com]
      - name: siteground
        hosts: [siteground.net, sgvps.net, mailspamprotection.net]
      - name: pobox
        hosts: [pobox.com]
        domains: [pobox.com]
      - name: migadu
        hosts: [migadu.com]
      - name: forward-email
        hosts: [forwardemail.net]
      - name: improvmx
        hosts: [improvmx.com]
      - name: tucows
        hosts: [hostedemail.com, tucows.com, opensrs.net]
      - name: amazon
        hosts: [amazonaws.com, awsapps.com, amazonses.com, amazon.com]
      - name: sendgrid
        hosts: [sendgrid.net, sendgrid.com]
      - name: mailgun
        hosts: [mailgun.org, mailgun.net]
      - name: mailjet
        hosts: [mailjet.com]
      - name: sparkpost
        hosts: [sparkpostmail.com, sparkpost.com]
      - name: brevo
        hosts: [brevo.com, sendinblue.com]
      - name: salesforce
        hosts: [salesforce.com, exacttarget.com]
      """#)
}
