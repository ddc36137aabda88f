import Canonical

/// Makes equal what the engine means to be equal.
enum Normalization {
  /// Maps whose keys the user chose, and whose empty values therefore say something.
  private static let maps: Set<String> = [
    "Annotations", "DriverOpts", "ExposedPorts", "Labels", "Networks", "Options", "PortBindings",
    "StorageOpt", "Sysctls", "Tmpfs", "Volumes",
  ]
  /// Members whose zero differs from their absence.
  private static let meaningfulZeros: Set<String> = ["Init", "MemorySwappiness", "StopTimeout"]

  /// The value without what is null, empty, zero or false: Go's zero values, which engines
  /// write, leave out or write as null, by version and by chance.
  static func pruned(_ value: JSONValue, in member: String = "") -> JSONValue {
    switch value {
    case .array(let elements): return .array(elements.map { pruned($0) })
    case .object(let members):
      let isMap = maps.contains(member) || member == "Config" && isTextMap(members)
      var kept: [String: JSONValue] = [:]
      for (name, value) in members {
        let value = pruned(value, in: isMap ? "" : name)
        let stays = isMap || !isZero(value) || meaningfulZeros.contains(name) && !value.isNull
        if stays { kept[name] = value }
      }
      return .object(kept)
    default: return value
    }
  }

  /// Whether this is the map of a log driver's options, which shares its name with a
  /// container's configuration.
  private static func isTextMap(_ members: [String: JSONValue]) -> Bool {
    members.values.allSatisfy { $0.string != nil }
  }

  private static func isZero(_ value: JSONValue) -> Bool {
    [.null, .bool(false), .integer(0), .string(""), .array([]), .object([:])].contains(value)
  }

  /// The member's elements in an order that depends only on what they are.
  static func sort(
    _ name: String, in members: inout [String: JSONValue], by key: (JSONValue) -> String?
  ) {
    guard let elements = members[name]?.array else { return }
    let keyed = elements.map { (key: key($0) ?? "", bytes: $0.bytes(), value: $0) }
    let sorted = keyed.sorted {
      $0.key == $1.key
        ? $0.bytes.lexicographicallyPrecedes($1.bytes)
        : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
    }
    members[name] = .array(sorted.map(\.value))
  }

  /// The environment by name. Of two entries of one name the order stays: it decides.
  static func sortEnvironment(in members: inout [String: JSONValue]) {
    guard let entries = members["Env"]?.strings else { return }
    let keyed = entries.enumerated().map { (name: $1.prefix { $0 != "=" }, place: $0, entry: $1) }
    let sorted = keyed.sorted {
      $0.name == $1.name
        ? $0.place < $1.place : $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }
    members["Env"] = .array(sorted.map { .string($0.entry) })
  }
}
