import Canonical
import DockerEngine

/// What a container would have of its host beyond what every container has.
///
/// A history may come from anybody, and what it recorded was granted by who ran it then.
struct HostAccess: Sendable {
  /// What, a phrase each.
  private(set) var grants: [String] = []

  /// - Parameters:
  ///   - body: of the request that creates the container (Engine API, POST /containers/create).
  ///   - folder: whose files it may have; nil for none.
  init(_ body: JSONValue, besides folder: String?) {
    let host = body["HostConfig"] ?? .null
    for bind in host["Binds"]?.strings ?? [] {
      note(source: String(bind.prefix { $0 != ":" }), folder)
    }
    for mount in host["Mounts"]?.array ?? [] where mount["Type"] != "tmpfs" {
      note(source: mount["Source"]?.string ?? "", folder)
    }
    if host["Privileged"] == true { grants.append("all privileges") }
    for (member, name) in Self.lists {
      let values = (host[member]?.array ?? []).map { $0.string ?? $0.text() }
      if !values.isEmpty { grants.append("\(name) \(values.joined(separator: ", "))") }
    }
    for (member, name) in Self.namespaces {
      guard let mode = host[member]?.string, mode == "host" || mode.hasPrefix("container:") else {
        continue
      }
      grants.append("the \(name) of \(mode == "host" ? "the host" : mode)")
    }
    for member in ["CgroupParent", "Runtime"] {
      guard let value = host[member]?.string, !["", "runc"].contains(value) else { continue }
      grants.append("\(member) \(value)")
    }
  }

  private mutating func note(source: String, _ folder: String?) {
    guard !source.isEmpty else { return }
    if source.utf8.first != UInt8(ascii: "/") {
      grants.append("the volume \(source)")
    } else if folder.map({ !source.isBeneath($0) }) ?? true
      || source.utf8.split(separator: UInt8(ascii: "/")).contains(where: {
        $0.elementsEqual("..".utf8)
      })
    {
      grants.append("the folder or file \(source)")
    }
  }

  private static let lists = [
    ("Devices", "the devices"), ("DeviceRequests", "the devices"),
    ("DeviceCgroupRules", "the device rules"), ("CapAdd", "the capabilities"),
    ("SecurityOpt", "the security options"), ("VolumesFrom", "the volumes of"),
    ("Links", "links to"),
  ]

  private static let namespaces = [
    ("NetworkMode", "network"), ("PidMode", "processes"), ("IpcMode", "shared memory"),
    ("UTSMode", "host name"), ("UsernsMode", "users"), ("CgroupnsMode", "control groups"),
  ]
}
