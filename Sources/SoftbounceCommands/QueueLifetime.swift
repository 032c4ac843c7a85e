/// How long mail may wait in a queue.
enum QueueLifetime {
  /// Seconds before a moment for which it is asked what is on its way then: longer than mail waits (Postfix's
  /// maximal_queue_lifetime is 5 days).
  static let lookBack = 8.0 * 86_400
}
