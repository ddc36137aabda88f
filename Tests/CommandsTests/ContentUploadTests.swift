import Canonical
import Foundation
import SystemPackage
import TestSupport
import Testing

/// Large content that is cut off on its way to a remote: nothing half is ever there, and the next
/// push finishes what this one began.
@Suite(.enabled(if: TestGitServer.hasLFS)) struct ContentUploadTests: ContentTesting {
  /// The files that a server keeps, by their names.
  private func stored(_ server: TestGitServer) -> [String] {
    let lfs = server.folder.appending("lfs").string
    return (FileManager.default.enumerator(atPath: lfs)?.compactMap { $0 as? String } ?? [])
      .filter { $0.split(separator: "/").last?.count == 64 }
  }

  /// The hang-up of a server, and the death of the sender while it waits for one that is silent.
  @Test(arguments: ["cut-up", "stall-up"])
  func isMadeAgain(_ way: String) async throws {
    let server = try await TestGitServer(.lfsWithPassword)
    let (folder, remote) = try await remote()
    defer { withExtendedLifetime(folder) {} }
    let (ada, bob) = try await pair(remote, server.url(of: "x"))
    let content = bytes(3_000_000)
    let name = SHA256Digest(of: content).hexadecimal
    try await ada.keep(content)
    let line = try await Breaking(way, after: 1_500_000, server)
    try await ada.configure("lfs.url", line.url(of: "x"))
    let push = try ada.start("push")
    try await line.stopped()
    if way == "stall-up" { push.signal(SIGKILL) }
    let broken = try await push.result()
    #expect(broken.status == (way == "stall-up" ? 128 + SIGKILL : 1), "\(broken.error)")
    if way == "cut-up" { #expect(broken.error.contains("large content"), "\(broken.error)") }
    try await line.end()
    // Nobody gets a pointer without its bytes, and who has one gets no half of them.
    #expect(try await tipIfAny(of: remote) == nil)
    let carol = try await bench()
    try await carol.check("remote", "add", "origin", remote.string)
    try await carol.configure("lfs.url", server.url(of: "x"))
    try await carol.keep(content, isHere: false)
    let early = try await carol.sc("fetch", "--content")
    #expect(early.status == 1, "\(early.error)")
    #expect(early.error.contains("not transferred"), "\(early.error)")
    #expect(!Workbench.has(content, in: carol.history))

    try await ada.configure("lfs.url", server.url(of: "x"))
    let again = try await ada.sc("push")
    #expect(again.status == 0, "\(again.error)")
    #expect(again.error.contains("Uploaded 1 object(s)"), "\(again.error)")
    let files = stored(server)
    #expect(files.count == 1 && files[0].hasSuffix(name), "\(files)")
    #expect(Workbench.isFile("\(server.folder)/lfs/\(files.first ?? "")", content))
    #expect(try await ada.sc("push").error == "Everything up-to-date\n")
    try await bob.check("pull")
    for bench in [bob, carol] {
      try await bench.check("fetch", "--content")
      #expect(Workbench.has(content, in: bench.history))
    }
    #expect(try await ada.sc("verify").status == 0)
  }

  @Test func aFolderNeverHasHalfAnObject() async throws {
    let (folder, remote) = try await remote()
    defer { withExtendedLifetime(folder) {} }
    let (ada, bob) = try await pair(remote)
    let content = bytes(3_000_000)
    try await ada.keep(content)
    // The system lets nobody write more than 1 MiB to a file, wherever that happens to be.
    let killed = try await ada.shell("ulimit -c 0; ulimit -f 1024; exec sc push")
    #expect([14, 128 + SIGXFSZ].contains(killed.status), "\(killed.status) \(killed.error)")
    #expect(try await tipIfAny(of: remote) == nil)
    let object = Workbench.object(SHA256Digest(of: content).hexadecimal, of: remote)
    #expect(!FileManager.default.fileExists(atPath: object.string))
    let again = try await ada.sc("push")
    #expect(again.status == 0, "\(again.error)")
    #expect(Workbench.has(content, in: remote))
    let left = try FileManager.default.contentsOfDirectory(atPath: "\(remote)/lfs/incoming")
    #expect(left.isEmpty)
    try await bob.check("pull")
    try await bob.check("fetch", "--content")
    #expect(Workbench.has(content, in: bob.history))
  }

  @Test func goesThroughTheProxyOfItsRemote() async throws {
    let server = try await TestGitServer(.lfsWithPassword)
    let (folder, remote) = try await remote()
    defer { withExtendedLifetime(folder) {} }
    let (ada, bob) = try await pair(remote, server.url(of: "x"))
    let content = bytes(300_000)
    try await ada.keep(content)
    let proxy = try await TestProxy(password: "pr:Xy7/z w")
    try await ada.configure("http.proxy", proxy.bareURL)
    let refused = try await ada.sc("push")
    #expect(refused.status == 4, "\(refused.error)")
    #expect(refused.error.contains("the proxy wants to know who asks"), "\(refused.error)")
    #expect(try await tipIfAny(of: remote) == nil)
    _ = try proxy.requests()
    try await ada.configure("http.proxy", proxy.url)
    let pushed = try await ada.sc("push")
    #expect(pushed.status == 0, "\(pushed.error)")
    let host = "http://\(server.address.dropFirst("http://".count))/lab/x"
    let place = host + ".git/"
    let up = try proxy.requests()
    #expect(up.contains { $0.hasPrefix("POST \(place)info/lfs/objects/batch -") }, "\(up)")
    #expect(up.contains { $0.hasPrefix("PUT \(host)/objects/") }, "\(up)")
    try await bob.check("pull")
    try await bob.configure("remote.origin.proxy", proxy.url)
    try await bob.check("fetch", "--content")
    #expect(Workbench.has(content, in: bob.history))
    #expect(try proxy.requests().contains { $0.hasPrefix("GET \(host)/objects/") })
  }
}
