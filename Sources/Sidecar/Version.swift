/// The version of softbounce.
public let softbounceVersion = "0.1.0"
