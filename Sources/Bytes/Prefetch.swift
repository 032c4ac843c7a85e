public import CLinux

/// Asks for the cache line of `place`, so that it is there when it is needed; nothing else happens, whatever `place`
/// points at.
@inlinable @inline(__always)
public func prefetch(_ place: UnsafeRawPointer) { softbounce_prefetch(place) }
