import Foundation
import SystemPackage
import TestSupport
import Testing

/// Numbers, names and archives that make no sense, or more sense than one would wish.
@Suite(.serialized, .enabled(if: TestEngine.isAvailable))
struct MalformedInputTests {
  private static let isOptimized = ProcessInfo.processInfo.environment["SC_UNDER_TEST"] != nil

  /// What is typed after `sc`, how it ends, and what it says. What is refused, docker's client or its
  /// engine refuses, too, and what is taken, they take.
  @Test(arguments: [
    ("container create -m -5m $IMAGE", 2, "-5m"),
    ("container create --memory-swap -2 $IMAGE", 2, "-2"),
    ("container create --cpus -1 $IMAGE", 1, "Range of CPUs"),
    ("container create --cpu-quota -5 $IMAGE", 0, ""),
    ("container create --cpu-period -5 $IMAGE", 1, "period"),
    ("container create --shm-size -1m $IMAGE", 2, "-1m"),
    ("container create --blkio-weight -1 $IMAGE", 1, "BlkioWeight"),
    ("container create --ulimit nofile=-5:-10 $IMAGE", 2, "--ulimit"),
    ("container create --pids-limit -5 $IMAGE", 0, ""),
    ("container create --device-read-bps /dev/null:-1 $IMAGE", 2, "--device-read-bps"),
    ("image build -m -5m .", 2, "-5m"),
    ("container create ''", 2, "empty"),
    ("container start ''", 2, "empty"),
    ("container rm ''", 2, "empty"),
    ("container rename '' x", 2, "empty"),
    ("container rename x ''", 1, "empty"),
    ("container export ''", 2, "empty"),
    ("exec '' true", 2, "empty"),
    ("image rm ''", 2, "empty"),
    ("image tag '' x", 2, "empty"),
    ("image tag $IMAGE ''", 2, "no image name"),
    ("image save ''", 2, "empty"),
    ("image pull ''", 2, "no image name"),
    ("volume rm ''", 2, "empty"),
    ("network rm ''", 2, "empty"),
    ("network create ''", 2, "empty"),
  ])
  func isAsDockerIs(arguments: String, status: Int32, words: String) async throws {
    let scene = try await Scene()
    try await scene.makeHistory()
    let result = try await scene.shell("IMAGE=\(scene.image); \"$SC\" \(arguments)")
    #expect(result.status == status, "\(result.status): \(result.error)")
    #expect(status == 0 || result.error.contains(words), "\(result.error)")
    #expect(try scene.pending().isEmpty)
    let log = try await scene.sc("log", "--format", "%(outcome)")
    #expect(log.lines.allSatisfy { $0 == (status == 0 ? "succeeded" : "failed") })
    let docker = try await scene.shell(
      "IMAGE=\(scene.image); DOCKER_BUILDKIT=0 docker \(arguments)")
    #expect((docker.status == 0) == (status == 0), "\(docker.output) \(docker.error)")
  }

  /// The engine takes it, and so does the history. Linux would not start a process with it.
  @Test(.enabled(if: isOptimized, "takes minutes with a debug build; SC_UNDER_TEST names another"))
  func recordsAnEnvironmentOfTenMegabytes() async throws {
    let scene = try await Scene()
    try await scene.makeHistory()
    try scene.folder.write("BIG=" + String(repeating: "v", count: 10_000_000), to: "work/variables")
    let create = try await scene.sc("container", "create", "--env-file", "variables", scene.image)
    #expect(create.status == 0, "\(create.error)")
    #expect(try await scene.subjects().count == 1)
    #expect(try scene.pending().isEmpty)
    try await scene.expectSound()
  }

  /// Names are bytes: those that are no UTF-8 come back as they went in, through the engine's
  /// archives and through a build.
  @Test func keepsNamesThatAreNoUTF8() async throws {
    let scene = try await Scene()
    try await scene.makeHistory()
    let name = Scene.name()
    let result = try await scene.shell(
      """
      set -e
      mkdir -p in/d; touch "in/d/$(printf 'caf\\351')" "in/d/$(printf '\\377\\376')"
      printf 'FROM \(scene.image)\\nCOPY d /built\\n' > in/Dockerfile
      "$SC" image build -q -t \(name):1 in
      "$SC" container create --name \(name) \(name):1
      tar -C in -c d | "$SC" container cp - \(name):/tmp
      "$SC" container cp in/d \(name):/copied
      for place in built tmp/d copied; do "$SC" container cp \(name):/$place out; ls out | od -c
        rm -r out; done > out.txt
      ls in/d | od -c > in.txt
      "$SC" container export \(name) | "$SC" image import - \(name):2
      "$SC" container rm \(name); "$SC" image rm \(name):1 \(name):2
      cat in.txt in.txt in.txt | cmp - out.txt
      """)
    #expect(result.status == 0, "\(result.output) \(result.error)")
    #expect(try scene.pending().isEmpty)
    try await scene.expectSound()
    for line in ["log --json", "show HEAD~1 --json"] {
      let shown = try await scene.shell("\"$SC\" \(line)")
      #expect(shown.status == 0 && String(validating: shown.outputBytes, as: UTF8.self) != nil)
    }
  }

  @Test(.enabled("no modern client is here") { await DockerClients.modern() != nil })
  func buildsWithADockerfileFromElsewhere() async throws {
    let scene = try await Scene()
    try await scene.makeHistory()
    let client = try #require(await DockerClients.modern())
    let result = try await scene.shell(
      """
      set -e
      mkdir c; touch c/a outside
      printf 'FROM \(scene.image)\\nCOPY a /\\n' > Elsewhere
      printf 'FROM \(scene.image)\\nCOPY ../outside /\\n' > c/Dockerfile
      "$SC" image build -q -f Elsewhere c
      DOCKER_BUILDKIT=0 \(client) build -q -f Elsewhere c
      ! "$SC" image build c
      ! DOCKER_BUILDKIT=0 \(client) build c
      """)
    #expect(result.status == 0, "\(result.error)")
    let ids = result.lines.filter { $0.hasPrefix("sha256:") }
    #expect(ids.count == 2 && ids[0] == ids[1], "the same context as docker's: \(ids)")
    let refusals = result.error.split(separator: "\n").filter { $0.contains("outside") }
    #expect(refusals.count == 2, "\(result.error)")
    #expect(try await scene.subjects().count == 2)
    try await scene.expectSound()
  }

  /// What docker sends of a folder with all kinds of files gives the same image from here.
  @Test(.enabled("no modern client is here") { await DockerClients.modern() != nil })
  func buildsFromAFolderWithAllKindsOfFiles() async throws {
    let scene = try await Scene()
    try await scene.makeHistory()
    let client = try #require(await DockerClients.modern())
    let result = try await scene.shell(
      """
      set -e
      mkdir c; cd c; mkfifo pipe; echo 1 > one; ln one two; ln -s nowhere dangling; mkdir many
      python3 -c 'import socket; socket.socket(1).bind("socket")'
      python3 -c 'for n in range(2000): open(f"many/{n}", "w").write(str(n))'
      printf 'FROM \(scene.image)\\nCOPY . /all\\nRUN ls -A /all /all/many | wc -l\\n' > Dockerfile
      "$SC" image build -q .
      DOCKER_BUILDKIT=0 \(client) build -q .
      """)
    #expect(result.status == 0, "\(result.error)")
    // The second build takes each step of the first from the engine's cache.
    #expect(Set(result.lines).count == 1 && result.lines.count == 2, "\(result.output)")
    try await scene.expectSound()
  }
}
