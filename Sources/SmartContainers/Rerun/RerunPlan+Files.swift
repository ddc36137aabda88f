import Canonical
import DockerEngine
import Provenance
import SystemPackage

// How the files of a recorded run get into its container and out of it once more.
extension RerunPlan {
  /// The specification that was sent, with the folders of the user's own mounts where they are now
  /// and without the mounts of the inputs.
  ///
  /// - Parameter body: the request that was recorded, with what was hidden.
  func specification(_ body: JSONValue, _ options: RerunOptions) -> ContainerSpecification {
    var members = body.object ?? [:]
    if var host = members["HostConfig"]?.object {
      host["Binds"] = host["Binds"].map { binds in
        guard let binds = binds.strings else { return binds }
        return .array(binds.map { .string(Self.moved($0, options)) })
      }
      members["HostConfig"] = .object(host)
    }
    var specification = ContainerSpecification(recorded: .object(members))
    specification.host.mounts = specification.host.mounts.filter { !isOfInput($0) }.map { mount in
      guard mount["Type"] == "bind", var members = mount.object,
        let source = members["Source"]?.string
      else { return mount }
      members["Source"] = .string(options.path(now: source))
      return .object(members)
    }
    return specification
  }

  private static func moved(_ bind: String, _ options: RerunOptions) -> String {
    guard bind.hasPrefix("/"), let colon = bind.firstIndex(of: ":") else { return bind }
    return options.path(now: String(bind[..<colon])) + bind[colon...]
  }

  /// Whether a mount is one that was made for an input: also of one that was put together elsewhere
  /// for a moment, where this was itself a rerun.
  private func isOfInput(_ mount: JSONValue) -> Bool {
    roots.contains { root in
      if let target = mount["Target"]?.string, target.isBeneath(root.containerPath),
        FileSelection.isPrivate(target), mount == FileTransfer.mask(at: target)
      {
        return true
      }
      return mount == [
        "Type": "bind", "Source": mount["Source"] ?? .null,
        "Target": .string(root.containerPath), "ReadOnly": true,
      ]
    }
  }

  /// The mounts of the run's own, where their folders are now.
  func mounts(_ options: RerunOptions) -> BindMounts {
    BindMounts(specification(body, options).host)
  }

  /// The folder that the container had elsewhere, where this was itself a rerun of files that were
  /// somewhere else before.
  private var moved: (from: String, to: String)? {
    for file in inputs + outputs where file.path != file.containerPath {
      var (here, there) = (FilePath(file.path), FilePath(file.containerPath))
      while let last = here.lastComponent, last == there.lastComponent {
        here.removeLastComponent()
        there.removeLastComponent()
      }
      return (from: here.string, to: there.string)
    }
    return nil
  }

  /// The outputs that were declared, here and in the container.
  func declaredOutputs(_ options: RerunOptions) -> [FileTransfer.Output] {
    let mounts = BindMounts(specification(body, RerunOptions()).host)
    return declaredOutputs.map { text in
      var then = FileTransfer.Output(PathPattern(recorded: text), mounts)
      if let moved, !then.isMounted, then.pattern.literal.isBeneath(moved.from) {
        then = FileTransfer.Output(
          pattern: then.pattern,
          containerPattern: then.pattern.moved(from: moved.from, to: moved.to), isMounted: false)
      }
      return FileTransfer.Output(
        pattern: options.pattern(now: then.pattern), containerPattern: then.containerPattern,
        isMounted: then.isMounted)
    }
  }
}
