import DockerEngine

extension ImageBuilder {
  /// What `DOCKER_BUILDKIT` asks for; nothing in particular when it is empty or not set.
  ///
  /// - Throws: `SmartContainersError` of code `usage` for what Go's `strconv.ParseBool`, with which
  ///   docker reads it, does not know.
  init(variable: String?) throws(SmartContainersError) {
    switch variable {
    case nil, "": self = .automatic
    case "1", "t", "T", "true", "TRUE", "True": self = .buildKit
    case "0", "f", "F", "false", "FALSE", "False": self = .classic
    case let value?:
      throw SmartContainersError(
        .usage, "DOCKER_BUILDKIT is neither true nor false: \(value)",
        hint: "Set it to 1 for BuildKit, to 0 for the classic builder, or unset it.")
    }
  }
}
