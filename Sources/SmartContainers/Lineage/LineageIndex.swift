import History
import Provenance

/// Which documents say something about which node: of each statement eight bytes of a key and four
/// of the document's number, so that a history of any length fits.
///
/// Keys may collide. Who looks something up reads the documents that it is led to, which say
/// themselves what they are about.
struct LineageIndex: Sendable {
  /// What a document says about a node.
  enum Role: UInt8, Sendable {
    /// It describes the activity.
    case activity
    /// Where it comes from.
    case origin
    /// What comes from it.
    case use
    /// That something was at a path.
    case path
  }

  struct Entry: Sendable {
    let key: UInt64
    let document: UInt32
    let role: Role
  }

  private(set) var documents: [StoredActivity] = []
  private var entries: [Entry] = []

  mutating func add(_ found: [Entry]) { entries += found }

  /// - Returns: the document's number.
  mutating func add(_ document: StoredActivity) -> UInt32 {
    documents.append(document)
    return UInt32(documents.count - 1)
  }

  /// Makes what was added ready to be looked up.
  mutating func seal() {
    entries.sort {
      ($0.key, $0.role.rawValue, $0.document) < ($1.key, $1.role.rawValue, $1.document)
    }
  }

  /// The numbers of the documents that may say that, in the order of their time.
  func documents(_ role: Role, of text: String) -> [UInt32] {
    let key = ScannedText.key(of: text.utf8)
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if (entries[middle].key, entries[middle].role.rawValue) < (key, role.rawValue) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    var found: [UInt32] = []
    while low < entries.count, entries[low].key == key, entries[low].role == role {
      if found.last != entries[low].document { found.append(entries[low].document) }
      low += 1
    }
    return found
  }
}

extension LineageIndex.Entry {
  /// What a node's statements say.
  static func entries(of node: ScannedNode, in document: UInt32) -> [Self] {
    guard let iri = node.iri else { return [] }
    let own = iri.key
    var entries: [Self] = []
    func add(_ key: UInt64, _ role: LineageIndex.Role) {
      entries.append(Self(key: key, document: document, role: role))
    }
    if node.isActivity { add(own, .activity) }
    for (statement, value) in node.statements {
      switch statement {
      case .used, .wasInformedBy: add(value.key, .use)
      case .generated: add(value.key, .origin)
      case .wasGeneratedBy: add(own, .origin)
      case .wasDerivedFrom, .wasRevisionOf, .hadPrimarySource, .specializationOf:
        add(own, .origin)
        add(value.key, .use)
      case .hadMember:
        for key in [own, value.key] {
          add(key, .origin)
          add(key, .use)
        }
      case .path, .atLocation: add(value.key, .path)
      default: break
      }
    }
    return entries
  }
}
