import Foundation
import SystemPackage
import Testing

@testable import Archive

struct BuildContextTests {
  private let folder: ScratchFolder
  private let scratch: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    scratch = try ScratchFolder()
  }

  private func failure(
    _ dockerfile: BuildContext.Dockerfile = .inFolder, changing script: String? = nil
  ) async -> ArchiveError? {
    do {
      let tar = try BuildContext(folder: folder.path, dockerfile: dockerfile).tar()
      if let script {
        _ = try await tar.next()
        try folder.make(script)
      }
      while try await tar.next() != nil {}
      return nil
    } catch {
      return error as? ArchiveError
    }
  }

  @Test func leavesOutFoldersThatItsCallerLeavesOut() async throws {
    try folder.make(
      "mkdir -p .sc/sc a/.sc; touch .sc/sc/key a/x Dockerfile; echo '!.sc' >.dockerignore")
    let context = try BuildContext(folder: folder.path)
    let names = try await scratch.names(
      of: context.tar { $0.lastComponent?.string == ".sc" })
    #expect(names == [".dockerignore", "Dockerfile", "a", "a/x"])
  }

  @Test func sendsFoldersBeforeTheirContentsInByteOrder() async throws {
    try folder.make("mkdir -p b/c a; touch b/c/z b/a a/x Dockerfile b.txt B")
    let context = try BuildContext(folder: folder.path)
    #expect(context.dockerfile == "Dockerfile")
    #expect(
      try await scratch.names(of: context)
        == ["B", "Dockerfile", "a", "a/x", "b", "b/a", "b/c", "b/c/z", "b.txt"].sorted {
          $0.split(separator: "/").lexicographicallyPrecedes($1.split(separator: "/"))
        })
  }

  @Test func givesTheSameBytesAgain() async throws {
    try folder.make("mkdir d; echo 1 > d/x; ln -s x d/l; ln d/x y")
    let first = try BuildContext(folder: folder.path, dockerfile: .bytes([1])).tar()
    let second = try BuildContext(folder: folder.path, dockerfile: .bytes([1])).tar()
    #expect(try await first.collect() == second.collect())
  }

  @Test func alwaysSendsDockerfileAndIgnoreFile() async throws {
    try folder.make("mkdir d; touch d/My.Dockerfile d/x y; echo '*' > .dockerignore")
    let context = try BuildContext(
      folder: folder.path, dockerfile: .file(folder.path.appending("d/My.Dockerfile")))
    #expect(context.dockerfile == "d/My.Dockerfile")
    #expect(try await scratch.names(of: context) == [".dockerignore", "d/My.Dockerfile"])
  }

  @Test func prefersTheIgnoreFileOfTheDockerfileForBuildKit() async throws {
    try folder.make(
      "touch a b Dockerfile; echo a > .dockerignore; echo b > Dockerfile.dockerignore")
    #expect(
      try await scratch.names(of: try BuildContext(folder: folder.path, isForBuildKit: true))
        == [".dockerignore", "Dockerfile", "Dockerfile.dockerignore", "a"])
    #expect(
      try await scratch.names(of: try BuildContext(folder: folder.path))
        == [".dockerignore", "Dockerfile", "Dockerfile.dockerignore", "b"])
  }

  @Test func sendsBuildKitNoIgnoreFileThatIsIgnored() async throws {
    try folder.make("touch a Dockerfile; printf 'Dockerfile\n.dockerignore' > .dockerignore")
    let context = try BuildContext(folder: folder.path, isForBuildKit: true)
    #expect(try await scratch.names(of: context) == ["Dockerfile", "a"])
    #expect(context.exposesDockerfile)
    let classic = try BuildContext(folder: folder.path)
    #expect(try await scratch.names(of: classic) == [".dockerignore", "Dockerfile", "a"])
    #expect(!classic.exposesDockerfile)
    try folder.make("rm .dockerignore")
    #expect(try !BuildContext(folder: folder.path, isForBuildKit: true).exposesDockerfile)
  }

  @Test func findsTheDockerfileInSmallLetters() throws {
    try folder.make("touch dockerfile")
    #expect(try BuildContext(folder: folder.path).dockerfile == "dockerfile")
  }

  @Test func followsALinkThatIsTheDockerfile() throws {
    try folder.make("mkdir d; touch d/real; ln -s d/real Dockerfile")
    #expect(try BuildContext(folder: folder.path).dockerfile == "d/real")
  }

  @Test func takesBackInByPatternAsBuildKit() async throws {
    try folder.make(
      "mkdir -p a/b; touch a/b/x.go a/b/y a/z Dockerfile; printf '*\\n!**/*.go' > .dockerignore")
    #expect(
      try await scratch.names(of: try BuildContext(folder: folder.path))
        == [".dockerignore", "Dockerfile", "a/b/x.go"])
  }

  @Test func addsADockerfileFromElsewhere() async throws {
    let other = try ScratchFolder()
    try other.make("echo FROM scratch > D; echo b > D.dockerignore")
    try folder.make("touch a b")
    let context = try BuildContext(
      folder: folder.path, dockerfile: .file(other.path.appending("D")))
    #expect(context.dockerfile.hasPrefix(".dockerfile."))
    let tar = try await scratch.file(of: context.tar())
    #expect(try TarListing.names(of: tar) == [context.dockerfile, ".dockerignore", "a", "b"])
    let read = { try Shell.run("/usr/bin/tar", "xOf", tar.string, $0) }
    #expect(try read(context.dockerfile) == "FROM scratch\n")
    #expect(try read(".dockerignore") == ".dockerignore\n\(context.dockerfile)\n")
    let buildKit = try BuildContext(
      folder: folder.path, dockerfile: .file(other.path.appending("D")), isForBuildKit: true)
    #expect(try await scratch.names(of: buildKit) == [context.dockerfile, "a"])
    #expect(buildKit.exposesDockerfile)
  }

  @Test func namesWhatIsMissing() async throws {
    #expect(await failure()?.message.contains("Dockerfile' was not found") == true)
    #expect(
      #expect(throws: ArchiveError.self) { try BuildContext(folder: "/nowhere/at/all") }?.code
        == .notFound)
    #expect(
      #expect(throws: ArchiveError.self) { try BuildContext(folder: "/etc/passwd") }?.message
        == "the build context '/etc/passwd' is no folder")
  }

  /// Root may read everything, so that only the words can be tested by everybody.
  @Test func saysWhichFileMayNotBeRead() {
    let error = ArchiveError("open", "/a/b", .permissionDenied)
    #expect(error.code == .unreadable && error.message.contains("'/a/b'"))
  }

  @Test func refusesANameThatWouldBeChanged() async throws {
    try folder.make("touch Dockerfile $'\\xed\\xa0\\xbd\\xed\\xb8\\x80'")
    #expect(await failure()?.code == .name)
  }

  /// The first chunks are small next to the file: it is not at its end when it changes.
  @Test(arguments: [
    ("truncate -s 1M a", "changed while"), ("truncate -s 60M a", "changed while"),
    ("rm b", "went away while"), ("rm -r c", "went away while"), ("rm b; mkfifo b", ""),
  ])
  func noticesFilesThatChange(_ script: String, _ message: String) async throws {
    try folder.make("mkdir c; touch Dockerfile b c/x; truncate -s 50M a")
    let error = await failure(changing: script)
    if message.isEmpty {
      #expect(error == nil)
    } else {
      #expect(error?.code == .changed)
      #expect(error?.message.contains(message) == true)
    }
  }
}
