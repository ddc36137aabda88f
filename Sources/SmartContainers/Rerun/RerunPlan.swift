import Canonical
import Provenance

/// What a recorded run was, as far as it takes to do it again.
public struct RerunPlan: Sendable {
  /// A file or folder that went in or came out.
  public struct File: Sendable, Hashable {
    /// Where the user had it, and where the container did.
    public var path: String
    public let containerPath: String
    public let digest: SHA256Digest
    public let byteCount: Int64?
    public let isFolder: Bool
    public let isExecutable: Bool

    /// The path of the pointer to its bytes, where the history keeps them.
    var pointerPath: String?
  }

  /// What was read or written without a name.
  public struct Stream: Sendable, Hashable {
    public let digest: SHA256Digest
    public let byteCount: Int64?
  }

  /// The image that the container was created from.
  public struct Image: Sendable, Hashable {
    /// What identifies it: the digest of its configuration where that was known.
    public let identity: SHA256Digest

    /// The names that it had, that of the request first.
    public let names: [String]

    /// The digests of the uncompressed layers, base first.
    public var layers: [SHA256Digest]

    /// The digests under which registries know it: `busybox@sha256:…`.
    public let repositoryDigests: [String]

    /// Its configuration, as the history has it.
    var snapshot: JSONValue?

    /// `busybox:1.36`, or the beginning of its digest.
    public var title: String { names.first ?? String(identity.hexadecimal.prefix(12)) }
  }

  /// The activity that is to be done again.
  public let activity: ActivityID
  public let startedAt: Timestamp
  public let endedAt: Timestamp

  /// The arguments as they were typed then, redacted.
  public let command: [String]
  public internal(set) var image: Image

  /// Folders before the files in them.
  public let inputs: [File]
  public let outputs: [File]

  /// What was declared, as absolute paths and patterns.
  public let declaredInputs: [String]
  public let declaredOutputs: [String]

  /// What was piped in; nil for nothing.
  public let standardInput: Stream?
  public let standardOutput: Stream?
  public let standardError: Stream?
  public let exitCode: Int

  /// `linux/arm64`; nil where nobody asked for one.
  let platform: String?

  /// The request that created the container, as it was sent but for its secrets.
  let body: JSONValue

  /// Reads what a run was.
  ///
  /// - Throws: `SmartContainersError` for an activity that is no run, or one whose end nobody saw.
  init(_ document: ActivityDocument) throws(SmartContainersError) {
    let name = "activity \(document.id)"
    guard ["run", "rerun"].contains(document.operation) else {
      throw SmartContainersError(
        .failed, "\(name) is no run: it is \(document.operation)",
        hint: "sc log --operation run lists those that can be done again.")
    }
    guard let creation = document.parts.first(where: { $0.operation == "container.create" }),
      creation.outcome == .succeeded, let body = creation.plan.request?.body,
      let image = creation.used.first(where: { $0.role == .image }),
      let identity = IRI.digest(of: image.iri)
    else {
      throw SmartContainersError(
        .failed, "\(name) never ran: its container was not created",
        hint: "sc show \(document.id) tells why.")
    }
    guard let exitCode = document.exitCode else {
      throw SmartContainersError(
        .failed, "\(name) cannot be compared with: nobody saw its container end",
        hint: "It went on in the background, or sc was ended. sc run does it anew.")
    }
    activity = document.id
    (startedAt, endedAt) = (document.startedAt, document.endedAt)
    command = document.plan.command ?? []
    self.exitCode = exitCode
    self.body = body
    platform = creation.plan.request?.query.first { $0.name == "platform" }?.value
    self.image = Image(
      identity: identity, names: Self.names(of: image, in: creation, body),
      layers: image.layers, repositoryDigests: image.repositoryDigests)
    inputs = Self.files(document.used, .input)
    outputs = Self.files(document.generated, .output)
    declaredInputs = document.plan.inputs
    declaredOutputs = document.plan.outputs
    standardInput = Self.stream(document.used, .standardInput)
    standardOutput = Self.stream(document.generated, .standardOutput)
    standardError = Self.stream(document.generated, .standardError)
  }

  private static func names(
    of image: ActivityDocument.Link, in creation: ActivityDocument, _ body: JSONValue
  ) -> [String] {
    let references = creation.used.filter { $0.role == .imageReference }.compactMap(\.label)
    let all = [body["Image"]?.string, image.label].compactMap { $0 } + references
    var names: [String] = []
    // The label of an image without a name is the beginning of its digest.
    for name in all where (try? ImageName(name)) != nil && SHA256Digest(name) == nil {
      let isDigest = name.utf8.count == 12 && name.allSatisfy(\.isHexDigit)
      if !isDigest, !names.contains(name) { names.append(name) }
    }
    return names
  }

  private static func files(_ links: [ActivityDocument.Link], _ role: Role) -> [File] {
    let files = links.filter { $0.role == role }.compactMap { link -> File? in
      guard let digest = IRI.digest(of: link.iri), let path = link.path else { return nil }
      let isBoth = Set(["ce:File", "ce:Folder"]).isSubset(of: link.types)
      // An empty folder and an empty file are the same bytes.
      let isFolder =
        isBoth
        ? links.contains { $0.path.map { !$0.isPath(path) && $0.isBeneath(path) } ?? false }
        : link.types.contains("ce:Folder")
      return File(
        path: path, containerPath: link.containerPath ?? path, digest: digest,
        byteCount: link.byteCount, isFolder: isFolder, isExecutable: link.isExecutable,
        pointerPath: link.pointerPath)
    }
    return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private static func stream(_ links: [ActivityDocument.Link], _ role: Role) -> Stream? {
    links.first { $0.role == role }.flatMap { link in
      IRI.digest(of: link.iri).map { Stream(digest: $0, byteCount: link.byteCount) }
    }
  }
}

extension RerunPlan {
  /// The inputs that are in no other.
  var roots: [File] {
    var roots: [File] = []
    for file in inputs
    where !roots.contains(where: { $0.isFolder && file.path.isBeneath($0.path) }) {
      roots.append(file)
    }
    return roots
  }

  /// Whether its standard input was open.
  var opensStandardInput: Bool { body["OpenStdin"] == true }

  /// Whether somebody typed at a terminal: what, is not recorded.
  var wasTyped: Bool { opensStandardInput && body["Tty"] == true }

  /// The name in messages: the beginning of the id, as `sc show` takes it.
  public var shortID: String { String(activity.description.prefix(13)) }
}
