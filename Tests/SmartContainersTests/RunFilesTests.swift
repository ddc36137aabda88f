import Canonical
import Foundation
import History
import Provenance
import SystemPackage
import TestSupport
import Testing

@testable import SmartContainers

@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct RunFilesTests {
  /// Runs a shell command with declared files in the laboratory's folder, and removes it.
  private func run(
    _ laboratory: Laboratory, _ command: String, _ declare: (inout RunFiles) -> Void,
    _ specify: (inout ContainerSpecification) -> Void = { _ in }
  ) async throws -> (result: RunResult?, record: Record) {
    var result: RunResult?
    let image = try await laboratory.engine.image()
    let record = try await laboratory.record { client in
      var options = RunOptions()
      options.removes = true
      declare(&options.files)
      var specification = ContainerSpecification(image, "sh", "-c", command)
      specify(&specification)
      result = try await client.run(specification, options: options, onOutput: { _ in })
    }
    return (result, record)
  }

  private func write(_ text: String, to name: String, in laboratory: Laboratory) throws {
    let path = laboratory.folder.path.appending(name)
    try FileManager.default.createDirectory(
      atPath: path.removingLastComponent().string, withIntermediateDirectories: true)
    try text.write(toFile: path.string, atomically: false, encoding: .utf8)
  }

  private func text(_ name: String, in laboratory: Laboratory) -> String? {
    try? String(contentsOfFile: laboratory.folder.path.appending(name).string, encoding: .utf8)
  }

  private func names(_ links: [ActivityDocument.Link], _ role: Role, in laboratory: Laboratory)
    -> [String]
  {
    links.filter { $0.role == role }.compactMap(\.path)
      .map { String($0.dropFirst(laboratory.folder.path.string.utf8.count + 1)) }.sorted()
  }

  @Test(arguments: [false, true]) func recordsWhatGoesInAndComesOut(copies: Bool) async throws {
    let laboratory = try await Laboratory()
    let place = { (name: String) in "\(laboratory.folder.path)/\(name)" }
    try write("b\na\n", to: "data.csv", in: laboratory)
    try write("x", to: "model/deep/x", in: laboratory)
    try write("hidden", to: "undeclared", in: laboratory)
    let (result, record) = try await run(
      laboratory, "test ! -e undeclared && sort data.csv model/deep/x > out/sorted.txt; ls"
    ) { files in
      files.inputs = ["data.csv", "model"]
      files.outputs = ["out/"]
      files.copiesInputs = copies
    }
    #expect(result?.exitCode == 0 && result?.missingOutputs == [])
    #expect(text("out/sorted.txt", in: laboratory) == "a\nb\nx\n")
    let document = record.document
    #expect(document.outcome == .succeeded)
    let (data, model, out) = (place("data.csv"), place("model"), place("out/"))
    #expect(document.plan.inputs == [data, model] && document.plan.outputs == [out])
    #expect(
      names(document.used, .input, in: laboratory) == ["data.csv", "model", "model/deep/x"])
    #expect(names(document.generated, .output, in: laboratory) == ["out", "out/sorted.txt"])
    let sorted = try #require(document.generated.first { $0.path?.hasSuffix(".txt") ?? false })
    #expect(sorted.iri == IRI.named(by: SHA256Digest(of: Array("a\nb\nx\n".utf8))))
    #expect(sorted.containerPath == sorted.path && sorted.byteCount == 6)
    let list = "\(SHA256Digest(of: Array("x".utf8)).hexadecimal)  deep/x\n"
    let folder = try #require(document.used.first { $0.path?.hasSuffix("/model") ?? false })
    #expect(folder.iri == IRI.named(by: SHA256Digest(of: Array(list.utf8))))
    try await laboratory.check()
  }

  @Test func doesNotRunWithoutAnInput() async throws {
    let laboratory = try await Laboratory()
    let before = try await laboratory.records().count
    let error = await #expect(throws: SmartContainersError.self) {
      _ = try await run(laboratory, "true") { $0.inputs = ["nothing.csv", "no*"] }
    }
    #expect(error?.code == .usage && error?.message.contains("nothing.csv, no*") == true)
    #expect(try await laboratory.records().count == before)
    #expect(try laboratory.journal() == [])
  }

  @Test(arguments: ["/", "//", "/.."])
  func theRootFolderIsNotDeclared(name: String) async throws {
    let laboratory = try await Laboratory()
    let before = try await laboratory.records().count
    for isOutput in [false, true] {
      let error = await #expect(throws: SmartContainersError.self) {
        _ = try await run(laboratory, "true") { files in
          if isOutput { files.outputs = [name] } else { files.inputs = [name] }
        }
      }
      #expect(error?.code == .usage && error?.message.contains("the root folder") == true)
    }
    #expect(try await laboratory.records().count == before)
    #expect(try laboratory.journal() == [])
  }

  /// A record may have them that somebody else wrote.
  @Test(arguments: ["", "/", "//"]) func noPatternIsTooShort(text: String) {
    let pattern = PathPattern(recorded: text)
    #expect(pattern.folder == "/" && pattern.isRoot && !pattern.isPattern)
    #expect(!PathPattern(recorded: "/a").isRoot && PathPattern(recorded: "/a").folder == "/")
    #expect(PathPattern(recorded: "/a/b*/c").folder == "/a")
  }

  @Test func tellsWhatWasNotLeft() async throws {
    let laboratory = try await Laboratory()
    let (result, record) = try await run(laboratory, "echo 1 > there") { files in
      files.outputs = ["there", "absent", "*.png"]
    }
    #expect(result?.exitCode == 0 && result?.missingOutputs == ["absent", "*.png"])
    #expect(
      record.document.outcome
        == .failed(message: "the container did not leave the output absent, *.png"))
    #expect(names(record.document.generated, .output, in: laboratory) == ["there"])
  }

  @Test func takesWhatAPatternNames() async throws {
    let laboratory = try await Laboratory()
    try write("1", to: "a.in", in: laboratory)
    try write("2", to: "b.in", in: laboratory)
    try write("old", to: "out/old.txt", in: laboratory)
    let (_, record) = try await run(
      laboratory,
      "cat *.in > out/new.txt; echo no > out/new.log; mkdir out/d.txt; echo f > out/d.txt/f"
    ) { files in
      files.inputs = ["*.in"]
      files.outputs = ["out/*.txt"]
    }
    #expect(names(record.document.used, .input, in: laboratory) == ["a.in", "b.in"])
    #expect(
      names(record.document.generated, .output, in: laboratory) == [
        "out/d.txt", "out/d.txt/f", "out/new.txt",
      ])
    #expect(text("out/new.txt", in: laboratory) == "12")
    #expect(text("out/old.txt", in: laboratory) == "old")
    #expect(text("out/new.log", in: laboratory) == nil)
  }

  @Test func leavesToAMountWhatIsBeneathIt() async throws {
    let laboratory = try await Laboratory()
    try write("in", to: "data/in.txt", in: laboratory)
    let source = laboratory.folder.path.appending("data").string
    let (result, record) = try await run(
      laboratory, "cp /data/in.txt /data/out.txt",
      { files in
        files.inputs = ["data/in.txt"]
        files.outputs = ["data/out.txt"]
      }, { $0.host.binds = ["\(source):/data"] })
    #expect(result?.missingOutputs == [])
    #expect(text("data/out.txt", in: laboratory) == "in")
    #expect(record.document.used.first { $0.role == .input }?.containerPath == "/data/in.txt")
    #expect(
      record.document.generated.first { $0.role == .output }?.containerPath == "/data/out.txt")
    #expect(!record.document.parts.map(\.operation).contains("container.copyOut"))
  }

  @Test func whatStaysAsItWasWasNotLeft() async throws {
    let laboratory = try await Laboratory()
    try write("old", to: "data/out.txt", in: laboratory)
    try write("old", to: "data/d/old.txt", in: laboratory)
    let source = laboratory.folder.path.appending("data").string
    let (result, record) = try await run(
      laboratory, "echo 1 > /data/d/new.txt", { $0.outputs = ["data/out.txt", "data/d"] },
      { $0.host.binds = ["\(source):/data"] })
    #expect(result?.missingOutputs == ["data/out.txt"])
    #expect(
      names(record.document.generated, .output, in: laboratory) == ["data/d", "data/d/new.txt"])
  }

  /// A history has a key in it that never leaves its machine.
  @Test(arguments: [false, true])
  func aHistoryIsNeitherInputNorOutput(copies: Bool) async throws {
    let laboratory = try await Laboratory()
    try write("1", to: "in/a", in: laboratory)
    try write("secret", to: "in/lab/.sc/sc/redaction.key", in: laboratory)
    let (_, record) = try await run(
      laboratory,
      "mkdir out out/.sc; echo x > out/.sc/config; cat in/lab/.sc/sc/* 2>/dev/null | wc -c > out/n"
    ) { files in
      (files.inputs, files.outputs, files.copiesInputs) = (["in"], ["out"], copies)
    }
    #expect(names(record.document.used, .input, in: laboratory) == ["in", "in/a"])
    #expect(names(record.document.generated, .output, in: laboratory) == ["out", "out/n"])
    #expect(text("out/n", in: laboratory) == "0\n")
    #expect(text("out/.sc/config", in: laboratory) == nil)
    for declare in [\RunFiles.inputs, \.outputs] {
      let refused = await #expect(throws: SmartContainersError.self) {
        _ = try await run(laboratory, "true") { $0[keyPath: declare] = [".sc/config"] }
      }
      #expect(refused?.message.contains("history") == true)
    }
  }

  /// Neither by another name nor by a link, nor by a copy.
  @Test func aHistoryIsOneUnderAnyName() async throws {
    let laboratory = try await Laboratory()
    let folder = laboratory.folder.path
    try write("secret", to: "lab.git/sc/redaction.key", in: laboratory)
    try write("ref", to: "lab.git/HEAD", in: laboratory)
    try FileManager.default.createSymbolicLink(
      atPath: folder.appending("link").string, withDestinationPath: "lab.git")
    for name in ["lab.git", "lab.git/HEAD", "link", "link/HEAD"] {
      for declare in [\RunFiles.inputs, \.outputs] {
        await #expect(throws: SmartContainersError.self, "\(name)") {
          _ = try await run(laboratory, "true") { $0[keyPath: declare] = [name] }
        }
      }
    }
    let (_, record) = try await run(
      laboratory, "mkdir lab.git; echo evil > lab.git/HEAD; echo 1 > one"
    ) { $0.outputs = ["*"] }
    #expect(names(record.document.generated, .output, in: laboratory) == ["one"])
    let image = try await laboratory.engine.image()
    _ = try await laboratory.records { client in
      let id = try await client.engine.createContainer(
        ContainerSpecification(image, "sh", "-c", "mkdir -p w/lab.git; echo evil > w/lab.git/HEAD")
      ).id
      try await client.engine.startContainer(id)
      _ = try await client.engine.waitForContainer(id)
      try await client.copy(from: id, "/w/.", to: folder.string)
      await #expect(throws: SmartContainersError.self) {
        try await client.copy(from: id, "/w/lab.git/HEAD", to: folder.string + "/lab.git/HEAD")
      }
      await #expect(throws: SmartContainersError.self) {
        try await client.copy(folder.string + "/link", to: id, "/tmp")
      }
    }
    #expect(text("lab.git/HEAD", in: laboratory) == "ref")
  }

  @Test func whatALinkLeadsToElsewhereIsNoInput() async throws {
    let laboratory = try await Laboratory()
    try write("1", to: "in/inside", in: laboratory)
    try write("secret", to: "secret", in: laboratory)
    let folder = laboratory.folder.path.appending("in").string
    for (name, target) in [("link", "inside"), ("leak", "../secret"), ("gone", "nowhere")] {
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/" + name, withDestinationPath: target)
    }
    let (_, record) = try await run(laboratory, "cat in/link") { $0.inputs = ["in"] }
    #expect(
      names(record.document.used, .input, in: laboratory) == ["in", "in/inside", "in/link"])
  }

  /// To Swift's strings both names are equal, and so many characters are fewer bytes.
  @Test func namesAreTheBytesThatTheyAre() async throws {
    let laboratory = try await Laboratory()
    let folder = "gr\u{F6}\u{DF}e-e\u{301}"
    for (name, text) in [("caf\u{E9}", "1"), ("cafe\u{301}", "2")] {
      try write(text, to: "\(folder)/in/\(name)", in: laboratory)
    }
    let (_, record) = try await run(
      laboratory, "mkdir -p \(folder)/out; cat \(folder)/in/* > \(folder)/out/a.txt"
    ) { files in
      (files.inputs, files.outputs) = (["\(folder)/in"], ["\(folder)/out"])
    }
    let inputs = record.document.used.filter { $0.role == .input }
    #expect(Set(inputs.map(\.iri)).count == 3)
    let path = laboratory.folder.path.string + "/\(folder)/out/a.txt"
    #expect(
      record.document.generated.contains { $0.path?.utf8.elementsEqual(path.utf8) == true })
  }

  @Test func aRunMayChangeACopyOfItsInput() async throws {
    let laboratory = try await Laboratory()
    try write("1\n", to: "counter", in: laboratory)
    let (_, record) = try await run(laboratory, "echo 2 >> counter") { files in
      files.inputs = ["counter"]
      files.outputs = ["counter"]
    }
    #expect(text("counter", in: laboratory) == "1\n2\n")
    let digests = (record.document.used + record.document.generated)
      .filter { $0.role == .input || $0.role == .output }.map(\.iri)
    #expect(
      digests == ["1\n", "1\n2\n"].map { IRI.named(by: SHA256Digest(of: Array($0.utf8))) })
  }

  @Test func anotherUserOfTheContainerMayWrite() async throws {
    let laboratory = try await Laboratory()
    let (result, _) = try await run(
      laboratory, "id -u > who", { $0.outputs = ["who"] }, { $0.user = "4711" })
    #expect(result?.exitCode == 0)
    #expect(text("who", in: laboratory) == "4711\n")
  }

  @Test func aLinkThatIsLeftLeadsNowhere() async throws {
    let laboratory = try await Laboratory()
    let (_, record) = try await run(
      laboratory, "ln -s /etc/hostname out/link; echo 1 > out/file; ln -s out/file top"
    ) { $0.outputs = ["out/", "top"] }
    #expect(
      names(record.document.generated, .output, in: laboratory) == ["out", "out/file", "top"])
    #expect(text("top", in: laboratory) == "1\n")
  }

  @Test func keepsTheBytes() async throws {
    let laboratory = try await Laboratory()
    try write("keep", to: "in", in: laboratory)
    let (_, record) = try await run(laboratory, "cp in out; cat in in > more") { files in
      files.inputs = ["in"]
      files.outputs = ["out", "more"]
      files.keepsInputs = true
      files.keepsOutputs = true
    }
    for text in ["keep", "keepkeep"] {
      let content = LargeContent(
        digest: SHA256Digest(of: Array(text.utf8)), byteCount: Int64(text.utf8.count))
      let path = content.pointerPath(.file)
      #expect(
        try await laboratory.git("show", "main:\(path)")
          == String(decoding: content.pointer, as: UTF8.self))
      #expect(record.document.generated.contains { $0.pointerPath == path })
      let store = try await HistoryStore.open(laboratory.places)
      #expect(try await store.queue.with { $0.content.has(content) })
    }
    let report = try await HistoryReader.open(laboratory.places).verify(laboratory.places)
    #expect(report.findings.isEmpty && report.absentContents == 0)
  }

  @Test func aDigestIsTakenOnceOfAFileThatRests() throws {
    let folder = try TemporaryFolder()
    let (file, cache) = (folder.path.appending("big"), folder.path.appending("digests"))
    try Data(repeating: 7, count: 1 << 20).write(to: URL(filePath: file.string))
    let bytesRead = { () throws -> Int in
      let count = LockedCount()
      let digester = FileDigester(cachePath: cache) { count.add($0) }
      _ = try digester.digests(of: [file.string])
      return count.value
    }
    // Fresh, it might be written to again within one tick of the clock.
    #expect(try bytesRead() == 1 << 20)
    #expect(try bytesRead() == 1 << 20)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000_000)], ofItemAtPath: file.string)
    var known = DigestCache(at: cache)
    var status = stat()
    #expect(stat(file.string, &status) == 0)
    let digest = SHA256Digest(of: [UInt8](repeating: 7, count: 1 << 20))
    let later = Int64(status.st_ctim.tv_sec + 10)
    known.remember(digest, of: DigestCache.Key(status), at: later)
    known.save()
    #expect(try bytesRead() == 0)
    try Data(repeating: 8, count: 1 << 20).write(to: URL(filePath: file.string))
    #expect(try bytesRead() == 1 << 20)
    try Data("garbage 1 2\n\u{0}".utf8).write(to: URL(filePath: cache.string))
    #expect(try bytesRead() == 1 << 20)
  }

  /// Nanoseconds since 1970 leave 64 bits in 2262, and file systems have later years.
  @Test(arguments: [Int.min, -10_000_000_000, 0, 10_000_000_000])
  func aDigestIsKnownOfAFileOfAnyTime(seconds: Int) throws {
    let folder = try TemporaryFolder()
    let cache = folder.path.appending("digests")
    var status = stat()
    status.st_size = 1 << 20
    status.st_mtim = timespec(tv_sec: seconds, tv_nsec: 999_999_999)
    status.st_ctim = status.st_mtim
    let key = DigestCache.Key(status)
    let digest = SHA256Digest(of: Array("big".utf8))
    var known = DigestCache(at: cache)
    known.remember(digest, of: key, at: .max)
    known.save()
    #expect(DigestCache(at: cache)[key] == digest)
    status.st_ctim.tv_nsec = 0
    #expect(DigestCache(at: cache)[DigestCache.Key(status)] == nil)
    status.st_ctim.tv_sec = .max
    #expect(!DigestCache.Key(status).isSettled(at: .max))
  }
}

/// A sum that threads add to.
private final class LockedCount: @unchecked Sendable {
  private let lock = NSLock()
  private var count = 0

  var value: Int { lock.withLock { count } }

  func add(_ number: Int) { lock.withLock { count += number } }
}
