/// What a context says of one term.
///
/// Source: JSON-LD 1.1 Processing Algorithms and API, section 4.2, Create Term Definition.
final class TermDefinition: Sendable {
  /// A language or direction mapping: that there is none differs from `null`, which is that of
  /// strings without one.
  enum Mapping<Value: Sendable & Equatable>: Sendable, Equatable {
    case unset
    case null
    case value(Value)
  }

  /// The IRI, blank node or keyword that the term stands for; nil when it stands for nothing.
  let iri: String?

  /// The keyword that the term is an alias of.
  let keyword: Keyword?

  /// Whether the term may be the prefix of a compact IRI.
  let isPrefix: Bool

  let isProtected: Bool

  /// Whether it is a reverse property.
  let isReverse: Bool

  let type: TypeMapping?
  let container: Container
  let language: Mapping<String>
  let direction: Mapping<Direction>

  /// The property of which the value is the key of an index map.
  let index: String?

  /// The member in which the property is nested: `@nest` or an alias of it.
  let nest: String?

  /// The scoped context, `null` included; nil where there is none.
  let context: JSON?

  /// The base against which IRIs of remote contexts in the scoped context are resolved.
  let baseURL: String?

  /// How many bytes a definition takes, and its term to be found by.
  static let byteCount = 240

  init(_ draft: Draft) {
    iri = draft.iri
    keyword = draft.iri.flatMap { Keyword($0) }
    isPrefix = draft.isPrefix
    isProtected = draft.isProtected
    isReverse = draft.isReverse
    type = draft.type
    container = draft.container
    language = draft.language
    direction = draft.direction
    index = draft.index
    nest = draft.nest
    context = draft.context
    baseURL = draft.baseURL
  }

  /// A definition while it is made.
  struct Draft {
    var iri: String?
    var isPrefix = false
    var isProtected = false
    var isReverse = false
    var type: TypeMapping?
    var container: Container = []
    var language = Mapping<String>.unset
    var direction = Mapping<Direction>.unset
    var index: String?
    var nest: String?
    var context: JSON?
    var baseURL: String?
  }

  /// Whether both say the same, whether or not they are protected.
  func isSame(as other: TermDefinition) -> Bool {
    Name(iri ?? "") == Name(other.iri ?? "") && (iri == nil) == (other.iri == nil)
      && isPrefix == other.isPrefix && isReverse == other.isReverse && type == other.type
      && container == other.container && language == other.language
      && direction == other.direction && index == other.index && nest == other.nest
      && context == other.context && (context == nil || baseURL == other.baseURL)
  }
}

/// What the values of a term are taken for.
enum TypeMapping: Sendable, Equatable {
  case id
  case vocab
  case json
  case none

  /// The IRI of a datatype.
  case iri(String)

  /// The text in which it is written.
  var text: String {
    switch self {
    case .id: "@id"
    case .vocab: "@vocab"
    case .json: "@json"
    case .none: "@none"
    case .iri(let iri): iri
    }
  }
}

/// The container mapping of a term.
struct Container: OptionSet, Sendable, Hashable {
  let rawValue: UInt8

  static let list = Self(rawValue: 1 << 0)
  static let set = Self(rawValue: 1 << 1)
  static let index = Self(rawValue: 1 << 2)
  static let language = Self(rawValue: 1 << 3)
  static let graph = Self(rawValue: 1 << 4)
  static let id = Self(rawValue: 1 << 5)
  static let type = Self(rawValue: 1 << 6)

  /// The one of a keyword; nil where that is none.
  init?(_ keyword: String) {
    switch keyword {
    case "@list": self = .list
    case "@set": self = .set
    case "@index": self = .index
    case "@language": self = .language
    case "@graph": self = .graph
    case "@id": self = .id
    case "@type": self = .type
    default: return nil
    }
  }

  init(rawValue: UInt8) { self.rawValue = rawValue }
}
