import Canonical
import DockerEngine
import Foundation
import TestSupport
import Testing

@testable import SmartContainers

struct CredentialStoreTests {
  private let folder: TemporaryFolder
  private let store: CredentialStore

  init() throws {
    folder = try TemporaryFolder()
    var places = ClientPlaces(workingFolder: folder.path)
    places.dockerFolder = folder.path.appending("docker")
    places.environment = ["PATH": "\(folder.path)/bin:/usr/bin:/bin"]
    store = try CredentialStore(places)
  }

  private func configure(_ text: String) throws { try folder.write(text, to: "docker/config.json") }

  private func configuration() throws -> JSONValue {
    let path = folder.path.pushing("docker/config.json").string
    return try JSONValue(parsing: Array(Data(contentsOf: URL(filePath: path))))
  }

  @Test(arguments: [
    (nil, CredentialStore.hub), ("docker.io", CredentialStore.hub),
    ("https://index.docker.io/v1/", CredentialStore.hub), ("127.0.0.1:5000", "127.0.0.1:5000"),
    ("https://registry.example.org/v2/", "registry.example.org"),
  ])
  func namesARegistryAsDockerDoes(_ server: String?, _ key: String) {
    #expect(CredentialStore.key(for: server) == key)
  }

  @Test(arguments: [
    ("busybox", "docker.io", "docker.io/library/busybox:latest"),
    ("ada/tool:1", "docker.io", "docker.io/ada/tool:1"),
    ("docker.io/ada/tool", "docker.io", "docker.io/ada/tool:latest"),
    ("localhost/tool:1", "localhost", "localhost/tool:1"),
    ("127.0.0.1:5000/a/b", "127.0.0.1:5000", "127.0.0.1:5000/a/b:latest"),
    ("registry.example.org/tool:1", "registry.example.org", "registry.example.org/tool:1"),
  ])
  func readsTheRegistryOfAnImage(_ name: String, _ registry: String, _ qualified: String) throws {
    let name = try ImageName(name)
    #expect(name.registry == registry)
    #expect(name.qualified == qualified)
  }

  @Test func readsWhatOlderClientsWrote() async throws {
    // "ada:a:b", with the zeros of old clients behind.
    try configure(
      """
      {"auths": {
        "https://index.docker.io/v1/": {"auth": "YWRhOmE6YgAA"},
        "https://registry.example.org/v2/": {"username": "ada", "password": "plain"},
        "token.example.org": {"auth": "YWRhOg==", "identitytoken": "t0ken"},
        "helped.example.org": {}, "broken.example.org": {"auth": "%"}
      }}
      """)
    let hub = try #require(try await store.credentials(for: CredentialStore.hub))
    #expect(hub.proof == .password(user: "ada", password: "a:b"))
    let named = try await store.credentials(for: "registry.example.org")
    #expect(named?.proof == .password(user: "ada", password: "plain"))
    let token = try await store.credentials(for: "token.example.org")
    #expect(token?.proof == .identityToken("t0ken"))
    for server in ["helped.example.org", "broken.example.org", "unknown.example.org"] {
      #expect(try await store.credentials(for: server) == nil)
    }
    #expect(!"\(hub)".contains("a:b") && !String(reflecting: hub).contains("a:b"))
    var dumped = ""
    dump(hub, to: &dumped)
    #expect(!dumped.contains("a:b"))
  }

  @Test func keepsAndForgetsTokens() async throws {
    let token = RegistryCredentials(server: "r.example.org", proof: .identityToken("t0ken"))
    try configure("")
    #expect(try await store.keep(token) == .file(folder.path.pushing("docker/config.json")))
    #expect(try await store.credentials(for: "r.example.org") == token)
    #expect(try await store.forget("r.example.org"))
    #expect(try await !store.forget("r.example.org"))
    #expect(try configuration() == ["auths": [:]])
  }

  @Test func followsALinkAndLosesNoConcurrentChange() async throws {
    try folder.write("{\"a\":1}", to: "elsewhere/config.json")
    try FileManager.default.createDirectory(
      atPath: folder.path.appending("docker").string, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path.pushing("docker/config.json").string,
      withDestinationPath: "../elsewhere/config.json")
    try await withThrowingTaskGroup { group in
      for number in 0..<20 {
        group.addTask { [store] in
          let server = "r\(number).example.org"
          _ = try await store.keep(RegistryCredentials(server: server, user: "a", password: "b"))
        }
      }
      try await group.waitForAll()
    }
    let written = try String(
      contentsOfFile: folder.path.pushing("elsewhere/config.json").string, encoding: .utf8)
    let members = try JSONValue(parsing: Array(written.utf8))
    #expect(members["auths"]?.object?.count == 20 && members["a"] == 1)
    #expect(
      try FileManager.default.contentsOfDirectory(
        atPath: folder.path.appending("elsewhere").string) == ["config.json"])
  }

  @Test func refusesAFileThatMakesNoSense() async throws {
    for text in ["{", "[]", "{\"auths\":"] {
      try configure(text)
      let token = RegistryCredentials(server: "r.example.org", proof: .identityToken("t"))
      await #expect(throws: SmartContainersError.self) { _ = try await store.keep(token) }
      #expect(
        try String(
          contentsOfFile: folder.path.pushing("docker/config.json").string, encoding: .utf8)
          == text)
    }
  }

  @Test func speaksToTheHelperOfAllRegistries() async throws {
    try configure("{\"credsStore\":\"lab\"}")
    try await folder.writeProgram(
      """
      #!/bin/sh
      case $1 in
      get) echo '{"ServerURL":"x","Username":"<token>","Secret":"t0ken"}' ;;
      erase) echo 'the keychain is locked'; exit 1 ;;
      *) exit 3 ;;
      esac
      """, to: "bin/docker-credential-lab")
    let known = try #require(try await store.credentials(for: CredentialStore.hub))
    #expect(known.proof == .identityToken("t0ken") && known.server == CredentialStore.hub)
    let locked = await #expect(throws: SmartContainersError.self) {
      try await store.forget(CredentialStore.hub)
    }
    #expect(locked?.message == "docker-credential-lab erase: the keychain is locked")
    // Reads nothing of what it is given.
    let failed = await #expect(throws: SmartContainersError.self) {
      _ = try await store.keep(known)
    }
    #expect(failed?.message == "docker-credential-lab store: it ended with status 3")
  }
}
