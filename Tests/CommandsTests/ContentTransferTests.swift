import Canonical
import Foundation
import SystemPackage
import TestSupport
import Testing

/// How large content gets to a server and from there: how much at once, and what becomes of what
/// breaks in the middle.
@Suite(.enabled(if: TestGitServer.hasLFS)) struct ContentTransferTests: ContentTesting {
  /// Whether a file has bytes.
  private static func isBegun(_ path: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.size] as? Int ?? 0 > 0
  }

  @Test func transfersManyObjectsAndSaysHowFarItIs() async throws {
    let server = try await TestGitServer(.lfsWithPassword)
    let (folder, remote) = try await remote()
    defer { withExtendedLifetime(folder) {} }
    let (ada, bob) = try await pair(remote, server.url(of: "slow"))
    let contents = (0..<103).map { bytes($0 == 7 ? 2_500_000 : $0) }
    try await ada.keep(contents)
    try await ada.check("push")
    try await bob.check("pull")
    let shown = try await bob.terminal("sc fetch --content")
    #expect(shown.status == 0)
    #expect(shown.output.contains("Downloading content: "), "\(shown.output)")
    #expect(shown.output.contains("/103)"))
    #expect(shown.output.contains("Fetched 103 object(s)"))
    for content in contents { #expect(Workbench.has(content, in: bob.history)) }
    let log = try String(contentsOfFile: "\(server.folder)/access.log", encoding: .utf8)
    // At most a hundred at once. giftless fails now and then when it makes a folder twice at the
    // same time; that is tried again.
    let requests = log.components(separatedBy: "POST /lab/slow.git/info/lfs/objects/batch")
    #expect(requests.count >= 5, "\(log)")
  }

  @Test func goesOnWhereABreakWas() async throws {
    let server = try await TestGitServer(.lfsWithPassword)
    let (folder, remote) = try await remote()
    defer { withExtendedLifetime(folder) {} }
    let (ada, bob) = try await pair(remote, server.url(of: "x"))
    let content = bytes(3_000_000)
    try await ada.keep(content)
    try await ada.check("push")
    try await bob.check("pull")
    let cutter = try await Breaking("cut", after: 1_000_000, server)
    try await bob.configure("lfs.url", cutter.url(of: "x"))
    let cut = try await bob.sc("fetch", "--content")
    #expect(cut.status == 1, "\(cut.error)")
    #expect(bob.incoming == [SHA256Digest(of: content).hexadecimal + ".part"])
    #expect(!Workbench.has(content, in: bob.history))
    try await cutter.end()
    // What came in part is not a leftover.
    try await bob.check("gc")
    #expect(bob.incoming.count == 1)
    try await bob.configure("lfs.url", server.url(of: "x"))
    let fetched = try await bob.sc("fetch", "--content")
    #expect(fetched.status == 0, "\(fetched.error)")
    #expect(Workbench.has(content, in: bob.history))
    #expect(bob.incoming.isEmpty)
    let log = try String(contentsOfFile: "\(server.folder)/access.log", encoding: .utf8)
    #expect(log.contains("\" 206 "))
  }

  @Test func beginsAnewWhereTheFirstPartIsAnother() async throws {
    let server = try await TestGitServer(.lfsWithPassword)
    let plain = try await TestGitServer(.lfs)
    let (folder, remote) = try await remote()
    defer { withExtendedLifetime(folder) {} }
    let (ada, bob) = try await pair(remote, server.url(of: "x"))
    let content = bytes(300_000)
    try await ada.keep(content)
    try await ada.check("push")
    try await bob.check("pull")
    // The second server knows no parts, and sends all of it.
    try await ada.configure("lfs.url", plain.url(of: "x"))
    try await Command.check([
      "git", "--git-dir", remote.string, "update-ref", "-d", "refs/heads/main",
    ])
    try await ada.check("push")
    let part = "lfs/incoming/\(SHA256Digest(of: content).hexadecimal).part"
    for (url, first) in [
      (server.url(of: "x"), bytes(1000)), (plain.url(of: "x"), Array(content.prefix(1000))),
      (plain.url(of: "x"), bytes(400_000)),
    ] {
      try await Command.check(["rm", "-rf", "\(bob.history)/lfs/objects"])
      try FileManager.default.createDirectory(
        atPath: "\(bob.history)/lfs/incoming", withIntermediateDirectories: true)
      try Data(first).write(to: URL(filePath: "\(bob.history)/\(part)"))
      try await bob.configure("lfs.url", url)
      let fetched = try await bob.sc("fetch", "--content")
      #expect(fetched.status == 0, "\(fetched.error)")
      #expect(Workbench.has(content, in: bob.history))
      #expect(bob.incoming.isEmpty)
    }
  }

  @Test func anInterruptionLeavesNothingBroken() async throws {
    let server = try await TestGitServer(.lfsWithPassword)
    let (folder, remote) = try await remote()
    defer { withExtendedLifetime(folder) {} }
    let (ada, bob) = try await pair(remote, server.url(of: "x"))
    let content = bytes(3_000_000)
    try await ada.keep(content)
    try await ada.check("push")
    try await bob.check("pull")
    // However slow this test is, it finds the transfer in the middle.
    let staller = try await Breaking("stall", after: 1_000_000, server)
    try await bob.configure("lfs.url", staller.url(of: "x"))
    let part = "\(bob.history)/lfs/incoming/\(SHA256Digest(of: content).hexadecimal).part"
    let fetch = try bob.start("fetch", "--content")
    for _ in 0..<6000 where !Self.isBegun(part) { try await Task.sleep(for: .milliseconds(20)) }
    fetch.signal(SIGINT)
    let result = try await fetch.result()
    #expect(result.status == 130, "\(result.error)")
    #expect(!Workbench.has(content, in: bob.history))
    #expect(bob.incoming.count == 1)
    try await staller.end()
    try await bob.configure("lfs.url", server.url(of: "x"))
    // Two at once share the work.
    async let first = bob.sc("fetch", "--content")
    async let second = bob.sc("fetch", "--content")
    for result in try await [first, second] { #expect(result.status == 0, "\(result.error)") }
    #expect(Workbench.has(content, in: bob.history))
    #expect(bob.incoming.isEmpty)
  }

  @Test func waitsForAServerThatIsAskedTooOften() async throws {
    let server = try await TestGitServer(.lfsWithPassword)
    let (folder, remote) = try await remote()
    defer { withExtendedLifetime(folder) {} }
    let (ada, bob) = try await pair(remote, server.url(of: "busy"))
    let content = bytes(1000)
    try await ada.keep(content)
    try await ada.check("push")
    try await bob.check("pull")
    try await Command.check(["rm", "-r", "\(ada.history)/lfs"])
    async let first = ada.sc("fetch", "--content")
    async let second = bob.sc("fetch", "--content")
    for result in try await [first, second] { #expect(result.status == 0, "\(result.error)") }
    let log = try String(contentsOfFile: "\(server.folder)/access.log", encoding: .utf8)
    #expect(log.contains("\" 429 "))
  }
}
