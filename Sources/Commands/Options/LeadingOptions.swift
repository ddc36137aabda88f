import ArgumentParser

/// Global options before the command, as git and docker users write them:
/// `sc --sc-dir x log`, `sc -H unix:///y container ls`.
enum LeadingOptions {
  private static let withValue: Set<String> = [
    "--sc-dir", "-H", "--host", "--context", "--set", "--color",
  ]
  private static let flags: Set<String> = ["--no-pager"]

  /// Moves leading global options behind the command's name, where the parser wants them.
  static func sorted(_ arguments: [String], for root: any ParsableCommand.Type) -> [String] {
    var rest = arguments[...]
    var leading: [String] = []
    while let first = rest.first, first.hasPrefix("-") {
      if flags.contains(first) || withValue.contains(where: { first.hasPrefix($0 + "=") }) {
        leading.append(rest.removeFirst())
      } else if withValue.contains(first), rest.count > 1 {
        leading += [rest.removeFirst(), rest.removeFirst()]
      } else {
        break
      }
    }
    guard !leading.isEmpty else { return arguments }
    var path: [String] = []
    var command = root
    while let name = rest.first,
      let next = command.configuration.subcommands.first(where: { $0._commandName == name })
    {
      path.append(rest.removeFirst())
      command = next
    }
    return path + leading + rest
  }
}
