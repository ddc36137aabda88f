import Canonical

extension ContainerSpecification {
  /// The specification of a request that was sent before, to be sent again.
  ///
  /// Every member of the body is sent again as it is, also one that this type has no name for. Only
  /// the image, the working folder and the mounts in the long form can be changed; a change of
  /// anything else is not sent.
  ///
  /// - Parameter body: of POST /containers/create.
  public init(recorded body: JSONValue) {
    self.init(image: body["Image"]?.string ?? "")
    command = body["Cmd"]?.strings
    environment = body["Env"]?.strings ?? []
    labels = (body["Labels"]?.object ?? [:]).compactMapValues(\.string)
    workingDirectory = body["WorkingDir"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    user = body["User"]?.string
    hasTerminal = body["Tty"] == true
    opensStandardInput = body["OpenStdin"] == true
    host.binds = body["HostConfig"]?["Binds"]?.strings ?? []
    host.mounts = body["HostConfig"]?["Mounts"]?.array ?? []
    recorded = body.object ?? [:]
  }

  /// That body with what can be changed.
  func sentAgain(_ recorded: [String: JSONValue]) -> JSONValue {
    var members = recorded
    members["Image"] = .string(image)
    members["WorkingDir"] = workingDirectory.map { .string($0) }
    var host = recorded["HostConfig"]?.object ?? [:]
    host["Mounts"] = self.host.mounts.isEmpty ? nil : .array(self.host.mounts)
    if !host.isEmpty || recorded["HostConfig"] != nil { members["HostConfig"] = .object(host) }
    return .object(members)
  }
}
