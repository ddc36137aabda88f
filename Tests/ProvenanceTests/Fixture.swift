import Canonical

@testable import Provenance

/// Operations with a fixed clock, fixed ids and a fixed host: one a golden document.
enum Fixture {
  static let key = Array("the key of this repository".utf8)
  static let containerID = String(repeating: "8a61192da2b3c4d5", count: 4)
  static let engineID = "7TRN:IPZB:QYBB:VPBQ"
  static let container = Container(id: containerID, name: "web", engine: engineID)
  static let base = image("base", layers: ["rootfs"], name: "busybox:1.36")
  static let built = image("built", layers: ["rootfs", "added"], name: "web:1")

  static func digest(_ text: String) -> SHA256Digest { SHA256Digest(of: text.utf8) }

  static func image(_ text: String, layers: [String], name: String) -> Image {
    Image(
      id: digest(text), configDigest: digest(text), manifestDigest: digest(text + " manifest"),
      repositoryDigests: ["busybox@" + digest(text + " manifest").description],
      layers: layers.map(digest), sizeInBytes: 4_261_502, operatingSystem: "linux",
      architecture: "amd64", name: name)
  }

  static func id(_ number: Int) -> ActivityID {
    let digits = String(number)
    let text =
      "01939e2b-7c00-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
    var generator = SystemRandomNumberGenerator()
    return ActivityID(text) ?? ActivityID(at: time(0), using: &generator)
  }

  /// Milliseconds after 2026-11-23T19:05:01Z.
  static func time(_ milliseconds: Int64) -> Timestamp {
    let start = Timestamp(
      Timestamp.Components(year: 2026, month: 11, day: 23, hour: 19, minute: 5, second: 1))
    return Timestamp(millisecondsSince1970: start.millisecondsSince1970 + milliseconds)
  }

  static var participants: Activity.Participants {
    Activity.Participants(
      person: Person(
        name: "Josiah Carberry", email: "Josiah@example.org",
        orcid: try? ORCID("0000-0002-1825-0097"), organization: "Brown University"),
      account: UserAccount(name: "josiah", uid: 1000),
      client: SoftwareAgent(
        name: "sc", version: "1.0.0", library: .init(name: "SmartContainers", version: "1.0.0")),
      engine: EngineAgent(
        id: engineID, name: "Docker Engine", version: "20.10.24", apiVersion: "1.41",
        operatingSystem: "Debian GNU/Linux 12", kernelVersion: "6.1.0-13-amd64",
        architecture: "x86_64", storageDriver: "overlay2"),
      host: Host(
        id: "5f0c2f3e", hostname: "lab", operatingSystem: "Debian GNU/Linux 12",
        kernelVersion: "6.1.0-13-amd64", architecture: "x86_64", coreCount: 2,
        memoryInBytes: 8_331_313_152))
  }

  static func snapshot(_ text: String) -> Generation {
    Generation(
      .snapshot(
        SnapshotFile(
          path: Snapshot.path(container: containerID), digest: digest(text),
          subject: container.iri)), role: .snapshot)
  }

  static func state(
    after activity: Int, from previous: Int? = nil, status: String, name: String = "web",
    exitCode: Int? = nil
  ) -> Generation {
    Generation(
      .containerState(
        ContainerState(
          container: containerID, activity: id(activity), previous: previous.map(id), name: name,
          status: status, startedAt: status == "created" ? nil : time(1),
          finishedAt: exitCode == nil ? nil : time(2), exitCode: exitCode)), role: .state)
  }

  static func request(
    _ method: String, _ route: String, query: [QueryItem] = [], body: JSONValue? = nil
  ) -> Plan.Request {
    var redactor = Redactor(key: key)
    return Plan.Request(
      method: method, route: route, query: redactor.redact(query: query),
      body: body.map { redactor.redact(json: $0) })
  }

  static let exchange = Exchange(
    statusCode: 201, request: .init(byteCount: 212, digest: nil),
    response: .init(byteCount: 88, digest: digest("response")))
}
