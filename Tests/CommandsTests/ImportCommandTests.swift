import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite(.enabled(if: TestEngine.isAvailable))
struct ImportCommandTests {
  private let bench: Workbench
  private let web: TestWeb

  init() async throws {
    bench = try await Workbench(engine: .shared())
    try await TestEngine.makeRootFileSystem(in: bench.folder.path.appending("rootfs"))
    _ = try await bench.shell("tar -C rootfs -cf rootfs.tar .")
    web = try await TestWeb(serving: bench.folder.path.appending("rootfs.tar"))
  }

  @Test func importsAURLAndShowsWhereFrom() async throws {
    let name = Workbench.name("web") + ":1"
    let imported = try await bench.sc(
      "image", "import", "-c", "CMD [\"true\"]", web.url("/moved", user: TestWeb.user), name)
    #expect(imported.output.hasPrefix("sha256:"), "\(imported.error)")
    let show = try await bench.check("show", name)
    let digest = try await bench.shell("sha256sum rootfs.tar | cut -d' ' -f1").lines.first ?? "?"
    #expect(show.contains("Used:       archive sha256:\(digest) at \(web.url("/moved"))\n"))
    #expect(!show.contains("pa%2Fss"))
    try await bench.check("image", "import", "rootfs.tar", name)
    let file = try await bench.check("show")
    #expect(file.contains(" at \(bench.folder.path)/rootfs.tar\n"))
    try await bench.check("image", "rm", name)
    #expect(try await bench.fsck() == "")
  }

  @Test func failsByName() async throws {
    let missing = try await bench.sc("image", "import", web.url("/nothing?key=x"), "no:1")
    #expect(missing.status == 1)
    #expect(
      missing.error == "sc: the server answered with status 404 for \(web.url("/nothing"))\n")
    let large = try await bench.sc(
      "image", "import", "--max-size", "100k", web.url("/file"), "no:1")
    #expect(large.status == 1 && large.error.contains("Allow more with --max-size"))
    let silent = try await bench.sc(
      "image", "import", "--idle-time", "200ms", web.url("/silent"), "no:1")
    #expect(silent.status == 1 && silent.error.contains("silent for 0.2 seconds"))
    let other = try await bench.sc("image", "import", "ftp://127.0.0.1/file", "no:1")
    #expect(other.status == 2 && other.error.contains("no http or https URL"))
    let both = try await bench.sc(
      "image", "import", "--by-engine", "--max-time", "1s", web.url("/file"))
    #expect(both.status == 2)
    let file = try await bench.sc("image", "import", "nosuch.tar")
    #expect(file.status == 2 && file.error.contains("nosuch.tar cannot be read"))
    // The engine is where nothing else is.
    let engine = try await bench.sc("image", "import", "--by-engine", web.url("/file"), "no:1")
    #expect(engine.status == 1)
    #expect(
      try await bench.check("log", "--format", "%(operation) %(outcome)").split(
        separator: "\n"
      ).first == "image.import failed")
  }

  @Test func goesThroughTheProxyOfTheEnvironment() async throws {
    let name = Workbench.name("proxied") + ":1"
    let proxied = try await bench.sc(
      "image", "import", "http://example.invalid/file", name,
      variables: ["http_proxy": "http://\(web.address)"])
    #expect(proxied.output.hasPrefix("sha256:"), "\(proxied.error)")
    let excepted = try await bench.sc(
      "image", "import", "http://example.invalid/file", name,
      variables: ["http_proxy": "http://\(web.address)", "no_proxy": "example.invalid"])
    #expect(excepted.status == 1 && excepted.error.contains("Check the URL"))
    try await bench.check("image", "rm", name)
  }

  @Test func keepsOnlyWhatLeaves() async throws {
    let engine = try await TestEngine.shared()
    let image = try await engine.image("kept")
    let name = Workbench.name("kept")
    try await bench.check("container", "create", "--name", name, image, "true")
    let wrong = try await bench.sc("container", "cp", "--keep", "rootfs.tar", name + ":/tmp")
    #expect(wrong.status == 2 && wrong.error.contains("--keep is for what leaves"))
    try await bench.check("container", "cp", "--keep", name + ":/etc/passwd", ".")
    let copied = try await bench.check("show")
    #expect(copied.contains("Kept:       content/") && copied.contains(" bytes, here\n"))
    try await bench.check("image", "save", "--keep", "-o", "image.tar", image)
    let digest = try await bench.shell("sha256sum image.tar | cut -d' ' -f1").lines.first ?? "?"
    #expect(try await bench.check("show").contains("/\(digest).tar, "))
    // A clone without the bytes says so.
    let clone = try await bench.shell(
      "GIT_LFS_SKIP_SMUDGE=1 git clone -q --bare .sc clone.sc && sc --sc-dir clone.sc show")
    #expect(clone.output.contains(" bytes, not here: git lfs fetch\n"), "\(clone.error)")
    try await bench.check("container", "rm", name)
    #expect(try await bench.fsck() == "")
  }
}
