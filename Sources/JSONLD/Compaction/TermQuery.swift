/// What a term has to be like to stand for a property with a certain value.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 6.2, IRI Compaction, step 4.
struct TermQuery {
  /// Of which mapping of the terms the preferred values are.
  enum Kind { case language, type, any }

  /// The containers that the value can be in, the best first.
  private(set) var containers: [Container] = []

  private(set) var kind = Kind.language

  /// The language or type of the value, then what else will do.
  var preferred: [String] = []

  private init() {}

  /// What a term has to be like that stands for a type or a keyword.
  static let plain = {
    var query = TermQuery()
    query.addNode()
    query.containers += [[], [.index], [.index, .set]]
    query.prefer("@id", hasID: false)
    return query
  }()

  /// What a term has to be like for a value, and `@reverse` the other way round.
  init(_ value: JSON, isReverse: Bool, in context: ActiveContext, mode: ProcessingOptions.Mode) {
    guard case .object(let object) = value else {
      self = .plain
      return
    }
    let hasIndex = object.contains("@index")
    var key = "@null"
    if hasIndex, !object.isGraph { containers += [[.index], [.index, .set]] }
    if isReverse {
      kind = .type
      key = "@reverse"
      containers.append([.set])
    } else if let list = object["@list"] {
      if !hasIndex { containers.append([.list]) }
      key = addList(list.asArray, in: context)
    } else if object.isGraph {
      key = addGraph(object)
    } else if object.contains("@value") {
      key = addValue(object)
      containers.append([.set])
    } else {
      addNode()
      key = "@id"
    }
    containers.append([])
    if mode == .jsonLD11 {
      if !hasIndex { containers += [[.index], [.index, .set]] }
      if object.count == 1, object.contains("@value") {
        containers += [[.language], [.language, .set]]
      }
    }
    prefer(key, hasID: object.contains("@id"))
  }

  private mutating func prefer(_ key: String, hasID: Bool) {
    preferred = [key]
    if hasID, key == "@reverse" { preferred.append("@id") }
    if hasID, key == "@reverse" || key == "@id" { preferred.append("@vocab") }
    preferred += ["@none", "@any"]
    if let mark = key.utf8.firstIndex(of: UInt8(ascii: "_")), mark != key.startIndex {
      preferred.append(String(key[mark...]))
    }
  }

  /// Puts what is for terms before what is for other IRIs.
  mutating func preferVocabulary() {
    guard let id = preferred.firstIndex(of: "@id"),
      let vocabulary = preferred.firstIndex(of: "@vocab")
    else { return }
    preferred.swapAt(id, vocabulary)
  }

  private mutating func addNode() {
    kind = .type
    containers += [[.id], [.id, .set], [.type], [.type, .set], [.set]]
  }

  private mutating func addGraph(_ object: JSONObject) -> String {
    let hasIndex = object.contains("@index")
    let hasID = object.contains("@id")
    if hasIndex { containers += [[.graph, .index], [.graph, .index, .set]] }
    if hasID { containers += [[.graph, .id], [.graph, .id, .set]] }
    containers += [[.graph], [.graph, .set], [.set]]
    if !hasIndex { containers += [[.graph, .index], [.graph, .index, .set]] }
    if !hasID { containers += [[.graph, .id], [.graph, .id, .set]] }
    containers += [[.index], [.index, .set]]
    kind = .type
    return "@id"
  }

  private mutating func addValue(_ object: JSONObject) -> String {
    let language = object["@language"]?.string
    let direction = object["@direction"]?.string
    if language != nil || direction != nil, !object.contains("@index") {
      containers += [[.language], [.language, .set]]
      return Self.languageKey(language, direction)
    }
    guard let type = object["@type"]?.string else { return "@null" }
    kind = .type
    return type
  }

  /// Finds the type or language that all elements have in common.
  private mutating func addList(_ elements: [JSON], in context: ActiveContext) -> String {
    guard !elements.isEmpty else {
      kind = .any
      return context.defaultLanguageKey
    }
    var commonLanguage: String?
    var commonType: String?
    for element in elements {
      var language = "@none"
      var type = "@none"
      if element["@value"] == nil {
        type = "@id"
      } else if element["@language"] != nil || element["@direction"] != nil {
        language = Self.languageKey(element["@language"]?.string, element["@direction"]?.string)
      } else if let valueType = element["@type"]?.string {
        type = valueType
      } else {
        language = "@null"
      }
      if commonLanguage == nil {
        commonLanguage = language
      } else if commonLanguage != language, element["@value"] != nil {
        commonLanguage = "@none"
      }
      if commonType == nil { commonType = type } else if commonType != type { commonType = "@none" }
      if commonLanguage == "@none", commonType == "@none" { break }
    }
    guard let commonType, commonType != "@none" else { return commonLanguage ?? "@none" }
    kind = .type
    return commonType
  }

  /// The key of strings of a language and a direction.
  static func languageKey(_ language: String?, _ direction: String?) -> String {
    (language?.lowercased() ?? "") + (direction.map { "_" + $0 } ?? "")
  }
}

extension JSONObject {
  /// Whether this is a graph object: a graph, perhaps with an identifier and an index.
  var isGraph: Bool {
    contains("@graph")
      && members.allSatisfy { $0.name == "@graph" || $0.name == "@id" || $0.name == "@index" }
  }

  /// Whether this is a graph object without an identifier.
  var isSimpleGraph: Bool { isGraph && !contains("@id") }
}
