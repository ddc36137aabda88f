import Canonical
import Contexts
import JSONLD
import Provenance
import RDF
import Raptor

/// Settings that somebody hands in, as JSON-LD or as Turtle: in this project's terms, or as a
/// description of a person, such as the original's `sc.config` and what ORCID gives.
public struct HandedInSettings: Sendable {
  /// What is set; of the forms in which settings are kept.
  public let values: [ConfigurationKey: String]

  /// The same as changes: who is said to be somebody is so with nothing of anybody else.
  public var changes: [ConfigurationKey: String?] {
    var changes = values.mapValues { Optional($0) }
    guard Self.namesSomebody(values) else { return changes }
    for key in ConfigurationKey.allCases where key.saysWho && values[key] == nil {
      changes.updateValue(nil, forKey: key)
    }
    return changes
  }

  /// Whether settings say who somebody is.
  static func namesSomebody(_ values: [ConfigurationKey: String]) -> Bool {
    values[.agentName] != nil || values[.agentORCID] != nil
  }

  /// How many bytes a document may have.
  public static let byteLimit = 1 << 20

  /// Reads a document.
  ///
  /// - Parameters:
  ///   - bytes: JSON-LD when they begin with a brace or a bracket, Turtle otherwise.
  ///   - name: what it is called in messages, a path.
  ///   - mayBeEmpty: whether it may set nothing.
  /// - Throws: `SmartContainersError` of code `usage`, which names the place or the line, and when
  ///   nothing is set.
  public init(
    _ bytes: [UInt8], named name: String, mayBeEmpty: Bool = false
  ) throws(SmartContainersError) {
    let quads = try Self.quads(bytes, named: name)
    var found = try Self.terms(in: quads, named: name)
    let described: PersonDescription?
    do throws(PersonDescription.Problem) {
      described = try PersonDescription(in: quads)
    } catch {
      throw SmartContainersError(
        .usage, "\(name): \(error)", hint: "Say in the document who is meant, by a valid ORCID iD.")
    }
    if let person = described {
      let described: [(ConfigurationKey, String?)] = [
        (.agentName, person.name), (.agentEmail, person.email),
        (.agentORCID, person.orcid?.iri), (.agentOrganization, person.organization),
      ]
      for case (let key, let value?) in described where found[key] == nil { found[key] = value }
    }
    guard mayBeEmpty || !found.isEmpty else {
      throw SmartContainersError(
        .usage, "\(name) sets nothing that is known, and describes no person",
        hint: "sc config export shows what such a document looks like.")
    }
    var values: [ConfigurationKey: String] = [:]
    for (key, value) in found {
      do throws(SmartContainersError) {
        values[key] = try key.normalized(value)
      } catch {
        throw SmartContainersError(
          .usage, "\(name): \(key.rawValue): \(error.message)", hint: error.hint)
      }
    }
    self.values = values
  }

  private static func quads(
    _ bytes: [UInt8], named name: String
  ) throws(SmartContainersError) -> [Quad] {
    guard bytes.count <= byteLimit else {
      throw SmartContainersError(
        .usage, "\(name) has \(bytes.count) bytes; settings have at most \(byteLimit)")
    }
    let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
      do throws(TurtleError) {
        return try TurtleReader.quads(bytes, base: "urn:x-settings:", limit: 100_000)
      } catch {
        let code: SmartContainersError.Code = error.code == .missingLibrary ? .failed : .usage
        throw SmartContainersError(code, "\(name): \(error)", cause: error)
      }
    }
    do throws(JSONLDError) {
      return try jsonLDQuads(HandedInDocument(name: name, bytes: bytes).parse())
    } catch {
      throw SmartContainersError(.usage, in: name, error)
    }
  }

  private static func jsonLDQuads(_ document: JSON) throws(JSONLDError) -> [Quad] {
    var quads: [Quad] = []
    do {
      // What may be loaded is itself a setting.
      try Processor(documents: try KnownContext.documents()).toRDF(document) { quads.append($0) }
    } catch let error as JSONLDError where error.code == .loadingRemoteContextFailed {
      throw JSONLDError(
        error.code, "Of other documents, settings may name only the contexts that sc knows.",
        at: error.place)
    } catch let error as JSONLDError {
      throw error
    } catch {
      throw JSONLDError(.loadingDocumentFailed, "\(error)")
    }
    return quads
  }

  /// What is set in this project's terms; of several values the first.
  ///
  /// What says who somebody is may stand anywhere. Policies count only where a document says that it
  /// is settings: a description of a person from the web is not to change them.
  private static func terms(
    in quads: [Quad], named name: String
  ) throws(SmartContainersError) -> [ConfigurationKey: String] {
    let namespace = HostConfigurationDocument.namespace
    let settings = Set(
      quads.filter {
        $0.predicate == .iri(RDFVocabulary.type)
          && $0.object == .iri(namespace + "HostConfiguration")
      }.map(\.subject))
    let keys = Dictionary(
      HostConfigurationDocument.terms.map { (HostConfigurationDocument.namespace + $1, $0) },
      uniquingKeysWith: { first, _ in first })
    var found: [ConfigurationKey: String] = [:]
    for quad in quads {
      guard case .iri(let term) = quad.predicate, term.hasPrefix(namespace) else { continue }
      guard let key = keys[term] else {
        throw SmartContainersError(
          .usage, "\(name): \(term.dropFirst(namespace.count)) is no setting",
          hint: "sc config export shows what such a document looks like.")
      }
      guard found[key] == nil, key.saysWho || settings.contains(quad.subject) else { continue }
      switch quad.object {
      case .iri(let value): found[key] = value
      case .literal(let literal): found[key] = literal.value
      case .blankNode: break
      }
    }
    return found
  }
}
