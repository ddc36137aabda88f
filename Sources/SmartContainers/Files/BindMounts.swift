import Canonical
import DockerEngine

/// The folders and files of the host that a container has, by its own specification.
struct BindMounts: Sendable {
  private struct Mount {
    let source: String
    let target: String
  }

  private let mounts: [Mount]

  init(_ host: HostConfiguration) {
    let binds = host.binds.compactMap { bind -> Mount? in
      let parts = bind.split(separator: ":", omittingEmptySubsequences: false)
      // A name without a slash is that of a volume.
      guard parts.count >= 2, parts[0].hasPrefix("/") else { return nil }
      return Mount(source: Self.normal(parts[0]), target: Self.normal(parts[1]))
    }
    let mounts = host.mounts.compactMap { mount -> Mount? in
      guard mount["Type"] == "bind", let source = mount["Source"]?.string,
        let target = mount["Target"]?.string
      else { return nil }
      return Mount(source: Self.normal(source[...]), target: Self.normal(target[...]))
    }
    // The innermost first: it hides what is above it.
    self.mounts = (binds + mounts).sorted { $0.source.utf8.count > $1.source.utf8.count }
  }

  /// What is mounted, on the host.
  var sources: [String] { mounts.map(\.source) }

  /// Where the container has a path of the host; nil when it does not.
  func containerPath(of hostPath: String) -> String? {
    guard let mount = mounts.first(where: { hostPath.isBeneath($0.source) }) else { return nil }
    return hostPath.moved(from: mount.source, to: mount.target)
  }

  /// What the container calls what a pattern means on the host; nil when it does not have it.
  func containerPattern(of pattern: PathPattern) -> PathPattern? {
    let place = pattern.isPattern ? pattern.folder : pattern.literal
    guard let mount = mounts.first(where: { place.isBeneath($0.source) }) else { return nil }
    return pattern.moved(from: mount.source, to: mount.target)
  }

  private static func normal(_ path: Substring) -> String {
    let trimmed = path.reversed().drop { $0 == "/" }.reversed()
    return trimmed.isEmpty ? "/" : String(trimmed)
  }
}
