// Where libmilter's pointers are: file-scope C functions that find the session and call one method of it.
//
// A session is retained once, when its pointer is given to libmilter, and released once, when xxfi_close takes the
// pointer back; a close without one (the MTA left at once, or closed before) does nothing. libmilter calls with one
// context at a time, but from any of its threads: nothing here is kept by thread.

import Bytes
import CMilter
import Glibc
import Synchronization

/// What new sessions belong to; there is one server in a process.
let currentWatch = Mutex<Watch?>(nil)

private typealias Context = OpaquePointer

/// Takes a session back from libmilter and releases it, if there is one.
private func dropSession(_ context: Context?) {
  guard let pointer = smfi_getpriv(context) else { return }
  smfi_setpriv(context, nil)
  Unmanaged<Session>.fromOpaque(pointer).release()
}

/// Makes a session and lends it to libmilter.
private func makeSession(_ context: Context?) -> Session? {
  guard let watch = currentWatch.withLock({ $0 }) else { return nil }
  dropSession(context)
  let session = Session(watch: watch)
  let pointer = Unmanaged.passRetained(session)
  guard smfi_setpriv(context, pointer.toOpaque()) == MI_SUCCESS else {
    pointer.release()
    return nil
  }
  return session
}

@inline(__always)
private func session(of context: Context?) -> Session? {
  smfi_getpriv(context).map { Unmanaged<Session>.fromOpaque($0).takeUnretainedValue() }
}

/// A view of a C string, valid during the callback.
@inline(__always)
private func view(_ string: UnsafePointer<CChar>?) -> ByteView {
  guard let string else { return .empty }
  return UnsafeRawPointer(string).withMemoryRebound(to: UInt8.self, capacity: 1) { ByteView($0, count: strlen(string)) }
}

/// The first of a command's arguments; the others are its ESMTP parameters.
@inline(__always)
private func firstArgument(_ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> ByteView {
  view(arguments?.pointee)
}

/// A macro's value, or nil. libmilter takes `char *` but only reads.
@inline(__always)
private func macro(_ context: Context?, _ name: StaticString) -> ByteView? {
  guard let value = smfi_getsymval(context, mutableText(name)) else { return nil }
  return view(value)
}

private func mutableText(_ literal: StaticString) -> UnsafeMutablePointer<CChar> {
  UnsafeMutableRawPointer(mutating: literal.utf8Start).assumingMemoryBound(to: CChar.self)
}

private func code(_ answer: SessionAnswer) -> sfsistat {
  switch answer {
  case .proceed: sfsistat(SMFIS_CONTINUE)
  case .enough: sfsistat(SMFIS_ACCEPT)
  }
}

private let noReply = sfsistat(SMFIS_NOREPLY)
private let proceed = sfsistat(SMFIS_CONTINUE)

// MARK: - The callbacks

func milterNegotiate(
  _ context: OpaquePointer?, _ actions: UInt, _ steps: UInt, _: UInt, _: UInt,
  _ wantedActions: UnsafeMutablePointer<UInt>?, _ wantedSteps: UnsafeMutablePointer<UInt>?,
  _ spare2: UnsafeMutablePointer<UInt>?, _ spare3: UnsafeMutablePointer<UInt>?
) -> sfsistat {
  guard let watch = currentWatch.withLock({ $0 }) else { return proceed }
  // None of the actions: it can't change a message.
  wantedActions?.pointee = 0
  wantedSteps?.pointee = watch.negotiation.protocolFlags(offered: steps)
  spare2?.pointee = 0
  spare3?.pointee = 0
  if actions & UInt(SMFIF_SETSYMLIST) != 0 {
    for (stage, names) in watch.negotiation.macros { smfi_setsymlist(context, stage, mutableText(names)) }
  }
  return proceed
}

func milterConnect(
  _ context: OpaquePointer?, _ host: UnsafeMutablePointer<CChar>?, _ address: UnsafeMutablePointer<sockaddr>?
) -> sfsistat {
  let (text, port) = clientAddress(address)
  makeSession(context)?.connect(
    host: view(host), address: text, port: port, daemonName: macro(context, "{daemon_name}"))
  return noReply
}

func milterHelo(_ context: OpaquePointer?, _ name: UnsafeMutablePointer<CChar>?) -> sfsistat {
  session(of: context)?.helo(view(name))
  return noReply
}

func milterMail(
  _ context: OpaquePointer?, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> sfsistat {
  session(of: context)?.mail(path: firstArgument(arguments), user: macro(context, "{auth_authen}"))
  return noReply
}

func milterRecipient(
  _ context: OpaquePointer?, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> sfsistat {
  guard let session = session(of: context) else { return proceed }
  if let mailer = macro(context, "{rcpt_mailer}"), mailer == "error" {
    session.recipient(
      path: firstArgument(arguments),
      fate: .refused(code: macro(context, "{rcpt_host}") ?? .empty, text: macro(context, "{rcpt_addr}") ?? .empty),
      queueID: macro(context, "i"))
  } else {
    session.recipient(path: firstArgument(arguments), fate: .accepted, queueID: nil)
  }
  return proceed
}

func milterData(_ context: OpaquePointer?) -> sfsistat {
  code(session(of: context)?.data(queueID: macro(context, "i")) ?? .enough)
}

func milterHeader(
  _ context: OpaquePointer?, _ name: UnsafeMutablePointer<CChar>?, _ value: UnsafeMutablePointer<CChar>?
) -> sfsistat {
  session(of: context)?.header(name: view(name), value: view(value))
  return noReply
}

func milterEndOfHeader(_ context: OpaquePointer?) -> sfsistat {
  code(session(of: context)?.endOfHeader(queueID: macro(context, "i")) ?? .enough)
}

func milterBody(_ context: OpaquePointer?, _ bytes: UnsafeMutablePointer<UInt8>?, _ count: Int) -> sfsistat {
  guard let bytes else { return proceed }
  return code(session(of: context)?.body(ByteView(UnsafePointer(bytes), count: count)) ?? .enough)
}

func milterEndOfMessage(_ context: OpaquePointer?) -> sfsistat {
  session(of: context)?.endOfMessage(queueID: macro(context, "i"))
  return proceed
}

func milterAbort(_ context: OpaquePointer?) -> sfsistat {
  session(of: context)?.abort()
  return proceed
}

func milterClose(_ context: OpaquePointer?) -> sfsistat {
  dropSession(context)
  return proceed
}

/// The client's numeric address and port, or a UNIX socket's path.
private func clientAddress(_ address: UnsafeMutablePointer<sockaddr>?) -> (text: String, port: UInt16?) {
  guard let address else { return ("", nil) }
  let raw = UnsafeRawPointer(address)
  switch Int32(address.pointee.sa_family) {
  case AF_INET:
    var socketAddress = raw.loadUnaligned(as: sockaddr_in.self)
    let port = UInt16(bigEndian: socketAddress.sin_port)
    return (numeric(AF_INET, &socketAddress.sin_addr), port == 0 ? nil : port)
  case AF_INET6:
    var socketAddress = raw.loadUnaligned(as: sockaddr_in6.self)
    let port = UInt16(bigEndian: socketAddress.sin6_port)
    return (numeric(AF_INET6, &socketAddress.sin6_addr), port == 0 ? nil : port)
  case AF_UNIX:
    let path = raw.advanced(by: MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2)
    let room = MemoryLayout.size(ofValue: sockaddr_un().sun_path)
    let bytes = UnsafeRawBufferPointer(start: path, count: strnlen(path.assumingMemoryBound(to: CChar.self), room))
    return (String(decoding: bytes, as: UTF8.self), nil)
  default:
    return ("", nil)
  }
}

private func numeric(_ family: Int32, _ address: UnsafeRawPointer) -> String {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
    guard inet_ntop(family, address, buffer.baseAddress, socklen_t(INET6_ADDRSTRLEN)) != nil else { return "" }
    return String(view(UnsafePointer(buffer.baseAddress)))
  }
}
