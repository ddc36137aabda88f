import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct HandedInLabelCommandTests {
  private static let bad = #"smartcontainer={"@context":{"x":"not an IRI"},"x":"y"}"#
  private static let place =
    "sc: label smartcontainer: invalid IRI mapping at /@context/x: "

  private let engine: TestEngine
  private let bench: Workbench

  init() async throws {
    engine = try await .shared()
    bench = try await Workbench(engine: engine)
  }

  private func expectRefused(_ arguments: [String], status: Int32 = 2) async throws {
    let result = try await bench.shell(
      "sc " + arguments.map { "'" + $0.replacing("'", with: "'\\''") + "'" }.joined(separator: " "))
    #expect(result.status == status, "\(arguments): \(result.error)")
    // Nothing is said of an image that would have to be pulled, or of a container that is not there.
    #expect(result.error.hasPrefix(Self.place), "\(arguments): \(result.error)")
    #expect(result.output.isEmpty)
  }

  @Test func commandsRefuseWhatIsNoDocument() async throws {
    try await expectRefused(["container", "create", "--label", Self.bad, "not-there"])
    // As docker: every other status is the container's.
    try await expectRefused(["run", "--label", Self.bad, "not-there", "true"], status: 125)
    let context = bench.folder.path.appending("context").string
    try FileManager.default.createDirectory(atPath: context, withIntermediateDirectories: true)
    try Data("FROM scratch\n".utf8).write(to: URL(filePath: context + "/Dockerfile"))
    try await expectRefused(["image", "build", "--label", Self.bad, context])
    let value = Self.bad.dropFirst("smartcontainer=".count)
    // Podman takes what is between double quotes word for word.
    let change =
      EngineKind.current == .podman
      ? "LABEL smartcontainer=\"\(value)\"" : "LABEL smartcontainer='\(value)'"
    try await expectRefused(["container", "commit", "--change", change, "not-there"])
    #expect(try await bench.check("log").isEmpty)
  }

  @Test func theWebIsAskedOnlyWhereThatIsAllowed() async throws {
    let file = bench.folder.path.appending("context.jsonld")
    try Data(#"{"@context":{"x":"http://example.org/x"}}"#.utf8)
      .write(to: URL(filePath: file.string))
    let web = try await TestWeb(serving: file)
    let url = web.url("/file?type=application/ld%2Bjson")
    let label = #"smartcontainer={"@context":"\#(url)","x":"y"}"#
    let image = try await engine.image()
    let refused = try await bench.sc("container", "create", "--label", label, image)
    #expect(refused.status == 2)
    #expect(
      refused.error.hasPrefix(
        "sc: label smartcontainer: loading remote context failed at /@context: <\(url)> was not "))
    #expect(refused.error.contains("--set context.remote=allowed"))
    let allowed = try await bench.sc(
      "--set", "context.remote=allowed", "container", "create", "--label", label, image)
    #expect(allowed.status == 0, "\(allowed.error)")
    let byVariable = try await bench.sc(
      "container", "create", "--label", label, image,
      variables: ["SC_CONTEXT_REMOTE": "allowed"])
    #expect(byVariable.status == 0, "\(byVariable.error)")
    for id in [allowed.output, byVariable.output] {
      try await bench.check(
        "container", "rm", id.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    let missing = label.replacing("/file", with: "/nothing")
    let failed = try await bench.sc(
      "--set", "context.remote=allowed", "container", "create", "--label", missing, image)
    #expect(failed.status == 2)
    #expect(failed.error.contains("status 404") && !failed.error.contains("--set"))
  }

  @Test func theSettingIsRefusedOrAllowed() async throws {
    let wrong = try await bench.sc("config", "set", "context.remote", "maybe")
    #expect(wrong.status == 2)
    #expect(wrong.error.contains("context.remote is refused or allowed, not maybe"))
    try await bench.check("config", "set", "context.remote", "allowed")
    #expect(try await bench.check("config", "get", "context.remote") == "allowed\n")
  }
}
