import SmartContainers

/// A mount as `--mount` takes it: `type=bind,source=/data,target=/data,readonly`.
struct MountSpecification {
  /// The mount as the Engine API takes it.
  let json: JSONValue

  init(_ text: String) throws(UsageError) {
    var mount: [String: JSONValue] = ["Type": "volume"]
    for field in text.split(separator: ",") {
      let halves = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = halves.count > 1 ? String(halves[1]) : "true"
      switch halves[0].lowercased() {
      case "type": mount["Type"] = .string(value)
      case "source", "src": mount["Source"] = .string(value)
      case "target", "destination", "dst": mount["Target"] = .string(value)
      case "readonly", "ro": mount["ReadOnly"] = .bool(try Self.truth(value, in: text))
      case "consistency": mount["Consistency"] = .string(value)
      case "bind-propagation": mount["BindOptions"] = ["Propagation": .string(value)]
      case "tmpfs-size":
        guard let size = ByteSize(argument: value) else {
          throw UsageError("--mount \(text): tmpfs-size \(value) is no size")
        }
        mount["TmpfsOptions"] = ["SizeBytes": .integer(size.bytes)]
      case "volume-nocopy":
        mount["VolumeOptions"] = ["NoCopy": .bool(try Self.truth(value, in: text))]
      default: throw UsageError("--mount \(text): unknown field \(halves[0])")
      }
    }
    guard mount["Target"] != nil else { throw UsageError("--mount \(text): a target is missing") }
    guard mount["Type"] != "bind" || mount["Source"] != nil else {
      throw UsageError("--mount \(text): a bind mount needs a source")
    }
    json = .object(mount)
  }

  private static func truth(_ value: String, in text: String) throws(UsageError) -> Bool {
    switch value.lowercased() {
    case "true", "1": return true
    case "false", "0": return false
    default: throw UsageError("--mount \(text): expected true or false, not \(value)")
    }
  }
}
