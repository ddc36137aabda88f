/// The rooms of the project: which module may import what, and what may be said only where.
enum Architecture {
  /// A module, and all that its files may import beside the standard library.
  struct Room {
    let module: String
    let imports: Set<String>

    /// - Parameter isOnPlatform: Whether it owns handles, threads or files, and so may use the
    ///   system's C library and locks.
    init(_ module: String, _ imports: Set<String> = [], isOnPlatform: Bool = false) {
      self.module = module
      self.imports =
        isOnPlatform ? imports.union(["Glibc", "Dispatch", "Synchronization"]) : imports
    }
  }

  /// Every module, from the bottom up: it may import rows above its own, never one below.
  ///
  /// Full Foundation is nobody's: it loads ICU, which costs every command its start-up time.
  static let rooms: [Room] = [
    Room("Canonical", ["Crypto"]),
    Room("RDF", ["Crypto"]),
    Room("JSONLD", ["RDF", "Synchronization"]),
    Room("Contexts", ["JSONLD"]),
    Room("HTTP", ["SystemPackage"]),
    Room("CCurl"),
    Room("CGit2"),
    Room("CArchive"),
    Room("CRaptor"),
    Room("Curl", ["HTTP", "CCurl", "SystemPackage"], isOnPlatform: true),
    Room("DockerEngine", ["HTTP", "Canonical", "SystemPackage"]),
    Room("Provenance", ["Canonical", "JSONLD", "RDF", "Crypto"]),
    Room("Processes", ["SystemPackage"], isOnPlatform: true),
    Room(
      "Git", ["CGit2", "Canonical", "Processes", "Crypto", "CryptoExtras", "SystemPackage"],
      isOnPlatform: true),
    Room("History", ["Git", "Canonical", "Crypto", "SystemPackage"], isOnPlatform: true),
    Room(
      "Archive", ["CArchive", "Canonical", "Crypto", "SystemPackage"], isOnPlatform: true),
    Room("Raptor", ["CRaptor", "RDF"]),
    Room(
      "SmartContainers",
      [
        "DockerEngine", "HTTP", "Curl", "Provenance", "History", "Git", "Archive", "JSONLD",
        "Contexts", "Canonical", "RDF", "Raptor", "Processes", "SystemPackage",
      ], isOnPlatform: true),
    Room("Arguments"),
    Room("Commands", ["SmartContainers", "Arguments", "SystemPackage"], isOnPlatform: true),
    Room("sc", ["Commands"]),
  ]

  /// Something that may be said in some modules only.
  struct Rule: Sendable {
    let what: String
    let modules: Set<String>
    let isBroken: @Sendable (SourceToken, _ next: SourceToken?) -> Bool
  }

  static let rules: [Rule] = [
    Rule(what: "prints", modules: ["Commands", "sc"]) { token, next in
      ["print", "debugPrint", "dump", "puts", "printf"].contains(token.word ?? "")
        && next?.isSign("(") == true
    },
    Rule(what: "reads the environment, the terminal or the home folder", modules: ["Commands"]) {
      token, _ in
      if case .literal(let text) = token.kind { return text == "HOME" || text.hasPrefix("~/.") }
      return [
        "getenv", "secure_getenv", "environ", "setenv", "isatty", "ioctl", "pw_dir",
        "ProcessInfo", "NSHomeDirectory", "CommandLine",
      ].contains(token.word ?? "")
    },
    Rule(what: "speaks PROV", modules: ["Provenance", "Contexts"]) { token, _ in
      guard case .literal(let text) = token.kind else { return false }
      return text.contains(/\bprov:/) || text.contains("www.w3.org/ns/prov")
    },
    Rule(what: "knows an engine's endpoint", modules: ["DockerEngine"]) { token, _ in
      guard case .literal(let text) = token.kind else { return false }
      return text.prefixMatch(of: /(\/v[^\/]*)?\/(containers|images|exec|volumes|networks)\//)
        != nil
        || text.wholeMatch(of: /\/(build|commit|events|_ping|info|version|auth)(\?.*)?/) != nil
    },
  ]

  /// What a file of a module may not say, each with its line.
  static func offences(in source: String, of module: String) -> [String] {
    guard let room = rooms.first(where: { $0.module == module }) else {
      return ["module \(module) has no row in Architecture.rooms"]
    }
    let tokens = SourceScanner.tokens(of: source)
    var offences: [String] = []
    for (index, token) in tokens.enumerated() {
      let next = index + 1 < tokens.count ? tokens[index + 1] : nil
      if let imported = importedModule(at: index, of: tokens), !room.imports.contains(imported) {
        offences.append("line \(token.line): \(module) imports \(imported)")
      }
      // A member or a declaration of that name is something else.
      let previous = index > 0 ? tokens[index - 1] : nil
      if token.word != nil, previous?.isSign(".") == true || previous?.word == "func" { continue }
      for rule in rules where !rule.modules.contains(module) && rule.isBroken(token, next) {
        offences.append("line \(token.line): \(module) \(rule.what)")
      }
    }
    return offences
  }

  /// The module that an import declaration at that token names.
  private static func importedModule(at index: Int, of tokens: [SourceToken]) -> String? {
    guard tokens[index].word == "import", index + 1 < tokens.count,
      index == 0 || !tokens[index - 1].isSign(".")
    else { return nil }
    let kinds = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]
    let named = kinds.contains(tokens[index + 1].word ?? "") ? index + 2 : index + 1
    return named < tokens.count ? tokens[named].word : nil
  }
}
