import Canonical
import DockerEngine
import HTTP
import Provenance
import TestSupport
import Testing

@testable import SmartContainers

@Suite(.enabled(if: TestRegistry.isAvailable, "no registry can be started here"))
struct RegistryRecordingTests {
  /// A history, and an image with a name in the registry.
  struct Scene {
    let laboratory: Laboratory
    let registry: TestRegistry
    let repository: String
    let credentials: RegistryCredentials

    init(
      _ stem: String, tags: [String] = ["1"], on engine: TestEngine? = nil,
      _ registry: TestRegistry? = nil
    ) async throws {
      laboratory = try await Laboratory(on: engine)
      if let registry { self.registry = registry } else { self.registry = try await .shared() }
      let registry = self.registry
      repository = registry.repository(stem)
      credentials = RegistryCredentials(
        server: registry.address, user: registry.user, password: registry.password)
      let engine = try await Client.openEngine(laboratory.places)
      for tag in tags {
        let image = try await laboratory.engine.image(stem, randomByteCount: 1_500_000)
        try await engine.tagImage(image, repository: repository, tag: tag)
        try await engine.removeImage(image)
      }
    }
  }

  @Test(.needs(.layersInTransfers)) func tellsHowFarALayerIs() async throws {
    let scene = try await Scene("layers")
    let engine = try await Client.openEngine(scene.laboratory.places)
    var events: [ProgressEvent] = []
    try await engine.pushImage(scene.repository, tag: "1", credentials: scene.credentials) {
      events.append($0)
    }
    #expect(
      events.contains {
        if case .layer(_, "Pushing", let current?, let total?) = $0 {
          current > 0 && total > 0
        } else {
          false
        }
      })
  }

  @Test func recordsAPushAndAPull() async throws {
    let scene = try await Scene("both")
    let name = scene.repository + ":1"
    var pushed: [PushedImage] = []
    var events: [ProgressEvent] = []
    let push = try await scene.laboratory.record { client in
      pushed = try await client.engine.pushImage(
        scene.repository, tag: "1", credentials: scene.credentials
      ) { events.append($0) }
    }
    let digest = try #require(pushed.first?.digest)
    #expect(pushed.map(\.tag) == ["1"] && SHA256Digest(digest) != nil)
    #expect(events.contains(.pushed(pushed[0])))
    #expect(push.operation == "image.push" && push.document.outcome == .succeeded)
    #expect(push.entry.subject == "push \(name)")
    #expect(push.used == [.image])
    #expect(push.generated == [.registryReference, .snapshot])
    #expect(push.changed(under: "images").count == 1)
    #expect(
      push.document.generated.compactMap(\.label).filter { $0.contains(scene.repository) }.sorted()
        == [name, "\(scene.repository)@\(digest)"])

    var pulled: [String] = []
    let records = try await scene.laboratory.records { client in
      try await client.engine.removeImage(name, force: true)
      pulled = try await client.engine.pullImage(
        scene.repository, tag: "1", credentials: scene.credentials
      ) { events.append($0) }
      _ = try await client.engine.createContainer(ContainerSpecification(name, "true"))
    }
    let pull = records[1]
    #expect(pulled == [digest])
    #expect(events.contains(.digest(digest)))
    #expect(pull.operation == "image.pull" && pull.document.outcome == .succeeded)
    #expect(pull.entry.subject == "pull \(name)")
    #expect(pull.used == [.registryReference])
    #expect(pull.generated == [.image, .imageReference, .snapshot])
    #expect(pull.image == push.image)
    #expect(try await scene.laboratory.text(of: pull).contains("\(scene.repository)@\(digest)"))
    #expect(records[2].document.informedBy == [pull.document.id])

    let byDigest = try await scene.laboratory.record { client in
      try await client.engine.pullImage(
        scene.repository, tag: digest, credentials: scene.credentials)
    }
    #expect(byDigest.entry.subject == "pull \(scene.repository)@\(digest)")
    #expect(byDigest.image == push.image)
    #expect(byDigest.generated == [.image, .imageReference, .snapshot])
    try await scene.laboratory.check()
  }

  @Test(.needs(.allTagsAtOnce)) func recordsAllTagsOfARepository() async throws {
    let scene = try await Scene("all", tags: ["1", "2"])
    let push = try await scene.laboratory.record { client in
      let pushed = try await client.engine.pushImage(
        scene.repository, tag: nil, credentials: scene.credentials)
      #expect(Set(pushed.map(\.tag)) == ["1", "2"])
    }
    #expect(push.entry.subject == "push \(scene.repository)")
    #expect(push.document.used.filter { $0.role == .image }.count == 2)
    #expect(push.document.generated.filter { $0.role == .registryReference }.count == 4)
    #expect(push.changed(under: "images").count == 2)
    let records = try await scene.laboratory.records { client in
      for tag in ["1", "2"] {
        try await client.engine.removeImage("\(scene.repository):\(tag)", force: true)
      }
      // Has a name in the repository, and does not come from the registry.
      let other = try await scene.laboratory.engine.image(changes: ["LABEL other=1"])
      try await client.engine.tagImage(other, repository: scene.repository, tag: "local")
      let pulled = try await client.engine.pullImage(
        scene.repository, tag: nil, credentials: scene.credentials)
      #expect(Set(pulled).count == 2)
    }
    let pull = try #require(records.last)
    #expect(pull.document.generated.filter { $0.role == .image }.count == 2)
    #expect(pull.document.generated.filter { $0.role == .imageReference }.count == 2)
    #expect(pull.image == nil)
    try await scene.laboratory.check()
  }

  @Test func namesEachRefusal() async throws {
    let scene = try await Scene("refused")
    let wrong = RegistryCredentials(server: scene.registry.address, user: "ada", password: "no")
    let missing = scene.registry.repository("missing")
    // Nothing listens on the discard port; the name is one that no resolver may know (RFC 6761).
    let (closed, unknown) = ("127.0.0.1:9/tool", "registry.invalid/tool")
    let records = try await scene.laboratory.records { client in
      func refusal(_ body: (EngineClient) async throws -> Void) async -> EngineError.Code? {
        do {
          try await body(client.engine)
          return nil
        } catch {
          return (error as? EngineError)?.code
        }
      }
      for credentials in [nil, wrong] {
        #expect(
          await refusal {
            try await $0.pushImage(scene.repository, tag: "1", credentials: credentials)
          } == .unauthorized)
        #expect(
          await refusal {
            try await $0.pullImage(scene.repository, tag: "1", credentials: credentials)
          } == .unauthorized)
      }
      #expect(
        await refusal {
          try await $0.pullImage(missing, tag: "1", credentials: scene.credentials)
        } == .notFound)
      #expect(
        await refusal {
          try await $0.pushImage(scene.repository, tag: "2", credentials: scene.credentials)
        } == .notFound)
      for name in [closed, unknown] {
        #expect(await refusal { try await $0.pullImage(name, tag: "1") } == .registryUnreachable)
        try await client.engine.tagImage("\(scene.repository):1", repository: name, tag: "1")
        #expect(await refusal { try await $0.pushImage(name, tag: "1") } == .registryUnreachable)
      }
    }
    let failed = records.filter { $0.operation != "image.tag" }
    #expect(failed.count == 10)
    for record in failed {
      #expect(record.entry.field("Outcome") == "failed", "\(record.entry.subject)")
      #expect(record.generated.isEmpty)
      #expect(!record.used.isEmpty || record.entry.subject.contains(":2"))
    }
    try await scene.laboratory.check()
  }

  @Test(.needs(.eventsOfTransfers)) func settlesWhatWasLeft() async throws {
    let scene = try await Scene("left")
    let name = scene.repository + ":1"
    let steps: [(String, (EngineClient) async throws -> Void)] = [
      (
        "image.push",
        { try await $0.pushImage(scene.repository, tag: "1", credentials: scene.credentials) }
      ),
      (
        "image.pull",
        { try await $0.pullImage(scene.repository, tag: "1", credentials: scene.credentials) }
      ),
    ]
    for (operation, step) in steps {
      for isSent in [false, true] {
        try await scene.laboratory.leave(isSent: isSent, step)
        let records = try await scene.laboratory.records { _ in }
        #expect(records.map(\.operation) == (isSent ? [operation] : []))
        guard let record = records.first else { continue }
        #expect(record.document.outcome == .succeeded)
        let text = try await scene.laboratory.text(of: record)
        #expect(text.contains(scene.repository + "@sha256:"))
      }
    }
    #expect(
      try await scene.laboratory.records().map(\.entry.subject) == ["push \(name)", "pull \(name)"])
    try await scene.laboratory.check()
  }

  @Test(.needs(.forgetfulness)) func looksAtTheImagesWhenTheEngineHasForgotten() async throws {
    try await TestEngine.with { engine in
      try await TestRegistry.with(engine) { registry in
        try await settleWhatIsForgotten(
          try await Scene("forgotten", tags: ["1", "2", "3"], on: engine, registry))
      }
    }
  }

  private func settleWhatIsForgotten(_ scene: Scene) async throws {
    let (laboratory, repository) = (scene.laboratory, scene.repository)
    let engine = try await Client.openEngine(laboratory.places)
    let credentials = scene.credentials
    for tag in ["2", "3"] {
      try await engine.pushImage(repository, tag: tag, credentials: credentials)
      try await engine.removeImage("\(repository):\(tag)", force: true)
    }
    // All of these wait in the journal together.
    let client = try await Client.open(laboratory.places)
    func lose(isSent: Bool, _ body: (EngineClient) async throws -> Void) async {
      await laboratory.lose(client, isSent: isSent, body)
    }
    await lose(isSent: false) {
      try await $0.pushImage(repository, tag: "1", credentials: credentials)
    }
    await lose(isSent: true) {
      try await $0.pullImage(repository, tag: "2", credentials: credentials)
    }
    await lose(isSent: false) {
      try await $0.pullImage(repository, tag: "3", credentials: credentials)
    }
    await lose(isSent: false) {
      try await $0.pullImage(repository, tag: "1", credentials: credentials)
    }
    // An engine remembers 256 events.
    func forget() async throws {
      for _ in 0..<130 {
        try await engine.tagImage("\(repository):1", repository: repository, tag: "noise")
        try await engine.removeImage("\(repository):noise")
      }
    }
    try await forget()
    let records = try await laboratory.records { _ in }
    #expect(
      records.map { "\($0.entry.subject.prefix { $0 != " " }) \($0.entry.field("Outcome") ?? "")" }
        == ["pull succeeded", "pull unknown"])
    #expect(records.first?.generated == [.image, .imageReference, .snapshot])

    let later = try await Client.open(laboratory.places)
    await laboratory.lose(later, isSent: true) {
      try await $0.pushImage(repository, tag: "1", credentials: credentials)
    }
    try await forget()
    let pushed = try await laboratory.records { _ in }
    #expect(pushed.map { $0.entry.field("Outcome") } == ["succeeded"])
    #expect(pushed.first?.generated == [.registryReference, .snapshot])
    try await laboratory.check()
  }
}

extension Laboratory {
  /// A commit with all that it brought, as plain git shows it.
  func text(of record: Record) async throws -> String {
    try await git("show", "\(record.entry.id)")
  }

  /// Leaves the intent of an operation in the journal, by a client that goes on.
  fileprivate func lose(
    _ client: Client, isSent: Bool, _ body: (EngineClient) async throws -> Void
  ) async {
    let engine = client.engine.over(
      RecordingTransport(
        recorder: client.recorder, log: SingleOperationLog(recorder: client.recorder),
        engine: LosingTransport(engine: client.transport, isSent: isSent)))
    await #expect(throws: TransportError.self) { try await body(engine) }
  }
}
