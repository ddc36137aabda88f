import Foundation

/// An engine that the tests can be run on.
package enum EngineKind: String, CaseIterable, Sendable {
  /// dockerd on a unix socket.
  case docker

  /// dockerd over TCP, which demands certificates.
  case dockerOverTLS = "docker-tls"

  /// podman's service of the Docker Engine API on a unix socket.
  case podman

  /// The engine that `SC_TEST_ENGINE` names; dockerd where it names none.
  package static let current: EngineKind = {
    guard let name = ProcessInfo.processInfo.environment["SC_TEST_ENGINE"], !name.isEmpty else {
      return .docker
    }
    guard let kind = EngineKind(rawValue: name) else {
      preconditionFailure(
        "SC_TEST_ENGINE is '\(name)'; it may be \(allCases.map(\.rawValue).joined(separator: ", "))"
      )
    }
    return kind
  }()

  /// What `sc` calls it.
  package var product: String { self == .podman ? "podman" : "dockerd" }

  /// The status of what the state of a thing does not allow.
  package var statusOfConflicts: Int { self == .podman ? 500 : 409 }

  /// The script of `Tests/Servers` that runs it.
  var script: String { self == .podman ? "podman.sh" : "engine.sh" }

  /// What must be installed, and how it is.
  var needs: (tools: [String], hint: String) {
    self == .podman
      ? (["podman", "runc"], "podman is missing; apt-get install podman runc")
      : (["dockerd"], "dockerd is missing; apt-get install docker.io")
  }
}
