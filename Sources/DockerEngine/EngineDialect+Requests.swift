import Canonical

// Requests as the engine takes them, and its refusals.
extension EngineDialect {
  /// The query of an import.
  func importQuery(repository: String?, tag: String?) -> [(String, String?)] {
    guard has(.importTagInName), let repository, let tag, !tag.isEmpty else {
      return [("repo", repository), ("tag", tag)]
    }
    return [("repo", "\(repository):\(tag)")]
  }

  /// The part of a query that asks for events up to a moment that is not in the future.
  ///
  /// Podman stops reading its events at that moment, which is before it has begun: the events that
  /// are later are left out by whoever reads.
  ///
  /// Source: podman, libpod/events/logfile.go.
  func end(ofPastEvents until: String) -> [(String, String?)] {
    has(.eventsWithoutEnd) ? [("stream", "false")] : [("until", until)]
  }

  /// The instructions by which a commit sets the labels of its body, and takes the entry point
  /// away; none where the body does.
  ///
  /// Source: podman, pkg/util/utils.go, GetImageConfig: of quotes only the outermost are taken off.
  func instructions(for configuration: JSONValue?) -> [String] {
    guard has(.commitByInstructions) else { return [] }
    let labels = (configuration?["Labels"]?.object ?? [:]).sorted { $0.key < $1.key }
    let hasNoEntrypoint = configuration?["Entrypoint"]?.array?.isEmpty == true
    return labels.map { name, value in "LABEL \"\(name)\"=\"\(value.string ?? "")\"" }
      + (hasNoEntrypoint ? ["ENTRYPOINT []"] : [])
  }

  /// The labels that an instruction for a commit or an import sets.
  ///
  /// Source: Dockerfile reference, "LABEL"; moby/buildkit, frontend/dockerfile/parser,
  /// parseNameVal: without an equals sign in the first word, all behind it is one value.
  package func labels(ofInstruction line: String) -> [(name: String, value: String)] {
    let text = line.drop(while: \.isWhitespace)
    let keyword = text.prefix { !$0.isWhitespace }
    guard keyword.lowercased() == "label" else { return [] }
    let rest = String(text[keyword.endIndex...].drop(while: \.isWhitespace))
    if has(.commitByInstructions) { return Self.halves(rest).map { [$0] } ?? [] }
    // What ends within quotes is refused by the engine, in its own words.
    guard let words = try? ShellWords.split(rest), let first = words.first else { return [] }
    guard first.contains("=") else {
      return [(first, words.dropFirst().joined(separator: " "))]
    }
    return words.map { word in
      let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(halves[0]), halves.count > 1 ? String(halves[1]) : "")
    }
  }

  private static func halves(_ text: String) -> (name: String, value: String)? {
    let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
      $0.count > 1 && $0.hasPrefix("\"") && $0.hasSuffix("\"") ? $0.dropFirst().dropLast() : $0
    }
    return halves.count == 2 ? (String(halves[0]), String(halves[1])) : nil
  }

  /// The filters of a list.
  func filters(_ filters: [String: [String]]) -> [String: [String]] {
    guard has(.noDeadContainers) else { return filters }
    return filters.mapValues { $0.filter { $0 != "dead" } }
  }

  /// The outputs that come though nobody asked for them.
  func outputs(omittedBy options: AttachOptions) -> Set<OutputChunk.Stream> {
    guard has(.bothOutputs), !options.hasTerminal else { return [] }
    return Set(
      [
        options.passesStandardOutput ? nil : OutputChunk.Stream.standardOutput,
        options.passesStandardError ? nil : .standardError,
      ].compactMap(\.self))
  }

  /// The body of a login. Loopback needs no TLS with dockerd, and with podman under one name.
  ///
  /// Source: podman, pkg/api/handlers/compat/auth.go.
  func login(_ credentials: JSONValue) -> JSONValue {
    guard has(.loginOverTLS), var members = credentials.object,
      let server = members["serveraddress"]?.string, server.hasPrefix("127."),
      let colon = server.firstIndex(of: ":")
    else { return credentials }
    members["serveraddress"] = .string("localhost" + server[colon...])
    return .object(members)
  }

  /// The status that dockerd gives to a refusal.
  ///
  /// Source: podman, libpod/define/errors.go.
  func status(_ status: Int, of answer: JSONValue?) -> Int {
    guard has(.faultsForRefusals), status == 500 else { return status }
    return switch answer?["cause"]?.string {
    case "container state improper": 409
    case "network is being used": 403
    case "invalid argument": 400
    case "layer not known", "image not known", "no such container", "no such volume": 404
    default: status
    }
  }
}
