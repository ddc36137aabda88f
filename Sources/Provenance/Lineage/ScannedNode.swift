/// What a document says of one thing or activity, as far as it tells where things come from and
/// what they are called.
package struct ScannedNode {
  /// A property that is read; the names are those of the documents.
  package enum Statement: CaseIterable {
    case type
    case used, generated, wasInformedBy
    case wasGeneratedBy, wasDerivedFrom, wasRevisionOf, hadPrimarySource, specializationOf
    case hadMember
    case atLocation
    case label, path, containerID, containerName, imageID, configDigest, volumeName

    var name: StaticString {
      switch self {
      case .type: "@type"
      case .used: "prov:used"
      case .generated: "prov:generated"
      case .wasInformedBy: "prov:wasInformedBy"
      case .wasGeneratedBy: "prov:wasGeneratedBy"
      case .wasDerivedFrom: "prov:wasDerivedFrom"
      case .wasRevisionOf: "prov:wasRevisionOf"
      case .hadPrimarySource: "prov:hadPrimarySource"
      case .specializationOf: "prov:specializationOf"
      case .hadMember: "prov:hadMember"
      case .atLocation: "prov:atLocation"
      case .label: "rdfs:label"
      case .path: "ce:path"
      case .containerID: "docker:containerID"
      case .containerName: "docker:containerName"
      case .imageID: "docker:imageID"
      case .configDigest: "docker:configDigest"
      case .volumeName: "docker:volumeName"
      }
    }

    /// Whether the values are other nodes.
    package var isRelation: Bool {
      switch self {
      case .used, .generated, .wasInformedBy, .wasGeneratedBy, .wasDerivedFrom, .wasRevisionOf,
        .hadPrimarySource, .specializationOf, .hadMember:
        true
      default: false
      }
    }
  }

  /// Nil for a node without a name, of which nobody else can speak.
  package internal(set) var iri: ScannedText?
  package private(set) var statements: [(statement: Statement, value: ScannedText)] = []

  mutating func add(_ statement: Statement, _ value: ScannedText) {
    statements.append((statement, value))
  }

  mutating func reset() {
    iri = nil
    statements.removeAll(keepingCapacity: true)
  }

  package var isActivity: Bool { isA("prov:Activity") }
  package var isContainer: Bool { isA("docker:Container") }
  package var isImage: Bool { isA("docker:Image") }
  package var isImageReference: Bool { isA("docker:ImageReference") }
  package var isVolume: Bool { isA("docker:Volume") }

  private func isA(_ type: StaticString) -> Bool {
    statements.contains { $0.statement == .type && $0.value.isEqual(to: type) }
  }

  /// The first value of a property.
  package func first(_ statement: Statement) -> ScannedText? {
    statements.first { $0.statement == statement }?.value
  }
}
