import Arguments
import SmartContainers
import Synchronization

extension Invocation {
  /// What the user's configuration has for the registry of an image; nil for nothing.
  func credentials(for name: ImageName) async throws -> RegistryCredentials? {
    try await CredentialStore(try places()).credentials(
      for: CredentialStore.key(for: name.registry))
  }

  /// What the user's configuration has for every registry.
  func allCredentials() async throws -> [RegistryCredentials] {
    try await CredentialStore(try places()).all()
  }

  /// How an image is pulled that a container needs; the progress goes to standard error.
  func pulling(_ policy: ImagePulling.Policy?) -> ImagePulling {
    let display = Mutex(
      TransferDisplay(isRedrawing: terminal.isErrorInteractive, width: terminal.width))
    return ImagePulling(policy ?? .missing, credentials: credentials) { [terminal] event in
      terminal.noteRaw(display.withLock { $0.text(for: event) })
    }
  }
}

extension ImagePulling.Policy: ArgumentValue {}
