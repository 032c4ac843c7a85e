import Glibc

/// Who may write to a journal: files that root made there would be closed to the sidecar.
enum JournalOwner {
  /// Becomes, for good, the user and the group that own `directory`, or the directory above if it does not exist yet;
  /// if this is root and they are not. To be called before threads are started and after everything else is open.
  static func become(ownerOf directory: String) throws(InputError) {
    guard geteuid() == 0 else { return }
    var status = stat()
    var path = directory
    while stat(path, &status) != 0 {
      guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
      path = String(path[..<slash])
    }
    guard status.st_uid != 0 else { return }
    var groups = [status.st_gid]
    // For root these set the real, the effective and the saved one: there is no way back.
    guard setgroups(1, &groups) == 0, setgid(status.st_gid) == 0, setuid(status.st_uid) == 0 else {
      throw InputError(
        "\(path): \(String(cString: strerror(errno))) when writing as its owner; run this as that user (sudo -u)")
    }
    umask(0o027)
  }

  /// The same; says why, and returns false, where it can't be.
  static func become(ownerOf directory: String, _ console: Console) -> Bool {
    do throws(InputError) {
      try become(ownerOf: directory)
      return true
    } catch {
      console.diagnose(error.description)
      return false
    }
  }
}
