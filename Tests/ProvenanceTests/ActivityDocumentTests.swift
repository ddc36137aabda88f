import Canonical
import Testing

@testable import Provenance

@Suite struct ActivityDocumentTests {
  @Test(arguments: Fixture.activities.keys.sorted())
  func readsBackWhatWasWritten(name: String) throws {
    let activity = try #require(Fixture.activities[name])
    let document = try ActivityDocument(parsing: activity.document())
    check(document, is: activity.event)
    #expect(document.client == activity.participants.client)
    #expect(document.engine == activity.participants.engine)
    #expect(document.host == activity.participants.host)
    #expect(document.account == activity.participants.account)
    #expect(document.person?.name == activity.participants.person?.name)
    #expect(document.person?.orcid == activity.participants.person?.orcid)
    #expect(document.person?.organization == activity.participants.person?.organization)
    #expect(document.person?.iri == activity.participants.person?.iri)
    #expect(document.parts.count == activity.parts.count)
    for (part, event) in zip(document.parts, activity.parts) {
      check(part, is: event, before: document.parts)
    }
  }

  private func check(
    _ document: ActivityDocument, is event: Event, before parts: [ActivityDocument] = []
  ) {
    #expect(document.id == event.id)
    #expect(document.operation == event.operation)
    #expect(document.startedAt == event.startedAt && document.endedAt == event.endedAt)
    #expect(document.outcome == event.outcome)
    #expect(document.plan == event.plan)
    #expect(document.exchange == event.exchange)
    #expect(document.exitCode == event.exitCode)
    #expect(Set(document.used.map(\.iri)) == Set(event.used.map(\.entity.iri)))
    #expect(Set(document.used.map(\.role)) == Set(event.used.map(\.role)))
    #expect(Set(document.generated.map(\.iri)) == Set(event.generated.map(\.entity.iri)))
    #expect(Set(document.generated.map(\.role)) == Set(event.generated.map(\.role)))
    #expect(Set(document.invalidated.map(\.iri)) == Set(event.invalidated.map(\.iri)))
    if parts.isEmpty { #expect(document.informedBy == event.informedBy) }
  }

  @Test func labelsAndPathsAreRead() throws {
    let document = try ActivityDocument(parsing: Fixture.copyOut.document())
    #expect(document.used.first?.label == "web")
    #expect(document.used.first?.path == "/out put/ergebnisse-ä")
    #expect(document.used.first?.types.contains("docker:Container") == true)
  }

  /// What has the same bytes is one entity, however often it was read and written.
  @Test func eachPlaceOfTheSameBytesIsALink() throws {
    let document = try ActivityDocument(parsing: Fixture.runOfCopies.document())
    let inputs = document.used.filter { $0.role == .input }
    let outputs = document.generated.filter { $0.role == .output }
    #expect(Set((inputs + outputs).map(\.iri)).count == 1)
    #expect(Set(inputs.map(\.path)) == ["/home/ada/in", "/home/ada/same"])
    #expect(Set(outputs.map(\.path)) == ["/home/ada/copy", "/home/ada/other"])
    #expect((inputs + outputs).map(\.label) == (inputs + outputs).map(\.path))
  }

  @Test func readsValuesInOtherForms() throws {
    let text = #"""
      {"@graph":[{"more":1,"ca:outcome":{"@id":"ca:failed"},"prov:endedAtTime":[{"@value":
      "2026-11-23T20:05:02+01:00","@type":"xsd:dateTime"}],"ca:operation":["container.kill"],
      "ca:exitCode":{"@value":"9","@type":"xsd:integer"},"ca:message":"no",
      "prov:startedAtTime":"2026-11-23T19:05:01Z","@type":"prov:Activity",
      "@id":"urn:uuid:01939e2b-7c00-7000-8000-000000000001"}, 5]}
      """#
    let document = try ActivityDocument(parsing: Array(text.utf8))
    #expect(document.outcome == .failed(message: "no", status: nil))
    #expect(document.endedAt.description == "2026-11-23T19:05:02.000Z")
    #expect(document.exitCode == 9)
    #expect(document.used.isEmpty && document.person == nil)
  }

  @Test(arguments: [
    (#"{"#, ActivityDocumentError.Code.notJSON),
    (#"[]"#, .wrongType),
    (#"{"@graph":[]}"#, .noActivity),
    (#"{"@graph":[{"@id":"urn:x","@type":"prov:Activity"}]}"#, .wrongType),
    (
      #"{"@graph":[{"@id":"urn:uuid:01939e2b-7c00-7000-8000-000000000001","@type":"prov:Activity"}]}"#,
      .missing
    ),
    (
      #"{"@graph":[{"@id":"urn:uuid:01939e2b-7c00-7000-8000-000000000001","@type":"prov:Activity","ca:operation":7}]}"#,
      .wrongType
    ),
    (
      #"{"@graph":[{"@id":"urn:uuid:01939e2b-7c00-7000-8000-000000000001","@type":"prov:Activity","dcterms:hasPart":"urn:uuid:01939e2b-7c00-7000-8000-000000000001"},{"@id":"urn:x","@type":"prov:Activity","dcterms:hasPart":"urn:y"}]}"#,
      .missing
    ),
  ])
  func saysWhatIsWrong(text: String, code: ActivityDocumentError.Code) {
    #expect {
      _ = try ActivityDocument(parsing: Array(text.utf8))
    } throws: { error in
      (error as? ActivityDocumentError)?.code == code
    }
  }
}
