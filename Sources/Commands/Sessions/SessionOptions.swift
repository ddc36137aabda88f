import Arguments
import SmartContainers

/// Docker's flags for how the user takes part in a container's run.
struct SessionOptions {
  let forwardsSignals: Bool
  let detachKeys: DetachKeys

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    forwardsSignals = arguments.flagOn(
      "sig-proxy", help: "Forward signals to the container, which is so anyway.")
    detachKeys = try Self.detachKeys(&arguments)
  }

  /// `--detach-keys`, docker's own without it.
  static func detachKeys(
    _ arguments: inout ArgumentReader
  ) throws(ArgumentError) -> DetachKeys {
    try arguments.option(
      "detach-keys", value: "keys",
      help: "The keys by which you leave a terminal: ctrl-p,ctrl-q unless said otherwise.")
      ?? .standard
  }
}

extension DetachKeys: ArgumentValue {
  package init?(argument: String) { self.init(argument) }
}

/// One of a process's streams, as docker's `--attach` names it.
enum StandardStream: String, CaseIterable, ArgumentValue {
  case input = "stdin"
  case output = "stdout"
  case error = "stderr"

  package init?(argument: String) { self.init(rawValue: argument.lowercased()) }
}
