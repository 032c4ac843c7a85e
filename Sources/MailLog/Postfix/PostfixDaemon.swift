import Bytes

/// The daemons and commands of Postfix that write to the log, by how their lines are read.
enum PostfixDaemon {
  /// smtp, lmtp: talk to servers.
  case client
  /// local, virtual, pipe: deliver without talking SMTP.
  case deliveryAgent
  /// discard: throws mail away.
  case discardAgent
  /// error, retry: say for the queue manager what it was told by another agent.
  case errorAgent
  case queueManager
  case cleanup
  case server
  case postscreen
  case pickup
  case bounce
  case postsuper
  case master
  /// Those whose lines tell nothing of a message unless they are warnings.
  case quiet

  @inline(__always)
  init?(_ name: ByteView) {
    switch name.count {
    case 4:
      switch name {
      case "smtp", "lmtp": self = .client
      case "qmgr": self = .queueManager
      case "pipe": self = .deliveryAgent
      default: return nil
      }
    case 5:
      switch name {
      case "smtpd", "qmqpd": self = .server
      case "local": self = .deliveryAgent
      case "error", "retry": self = .errorAgent
      case "oqmgr", "nqmgr": self = .queueManager
      case "anvil", "flush", "showq", "spawn": self = .quiet
      default: return nil
      }
    case 6:
      switch name {
      case "pickup": self = .pickup
      case "bounce": self = .bounce
      case "master": self = .master
      case "scache", "tlsmgr", "verify": self = .quiet
      default: return nil
      }
    case 7:
      switch name {
      case "cleanup": self = .cleanup
      case "virtual": self = .deliveryAgent
      case "discard": self = .discardAgent
      case "dnsblog", "postlog", "postmap", "postcat": self = .quiet
      default: return nil
      }
    default:
      switch name {
      case "postscreen": self = .postscreen
      case "postsuper": self = .postsuper
      case "tlsproxy", "proxymap", "proxywrite", "trivial-rewrite", "postfix-script", "postqueue", "postdrop",
        "postlogd", "sendmail", "postalias", "postmulti", "postkick", "postlock", "postconf", "postfix",
        "post-install", "postfix-files", "postfix-tls-script", "postmulti-script", "postfix-wrapper", "smtp-sink",
        "smtp-source", "qmqp-source", "qmqp-sink", "nbdb_reindexd", "newaliases", "mailq":
        self = .quiet
      default: return nil
      }
    }
  }
}
