import Canonical

extension Snapshot {
  /// The path of a network's snapshot in the history: `networks/8a/<full id>.json`.
  package static func path(network id: String) -> String { path("networks", id) }

  /// A network's configuration. Source: Engine API, GET /networks/{id}.
  ///
  /// Without the containers that are in it: each has that in its own snapshot.
  package static func network(
    inspection: JSONValue, redactor: inout Redactor
  ) -> JSONValue {
    let kept = pick(
      [
        "Attachable", "ConfigFrom", "ConfigOnly", "Created", "Driver", "EnableIPv6", "IPAM", "Id",
        "Ingress", "Internal", "Labels", "Name", "Options", "Scope",
      ], from: inspection)
    return redactor.redact(json: Normalization.pruned(kept))
  }
}
