import Canonical
import Provenance

/// The names of the blanks of a recipe, and the texts that they stand in.
///
/// Equal secrets have equal commitments, and so one name.
struct BlankNames: Sendable {
  private(set) var blanks: [Blank] = []
  private var names: [Commitment: String] = [:]

  /// A part of a text that has blanks.
  enum Part: Equatable {
    case text(String)
    case blank(String)
  }

  /// The text, cut at its blanks.
  func parts(of text: String) -> [Part] {
    guard text.contains("redacted:") else { return [.text(text)] }
    let bytes = Array(text.utf8)
    var parts: [Part] = []
    var literal: [UInt8] = []
    var index = 0
    func close() {
      if !literal.isEmpty { parts.append(.text(String(decoding: literal, as: UTF8.self))) }
      literal = []
    }
    while index < bytes.count {
      if let (commitment, length) = Commitment.commitment(in: bytes, at: index),
        let name = names[commitment]
      {
        close()
        parts.append(.blank(name))
        index += length
      } else {
        literal.append(bytes[index])
        index += 1
      }
    }
    close()
    return parts.isEmpty ? [.text("")] : parts
  }

  /// The text with values in the place of its blanks.
  func filled(_ text: String, _ value: (String) -> String) -> String {
    parts(of: text).map { part in
      switch part {
      case .text(let text): text
      case .blank(let name): value(name)
      }
    }.joined()
  }

  /// The value with values in the place of its blanks; those in names of members, too.
  func filled(_ json: JSONValue, _ value: (String) -> String) -> JSONValue {
    switch json {
    case .null, .bool, .integer, .double: json
    case .string(let text): .string(filled(text, value))
    case .array(let elements): .array(elements.map { filled($0, value) })
    case .object(let members):
      .object(
        Dictionary(
          members.map { (filled($0.key, value), filled($0.value, value)) },
          uniquingKeysWith: { $1 }))
    }
  }
}

extension BlankNames {
  /// Finds the blanks of a creation: in the environment first, whose names are best.
  mutating func add(creation body: JSONValue) {
    for entry in body["Env"]?.strings ?? [] {
      let name = String(entry.prefix { $0 != "=" })
      add(entry, named: name, at: "Config.Env \(name)")
    }
    add(body["Labels"] ?? .null, at: ["Config", "Labels"])
    for name in ["Entrypoint", "Cmd"] {
      add(words: body[name]?.strings ?? [], at: "Config.\(name)")
    }
    for (name, value) in (body.object ?? [:]).sorted(by: { $0.key < $1.key }) {
      let isOfTheHost = ["HostConfig", "NetworkingConfig"].contains(name)
      add(value, at: isOfTheHost ? [name] : ["Config", name])
    }
  }

  /// Finds the blanks of a value.
  ///
  /// - Parameter path: the names of the members that lead to it; the last one names what is found.
  mutating func add(_ json: JSONValue, at path: [String]) {
    switch json {
    case .null, .bool, .integer, .double: break
    case .string(let text):
      add(text, named: path.last ?? "", at: path.joined(separator: "."))
    case .array(let elements):
      for element in elements { add(element, at: path) }
    case .object(let members):
      for (name, value) in members.sorted(by: { $0.key < $1.key }) {
        add(name, named: path.last ?? "", at: path.joined(separator: "."))
        add(value, at: path + [name])
      }
    }
  }

  /// Finds the blanks of a command line: what follows `--password` is named after that.
  private mutating func add(words: [String], at place: String) {
    var option = ""
    for word in words {
      let assigned = word.split(separator: "=", maxSplits: 1).first.map(String.init) ?? ""
      let isOption = option.hasPrefix("-") && !option.contains("=")
      let name = word.contains("=") ? assigned : isOption ? option : "ARGUMENT"
      add(word, named: name, at: place)
      option = word
    }
  }

  private mutating func add(_ text: String, named name: String, at place: String) {
    guard text.contains("redacted:") else { return }
    let bytes = Array(text.utf8)
    for index in bytes.indices {
      guard let (commitment, length) = Commitment.commitment(in: bytes, at: index),
        names[commitment] == nil
      else { continue }
      // A part of a value is no value of that name.
      let isWhole =
        length == bytes.count
        || bytes.prefix(index).last == UInt8(ascii: "=")
          && index + length == bytes.count
      let unique = unique(Self.variable(isWhole ? name : name + "_SECRET"))
      names[commitment] = unique
      blanks.append(Blank(name: unique, place: place))
    }
  }

  private func unique(_ name: String) -> String {
    let taken = Set(blanks.map(\.name))
    guard taken.contains(name) else { return name }
    var number = 2
    while taken.contains("\(name)_\(number)") { number += 1 }
    return "\(name)_\(number)"
  }

  /// The name of a variable that a shell accepts and that it does not have for itself.
  private static func variable(_ name: String) -> String {
    let isVariable =
      name.first?.isNumber == false
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    let words = name.split { !$0.isASCII || !$0.isLetter && !$0.isNumber }
    var variable = isVariable ? name : words.joined(separator: "_").uppercased()
    if variable.first?.isNumber ?? true { variable = "VALUE_" + variable }
    return isTaken(variable) ? "CONTAINER_" + variable : variable
  }

  /// Whether shells, loaders and docker's clients have a variable of that name, or read it: who
  /// forgot to supply it would pass on another value, or change what the client does.
  static func isTaken(_ name: String) -> Bool {
    let names = """
      CDPATH EDITOR ENV EUID FCEDIT GROUPS HISTFILE HISTSIZE HOME HOSTNAME HOSTTYPE IFS LANG
      LANGUAGE LINENO LOGNAME MACHTYPE MAIL MAILPATH NLSPATH OLDPWD OPTARG OPTIND OSTYPE PATH
      PPID PROMPT_COMMAND PWD RANDOM SECONDS SHELL SHELLOPTS SHLVL TERM TMPDIR TZ UID USER
      VISUAL PS1 PS2 PS4 _
      """.split(whereSeparator: \.isWhitespace)
    let prefixes = [
      "BASH", "BUILDKIT_", "BUILDX_", "COMPOSE_", "DOCKER_", "GO", "LC_", "LD_", "XDG_",
    ]
    let isProxy = name.lowercased().hasSuffix("_proxy")
    return names.contains { $0 == name } || isProxy || prefixes.contains(where: name.hasPrefix)
  }
}
