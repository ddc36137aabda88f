import TestSupport
import Testing

/// Files that archives and copies must not take the place of.
@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct ArchiveOutputTests {
  private let bench: Workbench
  private let image: String
  private let container: String

  init() async throws {
    let engine = try await TestEngine.shared()
    bench = try await Workbench(engine: engine)
    image = try await engine.image("outputs")
    container = Workbench.name("outputs")
    try await bench.check("container", "create", "--name", container, image, "true")
    try await bench.check("config", "set", "agent.name", "Ada")
    let made = try await bench.shell("mkfifo pipe && echo kept >target && ln -s target link")
    try #require(made.status == 0)
  }

  /// Whether the pipe and the link are what they were.
  private func expectUntouched() async throws {
    let kinds = try await bench.shell("stat -c '%F' pipe link && cat target && ls -A | sort")
    #expect(kinds.output.hasPrefix("fifo\nsymbolic link\nkept\n"), "\(kinds.output)")
    #expect(!kinds.output.contains("partial"))
  }

  @Test(arguments: ["pipe", "link"])
  func archivesReplaceNothingButFiles(target: String) async throws {
    for line in ["image save -o \(target) \(image)", "container export -o \(target) \(container)"] {
      let result = try await bench.shell("sc \(line)")
      #expect(result.status == 2)
      #expect(result.error.contains("\(target) is no regular file"), "\(result.error)")
      try await expectUntouched()
    }
  }

  @Test func copiesReplaceNothingButFiles() async throws {
    let refused = try await bench.shell("sc container cp \(container):/etc/passwd pipe")
    #expect(refused.status == 2)
    #expect(refused.error.contains("pipe is a device or a pipe"), "\(refused.error)")
    try await expectUntouched()
    try await bench.check("container", "cp", "\(container):/etc/passwd", "link")
    let kinds = try await bench.shell("stat -c '%F' link && head -n 1 target")
    #expect(kinds.output.hasPrefix("symbolic link\nroot:"), "\(kinds.output)")
  }

  @Test func whatIsInspectedAndCannotBeWrittenIsAnError() async throws {
    for line in ["container inspect \(container)", "image inspect \(image)"] {
      let result = try await bench.shell("sc \(line) >/dev/full")
      #expect(result.status == 1)
      #expect(result.error.contains("No space left on device"), "\(result.error)")
    }
  }

  @Test func nothingIsExportedBeforeSomethingIsFound() async throws {
    let result = try await bench.shell("sc export nosuchthing")
    #expect(result.status == 1)
    #expect(result.output == "")
  }
}
