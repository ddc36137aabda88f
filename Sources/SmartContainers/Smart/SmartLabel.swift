import Canonical
import Contexts
import JSONLD
import Provenance

/// The label `smartcontainer`: JSON-LD that an image or a container carries, one document or an
/// array of them.
///
/// What makes an image smart is one of the documents, a statement of how it came to be. What users
/// put there stands beside it.
public struct SmartLabel: Sendable {
  /// The key of the label.
  public static let key = "smartcontainer"

  /// How many bytes a document may have that is put there: what every engine takes, even one that
  /// has labels in the target of a request, of 1 MiB, in which a byte takes up to three.
  public static let byteLimit = 256 << 10

  /// The text as the label has it.
  public let text: String

  private let documents: [JSON]

  /// Reads the label of something; nil where it has none.
  ///
  /// - Throws: `SmartContainersError` of code `failed` for what is no document of JSON-LD.
  public init?(of object: EngineObject) throws(SmartContainersError) {
    guard let text = object.labels[Self.key] else { return nil }
    self.text = text
    let document: JSON
    do throws(JSONLDError) {
      document = try HandedInDocument(name: Self.key, bytes: Array(text.utf8)).parse()
    } catch {
      throw SmartContainersError(
        .failed, in: "label \(Self.key) of \(object.kind.rawValue) \(object.name)", error)
    }
    documents = document.array ?? [document]
  }

  /// What it states, in expanded form.
  ///
  /// - Throws: `SmartContainersError` of code `failed` that names the place in the document.
  public func expanded(loadingWith loader: ContextLoader) async throws -> JSON {
    do throws(JSONLDError) {
      return try await Processor().expand(
        documents.count == 1 ? documents[0] : .array(documents), loadingWith: loader)
    } catch {
      try Task.checkCancellation()
      throw SmartContainersError(
        .failed, in: "label \(Self.key)", error, isWebAllowed: loader.isWebAllowed)
    }
  }

  /// What it states, as linked data.
  ///
  /// - Throws: `SmartContainersError` of code `failed` that names the place in the document.
  public func linkedData(
    _ format: LinkedDataFormat, loadingWith loader: ContextLoader
  ) async throws -> [UInt8] {
    guard format != .jsonLD else { return Array(text.utf8) }
    let expanded = try await expanded(loadingWith: loader)
    do {
      return try LinkedDataWriter.text(ofExpanded: expanded, format)
    } catch {
      throw SmartContainersError(.failed, "label \(Self.key): \(error)", cause: error)
    }
  }

  /// Whether it says how the image came to be, as this project or the original one does.
  public var isSmart: Bool { documents.contains(where: Self.isStatement) }

  /// The documents that users put there.
  private var others: [JSON] { documents.filter { !Self.isStatement($0) } }

  /// The label's text with another statement, beside what users put there.
  static func text(statement: JSON, replacingThatOf label: SmartLabel?) -> String {
    text([statement] + (label?.others ?? []))
  }

  /// The label's text with another document of a user, beside the statement.
  ///
  /// - Returns: nil where the document has nothing but a statement: nobody makes one by hand.
  static func text(document: JSON, replacingThatOf label: SmartLabel?) -> String? {
    let own = (document.array ?? [document]).filter { !isStatement($0) }
    return own.isEmpty ? nil : text((label?.documents.filter(isStatement) ?? []) + own)
  }

  private static func text(_ documents: [JSON]) -> String {
    JSONWriter().text(
      of: documents.count == 1 ? documents[0] : .array(documents.map(withoutGraph)))
  }

  /// The document as an element of an array: there, a graph without a name would be a blank node's.
  ///
  /// Source: JSON-LD 1.1, section 4.9, Named Graphs; section 4.7, Included Nodes.
  static func withoutGraph(_ document: JSON) -> JSON {
    guard case .object(var object) = document, case .array(let nodes) = object["@graph"],
      object.names.allSatisfy({ ["@context", "@graph"].contains($0) }),
      nodes.allSatisfy({ $0["@value"] == nil && $0["@list"] == nil && $0.object != nil })
    else { return document }
    object["@graph"] = nil
    object["@included"] = .array(nodes)
    return .object(object)
  }

  private static func isStatement(_ document: JSON) -> Bool {
    guard let contexts = try? KnownContext.documents(),
      let nodes = try? Processor(documents: contexts).expand(document)
    else { return false }
    return hasStatement(nodes)
  }

  /// The class of our own statements, and that of the original's, which has no other mark.
  private static let classes: Set<String> = [
    Namespace.sc.rawValue + "SmartImage", Namespace.docker.rawValue + "Entity",
  ]

  private static func hasStatement(_ expanded: JSON) -> Bool {
    switch expanded {
    case .array(let nodes): nodes.contains(where: hasStatement)
    case .object(let node):
      (node["@type"]?.array ?? []).contains { $0.string.map(classes.contains) ?? false }
        || ["@graph", "@included"].contains { node[$0].map(hasStatement) ?? false }
    default: false
    }
  }
}
