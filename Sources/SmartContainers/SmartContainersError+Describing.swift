import Archive
import DockerEngine
import Git
import HTTP
import History
import JSONLD

extension SmartContainersError {
  /// The one place where the errors of the layers below become what a user is told.
  public init(describing error: any Error) {
    switch error {
    case let error as SmartContainersError: self = error
    case let error as RunFailure: self.init(describing: error.cause)
    case let error as TransportError: self.init(transport: error)
    case let error as EngineError: self.init(engine: error)
    case let error as WebError: self.init(web: error)
    case let error as EndpointError:
      self.init(.usage, error.message, hint: error.hint, cause: error)
    case let error as HistoryError: self.init(history: error)
    case let error as GitRemoteError: self.init(remote: error)
    case let error as ArchiveError: self.init(.failed, "\(error)", cause: error)
    case let error as JSONLDError: self.init(.failed, in: nil, error)
    case is CancellationError: self.init(.interrupted, "interrupted", cause: error)
    default: self.init(.failed, "\(error)", cause: error)
    }
  }

  private init(transport error: TransportError) {
    let hints: [TransportError.Code: String] = [
      .noSocket: "Is the engine installed and running? Name another one with -H or DOCKER_HOST.",
      .refused: "Is the engine running? Name another one with -H or DOCKER_HOST.",
      .permissionDenied:
        "Add yourself to the socket's group (usermod -aG docker $USER, then log in again), "
        + "or use sudo.",
      .unknownHost: "Check the host name in -H, DOCKER_HOST or the docker context.",
      .connectTimeout: "Check the address, the network and any firewall in between.",
      .idleTimeout: "The engine may be overloaded or stuck; look at its log and try again.",
      .untrustedEngine:
        "Check ca.pem in DOCKER_CERT_PATH, and that the engine's certificate names this host.",
      .clientCertificate:
        "Check cert.pem and key.pem in DOCKER_CERT_PATH: the engine must trust their authority.",
      .certificateFile: "DOCKER_CERT_PATH must hold ca.pem, cert.pem and key.pem.",
      .tlsMismatch: "Set DOCKER_TLS_VERIFY=1 for an engine with TLS, and unset it for one without.",
      .lost: "Whether the operation happened is found out at the next sc command.",
    ]
    switch error.code {
    case .cancelled: self.init(.interrupted, "interrupted", cause: error)
    case .lost, .malformed, .tooLarge, .other:
      self.init(.failed, error.description, hint: hints[error.code], cause: error)
    default:
      self.init(.engineUnreachable, error.message, hint: hints[error.code], cause: error)
    }
  }

  /// What could not be fetched never reached the engine, or made no image there.
  private init(web error: WebError) {
    let hints: [WebError.Code: String] = [
      .unreachable: "Check the URL, the network, and http_proxy, https_proxy and no_proxy.",
      .untrusted: "CURL_CA_BUNDLE or SSL_CERT_FILE can name the authorities to trust.",
      .tooLarge: "Allow more with --max-size.",
      .silent: "Allow a longer silence with --idle-time, or try again.",
      .timeLimit: "Allow more time with --max-time.",
      .cutShort: "Nothing was imported; try again.",
    ]
    self.init(
      error.code == .notAddress ? .usage : .failed, error.description, hint: hints[error.code],
      cause: error)
  }

  private init(engine error: EngineError) {
    switch error.code {
    case .unauthorized where error.operation.hasPrefix("image."):
      self.init(
        .authentication, error.message,
        hint: "The registry wants to know who asks: sc login REGISTRY.", cause: error)
    case .unauthorized: self.init(.authentication, error.message, cause: error)
    // Refused before the engine was asked.
    case .badRequest where error.status == nil: self.init(.usage, error.message, cause: error)
    case .noSpace:
      self.init(
        .failed, error.message,
        hint: "Make room on the engine's disk: sc container prune and sc image prune remove what "
          + "nobody uses.", cause: error)
    case .registryUnreachable:
      self.init(
        .failed, "the engine cannot reach the registry: \(error.message)",
        hint: "Check its name, and the engine's network and proxy.", cause: error)
    case .notFound where ["image.pull", "image.build"].contains(error.operation):
      self.init(
        .failed, error.message,
        hint: "Check the name and the tag; a private image may want sc login REGISTRY first.",
        cause: error)
    case .unsupported where ["image.pull", "image.push"].contains(error.operation):
      self.init(
        .failed, error.message, hint: "Name each tag in a command of its own.", cause: error)
    case .version:
      self.init(
        .failed, error.message, hint: "Upgrade the older of the two.", cause: error)
    case .notFound where error.operation == "container.create":
      self.init(
        .failed, error.message,
        hint: "Build it with sc image build; sc image ls shows what is there.", cause: error)
    case .notFound:
      let kind = error.operation.prefix { $0 != "." }
      self.init(
        .failed, error.message,
        hint: ["image", "network", "volume"].contains(kind)
          ? "sc \(kind) ls shows what is there." : "sc container ls -a shows what is there.",
        cause: error)
    default: self.init(.failed, error.message, cause: error)
    }
  }

  private init(history error: HistoryError) {
    let codes: [HistoryError.Code: Code] = [
      .notFound: .noHistory, .busy: .historyBusy, .notRepository: .historyUnusable,
      .notOwned: .historyUnusable, .permissionDenied: .historyUnusable,
      .readOnly: .historyUnusable, .diskFull: .historyUnusable, .corrupt: .historyUnusable,
      .unsupportedFormat: .historyUnusable, .shallow: .historyUnusable, .io: .historyUnusable,
    ]
    // Also said of what is done and not yet committed: none may claim that nothing happened.
    let hints: [HistoryError.Code: String] = [
      .notFound: "Make one with sc init, or name one with --sc-dir or SC_DIR.",
      .notRepository: "Make one with sc init in another folder, or name one with --sc-dir.",
      .notOwned:
        "If you trust it: git config --global --add safe.directory "
        + (error.path?.string ?? "FOLDER"),
      .permissionDenied: "sc does nothing that it cannot record: check its owner and its mode.",
      .readOnly:
        "sc does nothing that it cannot record: mount it for writing, or name another with "
        + "--sc-dir.",
      .diskFull: "sc does nothing that it cannot record: make room, then try again.",
      .corrupt:
        "sc status mends what the journal still has. Else git --git-dir=FOLDER fsck names the "
        + "damage, and the object can be fetched from another clone.",
      .io: "sc status mends what the journal still has; git --git-dir=FOLDER fsck says more.",
      .unsupportedFormat: "Upgrade sc.",
      .shallow: "Make it whole with git --git-dir=.sc fetch --unshallow.",
      .busy: "Try again when the others have finished.",
      .notHistory:
        "Check the address. A history can have a branch of its own beside others: name it.",
      .ambiguous: "Write more of it.",
      .noSuchRevision: "sc log shows what is there.",
      .unsigned:
        "Check that the key of signing.key is there and can be used without being asked; "
        + "sc config unset signing.key signs nothing.",
      .noSuchRemote: "sc remote lists them; sc remote add NAME URL adds one.",
    ]
    self.init(
      codes[error.code] ?? .failed, error.description, hint: hints[error.code], cause: error)
  }

  private init(remote error: GitRemoteError) {
    let hints: [GitRemoteError.Code: String] = [
      .address: "A path, file://, ssh://, git://, https:// or user@host:path.",
      .unreachable: "Check the address with sc remote -v, the network, and any proxy.",
      .authentication: "Check who may come in there, and what you show: a key, or a password.",
      .untrusted: "Check that it is the right machine before you trust it.",
      .notFound: "Check the address with sc remote -v, and whether you may see it.",
      .silent: "Allow a longer silence with sc config set remote.timeout SECONDS, or try again.",
      .cutShort: "Nothing is lost; try again.",
      .noSpace: "Make room, then try again.",
      .missingProgram: "Install it, or use another kind of address.",
    ]
    let codes: [GitRemoteError.Code: Code] = [
      .address: .usage, .authentication: .authentication, .cancelled: .interrupted,
      .noSpace: .historyUnusable,
    ]
    self.init(
      codes[error.code] ?? .failed, error.description, hint: hints[error.code], cause: error)
  }
}
