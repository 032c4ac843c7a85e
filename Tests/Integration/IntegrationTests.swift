import Testing

/// Everything here runs real servers: Postfix, its smtp-sink and smtp-source, softbounced and softbounce as built. In
/// turn, because they share the private world's addresses.
@Suite(
  .serialized,
  .enabled(if: World.isHere, "needs a private world of namespaces and a Postfix: run deploy/test"),
  .timeLimit(.minutes(10)))
struct IntegrationTests {}
