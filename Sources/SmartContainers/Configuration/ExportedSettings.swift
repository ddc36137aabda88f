import Provenance

/// Settings as a document that can be handed in again, here or elsewhere.
public struct ExportedSettings: Sendable {
  private let document: SettingsDocument

  /// - Parameters:
  ///   - values: the settings, of the forms in which they are kept.
  ///   - hostID: the machine whose settings they are; nil for a person's own.
  ///   - describesAgent: whether the agent that they make is described beside them.
  public init(
    _ values: [ConfigurationKey: String], hostID: String?, describesAgent: Bool = true
  ) {
    let settings = ConfigurationKey.allCases.compactMap { key in
      values[key].flatMap { value in
        HostConfigurationDocument.terms[key].map {
          SettingsDocument.Setting(term: $0, value: value, isIRI: key == .agentORCID)
        }
      }
    }
    var person: Person?
    if describesAgent, let name = values[.agentName] {
      person = Person(
        name: name, email: values[.agentEmail],
        orcid: values[.agentORCID].flatMap { try? ORCID($0) },
        organization: values[.agentOrganization])
    }
    document = SettingsDocument(hostID: hostID, settings: settings, person: person)
  }

  /// The document in a form of linked data; JSON-LD has its context inline.
  public func linkedData(_ format: LinkedDataFormat) throws -> [UInt8] {
    let bytes = document.json.bytes(.pretty)
    guard format != .jsonLD else { return bytes }
    return try LinkedDataWriter.text(
      ofExpanded: try LinkedDataReader().expanded(bytes), format)
  }
}
