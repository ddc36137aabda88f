import Canonical
import Testing

/// What an engine shows of a container, by field, so that two that were created alike are equal.
enum ContainerFields {
  /// The leaves of what the engine shows, but for what names the one container.
  static func of(_ id: String, _ bench: Workbench) async throws -> [String: String] {
    let text = try await bench.run(["docker", "inspect", id]).outputBytes
    let container = try #require(try JSONValue(parsing: text).array?.first)
    var fields: [String: String] = [:]
    collect(container, "", into: &fields)
    let own = [
      "Id", "Created", "Name", "LogPath", "ResolvConfPath", "HostnamePath", "HostsPath",
      "GraphDriver.", "Config.Labels.smartcontainers.activity",
    ]
    fields = fields.filter { name, _ in
      !own.contains { name == $0 || $0.hasSuffix(".") && name.hasPrefix($0) }
    }
    if fields["Config.Hostname"]?.contains(id.prefix(12)) == true {
      fields["Config.Hostname"] = nil
    }
    return fields
  }

  private static func collect(
    _ value: JSONValue, _ name: String, into fields: inout [String: String]
  ) {
    switch value {
    case .object(let members):
      for (member, value) in members {
        collect(value, name.isEmpty ? member : "\(name).\(member)", into: &fields)
      }
    // Null, empty and absent mean the same to an engine, and clients of different age choose
    // differently; so do they for the restart policy of nobody and for a capability's prefix.
    case .null: break
    case .array(let elements) where elements.isEmpty: break
    case .string("") where name == "HostConfig.RestartPolicy.Name":
      fields[name] = "\"no\""
    case .array(let elements) where name == "HostConfig.CapAdd":
      fields[name] =
        "\(elements.map { ($0.string ?? "").replacingOccurrences(of: "CAP_", with: "") })"
    // Docker's client orders those at random.
    case .array(let elements)
    where ["Config.Env", "HostConfig.Binds"].contains(name)
      || name.hasPrefix("HostConfig.DeviceRequests[0].Capabilities["):
      fields[name] = "\(Set(elements.map { $0.text() }).sorted())"
    case .array(let elements) where name.hasPrefix("HostConfig.DeviceRequests"):
      for (index, element) in elements.enumerated() {
        collect(element, "\(name)[\(index)]", into: &fields)
      }
    // Sets, which a snapshot has in the order of their elements.
    case .array(let elements)
    where ["HostConfig.Devices", "HostConfig.SecurityOpt", "HostConfig.CapDrop"].contains(name):
      fields[name] = "\(elements.map { $0.text() }.sorted())"
    // Its own name stands in the middle of a link: `/web:/own/web`.
    case .array(let elements) where name == "HostConfig.Links":
      let ends = elements.map { ($0.string ?? "").split(separator: "/") }
      fields[name] = "\(ends.map { [$0.first, $0.last] })"
    case .array(let elements) where name == "Mounts" || name == "HostConfig.Mounts":
      for element in elements {
        guard case .object(var members) = element else { continue }
        let place = (members["Destination"] ?? members["Target"])?.text() ?? ""
        // An anonymous volume has a name of its own.
        if members["Name"]?.string?.count == 64 {
          members["Name"] = nil
          members["Source"] = nil
        }
        collect(.object(members), "\(name)[\(place)]", into: &fields)
      }
    default: fields[name] = value.text()
    }
  }
}
