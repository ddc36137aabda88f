import Canonical
import Foundation
import HTTP
import Provenance
import SystemPackage
import TestSupport
import Testing

@testable import SmartContainers

@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct WebImportTests {
  private let laboratory: Laboratory
  private let web: TestWeb
  private let file: FilePath
  private let bytes: [UInt8]

  init() async throws {
    laboratory = try await Laboratory()
    file = laboratory.folder.path.appending("rootfs.tar")
    let root = laboratory.folder.path.appending("rootfs")
    try await TestEngine.makeRootFileSystem(in: root)
    try await Command.check(["tar", "-C", root.string, "-cf", file.string, "."])
    bytes = Array(try Data(contentsOf: URL(filePath: file.string)))
    web = try await TestWeb(serving: file)
  }

  private func options(_ name: String) -> ImportOptions {
    var options = ImportOptions()
    options.repository = name
    options.tag = "1"
    return options
  }

  private func archive(_ record: Record) -> ActivityDocument.Link? {
    record.document.used.first { $0.role == .archive }
  }

  private func node(_ record: Record, _ iri: String) -> JSONValue? {
    record.json["@graph"]?.array?.first { $0["@id"]?.string == iri }
  }

  /// Looks through every git object, and every file beside them.
  private func expectNowhere(_ secret: String) async throws {
    let objects = try await Command.check([
      "git", "--git-dir=\(laboratory.history)", "cat-file", "--batch-all-objects", "--batch",
    ])
    #expect(objects.contains(web.address) && !objects.contains(secret))
    let files = try await Command.run(["grep", "-rlF", "-e", secret, laboratory.history.string])
    #expect(files.status == 1 && files.output.isEmpty, "\(files.output)")
  }

  @Test func importsWhatIsFetchedAndSaysFromWhere() async throws {
    let name = laboratory.name("fetched")
    let url = web.url("/moved?page=2&token=s3cr3t-value", user: TestWeb.user)
    var ids: [String] = []
    let (pieces, told) = AsyncStream.makeStream(of: Int.self)
    let records = try await laboratory.records { client in
      ids.append(
        try await client.importImage(
          from: .url(url), options: options(name), onRead: { told.yield($0) }))
      told.finish()
      ids.append(
        try await client.importImage(from: .url(web.url("/chunked")), options: options(name)))
    }
    try #require(records.map(\.operation) == ["image.import", "image.import"])
    let record = records[0]
    #expect(record.image == ids[0])
    #expect(record.entry.subject == "import \(web.url("/moved")) as \(name):1")
    let link = try #require(archive(record))
    #expect(
      link.iri
        == Content(.archive, digest: SHA256Digest(of: bytes), byteCount: Int64(bytes.count)).iri)
    #expect(link.byteCount == Int64(bytes.count))
    #expect(await pieces.reduce(0, +) == bytes.count)
    #expect(link.path == web.url("/moved"))
    let place = try #require(
      record.json["@graph"]?.array?.first {
        $0["@type"]?.strings?.contains("ce:WebResource") == true
      })
    #expect(place["ce:finalURL"]?.string == web.url("/file"))
    #expect(place["@id"]?.string?.hasPrefix(web.url("/moved?page=2&token=redacted:")) == true)
    #expect(archive(records[1])?.path == web.url("/chunked"))
    for secret in ["s3cr3t-value", "pa%2Fss", "pa/ss"] { try await expectNowhere(secret) }
    try await laboratory.check()
  }

  @Test func importsNothingThatIsNotAllThere() async throws {
    let plain = try await Client.openEngine(laboratory.places)
    let records = try await laboratory.records { client in
      for (path, code) in [
        ("/nothing", WebError.Code.status), ("/loop", .tooManyRedirects),
        ("/to-file", .forbiddenRedirect), ("/cut", .cutShort), ("/cut-chunks", .cutShort),
        ("/silent", .silent), ("/slow", .timeLimit), ("/endless", .tooLarge),
      ] {
        let name = laboratory.name("nothing")
        var limits = WebClient.Limits(byteCount: 8 << 20, idle: .milliseconds(300))
        if code == .timeLimit { limits.total = .milliseconds(600) }
        let error = await #expect(throws: WebError.self) {
          _ = try await client.importImage(
            from: .url(web.url(path, user: "ada:s3cr3t")), options: options(name), limits: limits)
        }
        #expect(error?.code == code, "\(path): \(String(describing: error))")
        await #expect(throws: EngineError.self) { try await plain.inspectImage(name + ":1") }
      }
    }
    // Those that the engine was asked for have failed; of the others nobody was asked.
    #expect(records.map(\.operation) == Array(repeating: "image.import", count: 5))
    for record in records {
      guard case .failed(let message, nil) = record.document.outcome else {
        Issue.record("\(record.document.outcome)")
        continue
      }
      #expect(message.contains(web.address) && !message.contains("s3cr3t"))
    }
    try await expectNowhere("s3cr3t")
    try await laboratory.check()
  }

  @Test func recordsThatTheEngineRefusedWhatCame() async throws {
    let record = try await laboratory.record { client in
      await #expect(throws: EngineError.self) {
        _ = try await client.importImage(
          from: .url(web.url("/page")), options: options(laboratory.name("page")))
      }
    }
    #expect(record.document.outcome != .succeeded)
    #expect(archive(record) == nil)
  }

  @Test func takesAFileBeforeAURL() async throws {
    let name = laboratory.name("either")
    let records = try await laboratory.records { client in
      _ = try await client.importImage("rootfs.tar", options: options(name))
      _ = try await client.importImage(web.url("/file"), options: options(name))
      // A file of that very name.
      let folder = laboratory.folder.path.string + "/http:/" + web.address
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: file.string, toPath: folder + "/nothing")
      _ = try await client.importImage(web.url("/nothing"), options: options(name))
      let error = await #expect(throws: SmartContainersError.self) {
        _ = try await client.importImage("nosuch.tar", options: options(name))
      }
      #expect(error?.message.contains("nosuch.tar") == true)
      _ = try await client.importImage(from: .data(bytes), options: options(name))
    }
    try #require(records.map(\.operation) == Array(repeating: "image.import", count: 4))
    #expect(archive(records[0])?.path == file.string)
    #expect(archive(records[1])?.path == web.url("/file"))
    #expect(archive(records[2])?.path?.hasSuffix("/http:/\(web.address)/nothing") == true)
    #expect(archive(records[3])?.path == nil)
    #expect(Set(records.compactMap { archive($0)?.iri }).count == 1)
    let memory = records[3].json["@graph"]?.array?.contains { node in
      node["@type"]?.strings?.contains("ce:ProcessMemory") == true
    }
    #expect(memory == true)
    try await laboratory.check()
  }

  @Test func saysWhereLoadedAndCopiedArchivesAreFrom() async throws {
    let image = try await laboratory.engine.image()
    let saved = laboratory.folder.path.appending("saved.tar")
    let records = try await laboratory.records { client in
      var archive: [UInt8] = []
      archive = try await client.saveImages([image], keep: false) { body in
        var bytes: [UInt8] = []
        for try await chunk in body { bytes += chunk }
        return bytes
      }
      try Data(archive).write(to: URL(filePath: saved.string))
      _ = try await client.loadImages(from: .file(saved))
      let id = try await client.engine.createContainer(ContainerSpecification(image, "true")).id
      try await client.copy(file.string, to: id, "/tmp")
      try await client.extract(.file(file), into: id, at: "/tmp")
    }
    try #require(
      records.map(\.operation) == [
        "image.save", "image.load", "container.create", "container.copyIn", "container.copyIn",
      ])
    #expect(archive(records[1])?.path == saved.string)
    #expect(archive(records[3])?.path == file.string)
    #expect(archive(records[4])?.path == file.string)
    try await laboratory.check()
  }

  @Test func letsTheEngineFetchWhenAsked() async throws {
    let record = try await laboratory.record { client in
      // Nothing can be reached from where the engine is: it is the engine that says so.
      await #expect(throws: EngineError.self) {
        _ = try await client.importImage(
          fetchedByEngine: "http://ada:s3cr3t@127.0.0.1:1/file?token=s3cr3t",
          options: options(laboratory.name("engine")))
      }
    }
    #expect(
      record.document.plan.request?.query.contains { $0.value.contains("127.0.0.1:1") } == true)
    #expect(record.entry.subject.hasPrefix("import http://127.0.0.1:1/file as "))
    let text = String(decoding: record.json.bytes(), as: UTF8.self)
    #expect(!text.contains("s3cr3t") && text.contains("redacted:"))
  }
}
