import Curl
import HTTP
import JSONLD
import Provenance
import RDF
import Raptor

/// What ORCID's public API says of a person.
public struct ORCIDRecord: Sendable, Equatable {
  /// The name under which the person publishes, else given and family name.
  public let name: String?

  /// Where the person works now, as far as that is public.
  public let organization: String?

  /// What a record may cost.
  static let limits = WebClient.Limits(
    byteCount: 4 << 20, total: .seconds(10), idle: .seconds(10), connect: .seconds(5),
    redirects: 5)

  /// Fetches the record of an iD.
  ///
  /// - Parameter iri: `https://orcid.org/0000-0002-1825-0097`.
  /// - Returns: nil when ORCID knows no such iD.
  /// - Throws: `SmartContainersError` of code `failed` when it cannot be reached, or what answers is
  ///   no record of that person; `CancellationError`.
  /// - Source: ORCID API v3.0, GET /{orcid}/record.
  public static func fetch(
    _ iri: String, _ configuration: Configuration, _ places: ClientPlaces
  ) async throws -> ORCIDRecord? {
    guard let orcid = try? ORCID(iri) else {
      throw SmartContainersError(.usage, "\(iri) is no ORCID iD")
    }
    let endpoint =
      configuration[.orcidEndpoint] ?? ConfigurationKey.orcidEndpoint.defaultValue ?? ""
    var web = Client.webClient(places)
    web.limits = limits
    web.accepts = "application/json, text/turtle;q=0.5"
    do {
      return try await web.response(at: WebAddress("\(endpoint)/\(orcid)/record")) { _, response in
        let type = response.headers["Content-Type"]?.lowercased() ?? ""
        let bytes = try await response.body.collect()
        return try type.hasPrefix("text/turtle")
          ? ORCIDRecord(turtle: bytes, of: orcid) : ORCIDRecord(json: bytes, of: orcid)
      }
    } catch let error as WebError where error.status == 404 {
      return nil
    } catch let error as WebError {
      throw SmartContainersError(.failed, error.description, cause: error)
    } catch let error as TransportError {
      try Task.checkCancellation()
      throw SmartContainersError(.failed, error.description, cause: error)
    }
  }

  private static func unusable(_ why: String) -> SmartContainersError {
    SmartContainersError(.failed, "what answers is no record of ORCID: \(why)")
  }

  /// How long a name may be.
  private static let nameLimit = 512

  /// A name as a setting may have it; nil for what is none.
  private static func clean(_ text: String?) -> String? {
    guard let text, text.utf8.count <= nameLimit,
      let name = try? ConfigurationKey.agentName.normalized(text)
    else { return nil }
    return name
  }

  private init(turtle: [UInt8], of orcid: ORCID) throws {
    let quads: [Quad]
    do throws(TurtleError) {
      quads = try TurtleReader.quads(turtle, base: orcid.iri, limit: 100_000)
    } catch {
      throw Self.unusable("\(error)")
    }
    guard let person = try? PersonDescription(in: quads), person.orcid == orcid else {
      throw Self.unusable("it describes somebody else")
    }
    name = Self.clean(person.name)
    organization = Self.clean(person.organization)
  }

  private init(json: [UInt8], of orcid: ORCID) throws {
    let record: JSON
    do throws(JSONLDError) {
      record = try JSONParser().parse(json)
    } catch {
      throw Self.unusable("\(error)")
    }
    guard record["orcid-identifier"]?["path"]?.string == orcid.description else {
      throw Self.unusable("it describes somebody else")
    }
    let names = record["person"]?["name"]
    let parts = ["given-names", "family-name"].compactMap { names?[$0]?["value"]?.string }
    name = Self.clean(names?["credit-name"]?["value"]?.string ?? parts.joined(separator: " "))
    organization = Self.clean(Self.employer(in: record))
  }

  /// The organization of the first employment that did not end.
  private static func employer(in record: JSON) -> String? {
    let groups = record["activities-summary"]?["employments"]?["affiliation-group"]?.array ?? []
    for summary in groups.flatMap({ $0["summaries"]?.array ?? [] }) {
      let employment = summary["employment-summary"]
      if employment?["end-date"]?.object == nil,
        let name = employment?["organization"]?["name"]?.string
      {
        return name
      }
    }
    return nil
  }
}
