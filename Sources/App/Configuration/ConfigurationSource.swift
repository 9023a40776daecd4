/// A configuration file that was read: once, since it may be a pipe.
struct ConfigurationSource: Equatable, Sendable {
  var path: String
  var bytes: [UInt8]
}
