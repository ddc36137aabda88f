import Foundation
import History
import SystemPackage
import TestSupport
import Testing

@testable import SmartContainers

struct HandedInConfigurationTests {
  private let folder: TemporaryFolder
  private let places: ClientPlaces

  init() throws {
    folder = try TemporaryFolder()
    var places = ClientPlaces(workingFolder: folder.path)
    places.userFolder = folder.path.appending("home/.sc")
    self.places = places
    _ = try HistoryStore.create(at: folder.path.appending(".sc"))
  }

  /// Commits this machine's settings as somebody else may have written them.
  private func commit(_ text: String) async throws -> String {
    let store = try await HistoryStore.open(places)
    let path = HistoryStore.configurationPath(of: store.hostID)
    try await store.queue.with { history in
      _ = try history.commitFiles(
        [.init(path: path, content: Array(text.utf8))], subject: "hand in settings", fields: [],
        author: .init(name: "Ada", email: "ada@example.org"), at: SystemClock.now())
    }
    return path
  }

  private func write(userSettings text: String) throws -> FilePath {
    let home = folder.path.appending("home/.sc")
    try FileManager.default.createDirectory(
      atPath: home.string, withIntermediateDirectories: true)
    let file = home.appending("config.json")
    try Data(text.utf8).write(to: URL(filePath: file.string))
    return file
  }

  @Test func readsWhatItWroteItself() async throws {
    let store = try await HistoryStore.open(places)
    try await store.set(.agentName, to: "Ada Löve\"lace")
    try await store.set(.contextRemote, to: "allowed")
    try await store.set(.agentORCID, to: "0000-0002-1825-0097")
    let configuration = try await HistoryStore.open(places).configuration
    #expect(configuration[.agentName] == "Ada Löve\"lace")
    #expect(configuration.setting(.contextRemote)?.origin == .repository)
    #expect(configuration[.agentORCID] == "https://orcid.org/0000-0002-1825-0097")
  }

  @Test func readsOtherFormsOfTheSame() async throws {
    _ = try await commit(
      """
      [{"@context": {"s": "https://w3id.org/daspos/smartcontainers#", "name": "s:agentName"},
        "name": "Ada", "s:agentORCID": {"@id": "https://orcid.org/0000-0002-1825-0097"},
        "agentEmail": "no term of the context"}]
      """)
    let configuration = try await HistoryStore.open(places).configuration
    #expect(configuration[.agentName] == "Ada")
    #expect(configuration[.agentORCID] == "https://orcid.org/0000-0002-1825-0097")
    #expect(configuration[.agentEmail] == nil)
  }

  @Test(arguments: [
    (#"{"@context": {"x": "no IRI"}}"#, "invalid IRI mapping at /@context/x: "),
    (#"{"a": 1"#, "invalid JSON"), ("5", "loading document failed: "),
    (#"{"@context": "https://example.org/c"}"#, "loading remote context failed at /@context: "),
  ])
  func namesFileAndPlaceOfWhatIsWrong(_ text: String, _ expected: String) async throws {
    let path = try await commit(text)
    let error = await #expect(throws: SmartContainersError.self) {
      _ = try await HistoryStore.open(places)
    }
    #expect(error?.code == .usage)
    #expect(error?.message.hasPrefix("\(path): \(expected)") == true, "\(error as Any)")
    #expect(error?.hint?.contains("show main:\(path)") == true)
  }

  @Test func readsJSONLDOfTheUserToo() throws {
    let vocabulary = "https://w3id.org/daspos/smartcontainers#"
    _ = try write(
      userSettings: #"{"@context": {"@vocab": "\#(vocabulary)"}, "agentName": "Ada"}"#)
    #expect(try HistoryStore.configurationWithoutHistory(places)[.agentName] == "Ada")
    let file = try write(userSettings: #"{"@context": {"agentName": 5}}"#)
    let error = #expect(throws: SmartContainersError.self) {
      try HistoryStore.configurationWithoutHistory(places)
    }
    #expect(
      error?.message.hasPrefix("\(file): invalid term definition at /@context/agentName: ") == true)
    _ = try write(userSettings: #"{"agent.name": "Ada"}"#)
    #expect(try HistoryStore.configurationWithoutHistory(places)[.agentName] == "Ada")
  }
}
