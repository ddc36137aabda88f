import Canonical
import DockerEngine
import Provenance

/// The ways into a container, or into the containers that an image would give: services that listen
/// and folders that hold data.
public struct EntryPoints: Sendable {
  private(set) var entries: EntryDocument

  /// One way in, for people.
  public struct Row: Sendable {
    /// `http`, `https`, `volume`, `bind`, `temporary`, `declared`.
    public let kind: String

    /// The port, or the path of the folder.
    public let place: String

    /// The URL, or the command, by which it is reached; nil where there is none yet.
    public let access: String?

    /// The bytes of the folder's last archive; nil where the history knows none.
    public let byteCount: Int64?

    /// The SHA-256 of the folder's last archive.
    public let digest: String?
  }

  /// The ways in, services first.
  public var rows: [Row] {
    entries.services.map { service in
      Row(
        kind: service.scheme, place: String(service.port),
        access: service.urls.isEmpty ? nil : service.urls.joined(separator: " "), byteCount: nil,
        digest: nil)
    }
      + entries.folders.map { folder in
        Row(
          kind: folder.kind.rawValue, place: folder.path, access: folder.command,
          byteCount: folder.archive?.byteCount, digest: folder.archive?.digest.description)
      }
  }

  /// The document: an API documentation of the Hydra core vocabulary.
  public func linkedData(_ format: LinkedDataFormat) throws -> [UInt8] {
    let document = entries.document()
    guard format != .jsonLD else { return document }
    return try LinkedDataWriter.text(
      ofExpanded: try LinkedDataReader().expanded(document), format)
  }

  /// Tells the ways into the containers of an image that an activity is about to make: what is
  /// mounted into this one is none of theirs.
  mutating func isAbout(imageMadeBy activity: ActivityID, of object: EngineObject) {
    entries.subject = SmartImage.iri(madeBy: activity)
    for index in entries.services.indices { entries.services[index].urls = [] }
    let volumes = Set((object.configuration["Volumes"]?.object ?? [:]).keys)
    entries.folders = entries.folders.compactMap { folder in
      let isOfImage = volumes.contains(folder.path)
      guard isOfImage || folder.kind == .declared else { return nil }
      return EntryPoint.DataFolder(path: folder.path, kind: isOfImage ? .volume : .declared)
    }
  }
}

extension EntryPoints {
  /// Finds the ways into a container or an image.
  ///
  /// - Parameters:
  ///   - engine: where the object is.
  ///   - host: the name under which the engine's published ports are reached.
  ///   - declared: what labels and settings declare.
  ///   - archives: what the history knows of folders that were copied out, by their paths.
  init(
    of object: EngineObject, on engine: EngineClient, host: EngineAddress,
    declared: EntryDeclarations, archives: [String: Content]
  ) {
    entries = EntryDocument(
      subject: object.iri, name: object.name,
      services: object.services(declared, host),
      folders: object.folders(declared).map { folder in
        var folder = folder
        folder.archive = archives[folder.path]
        guard object.kind == .container, folder.kind != .temporary else { return folder }
        folder.downloadURL = host.base + engine.archiveTarget(of: object.id, path: folder.path)
        folder.command = "sc container cp \(ShellWords.quoted("\(object.name):\(folder.path)")) -"
        return folder
      })
  }
}

extension EngineObject {
  /// The IRI by which the history knows it.
  var iri: String {
    switch kind {
    case .container: Container(id: id, name: name, engine: nil).iri
    case .image: SHA256Digest(id).map(IRI.named) ?? "urn:x-image:\(id)"
    }
  }

  /// What listens on the ports, by their numbers.
  fileprivate func services(
    _ declared: EntryDeclarations, _ host: EngineAddress
  ) -> [EntryPoint.Service] {
    let bindings = bindings
    let exposed = (configuration["ExposedPorts"]?.object ?? [:]).keys
    let ports =
      Set(exposed).union(bindings.keys).compactMap(Self.tcpPort)
      + declared.services.keys
    return Set(ports).sorted().map { port in
      let declaration = declared.services[port]
      let scheme = declaration?.scheme ?? (port == 443 || port == 8443 ? "https" : "http")
      let path = declaration?.path ?? "/"
      let urls = (bindings["\(port)/tcp"] ?? []).map { "\(scheme)://\(host.reaching($0))\(path)" }
      return EntryPoint.Service(
        port: port, scheme: scheme, path: path, isDeclared: declaration != nil,
        urls: Set(urls).sorted())
    }
  }

  private static func tcpPort(_ name: String) -> Int? {
    let halves = name.split(separator: "/")
    return halves.count == 1 || halves[1] == "tcp" ? halves.first.flatMap { Int($0) } : nil
  }

  /// Where ports are published: as they are while it runs, as they were asked for otherwise.
  private var bindings: [String: [(address: String, port: String)]] {
    let isRunning = json["State"]?["Running"]?.bool == true
    let ports =
      isRunning ? json["NetworkSettings"]?["Ports"] : json["HostConfig"]?["PortBindings"]
    return (ports?.object ?? [:]).mapValues { list in
      (list.array ?? []).compactMap { binding in
        // Without a number the engine chooses one when the container is started.
        guard let port = binding["HostPort"]?.string, !port.isEmpty, port != "0" else { return nil }
        return (binding["HostIp"]?.string ?? "", port)
      }
    }
  }

  /// Where data is, by the paths.
  fileprivate func folders(_ declared: EntryDeclarations) -> [EntryPoint.DataFolder] {
    var folders: [String: EntryPoint.DataFolder] = [:]
    for path in declared.folders {
      folders[path] = EntryPoint.DataFolder(path: path, kind: .declared)
    }
    for path in (configuration["Volumes"]?.object ?? [:]).keys {
      folders[path] = EntryPoint.DataFolder(path: path, kind: .volume)
    }
    for path in (json["HostConfig"]?["Tmpfs"]?.object ?? [:]).keys {
      folders[path] = EntryPoint.DataFolder(path: path, kind: .temporary)
    }
    for mount in json["Mounts"]?.array ?? [] {
      guard let path = mount["Destination"]?.string else { continue }
      let type = mount["Type"]?.string
      let kind: EntryPoint.DataFolder.Kind =
        type == "bind" ? .bind : type == "tmpfs" ? .temporary : .volume
      folders[path] = EntryPoint.DataFolder(
        path: path, kind: kind,
        source: kind == .volume ? mount["Name"]?.string : mount["Source"]?.string,
        isWritable: mount["RW"]?.bool ?? true)
    }
    return folders.values.sorted { $0.path < $1.path }
  }
}
