import Canonical
import Foundation
import TestSupport
import Testing

@testable import Commands

/// `sc image build` with both builders, beside docker's own client.
@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct BuildCommandTests {
  /// The values of `DOCKER_BUILDKIT`.
  static let builders = EngineException.buildKit.isOfTheEngine ? ["0"] : ["0", "1"]

  /// Docker's client that has BuildKit without a plugin; nil when none is here.
  static let client = ["/usr/bin/docker", "/usr/local/bin/docker"]
    .filter { FileManager.default.isExecutableFile(atPath: $0) }
    .first { client in
      let process = Process()
      let output = Pipe()
      process.executableURL = URL(filePath: client)
      process.arguments = ["--version"]
      process.standardOutput = output
      guard (try? process.run()) != nil else { return false }
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      return text.firstMatch(of: /version (\d+)\./).flatMap { Int($0.1) } ?? 99 < 23
    }

  /// Builds alike, by `sc` and by docker, and returns what is in the images: the configuration
  /// and the files.
  private func compare(
    _ builder: String, _ bench: Workbench, _ arguments: [String]
  ) async throws -> (ours: [String], theirs: [String]) {
    let client = try #require(Self.client)
    let variables = ["DOCKER_BUILDKIT": builder]
    var facts: [[String]] = []
    for program in [[try Project.executable("sc").string, "image"], [client]] {
      let name = Workbench.name("compared")
      let built = try await bench.run(
        program + ["build", "--no-cache", "-t", name] + arguments, variables: variables)
      #expect(built.status == 0, "\(built.error)")
      let configuration = try await bench.run(
        [client, "image", "inspect", "-f", "{{json .Config}} {{.Os}}/{{.Architecture}}", name])
      let files = try await bench.run([
        client, "run", "--rm", name, "sh", "-c",
        "cd /all && find . -exec stat -c '%n %F %a %u:%g %s %h' {} + | sort",
      ])
      #expect(files.status == 0, "\(files.error)")
      // The image that the last step of the classic builder began with.
      let known = configuration.output.replacing(/"Image":"[^"]*"/, with: "\"Image\":\"\"")
      // The classic builder's has the Dockerfile's name of this build, as long as the client likes.
      let isSized = { (line: String) in !line.hasPrefix("./.dockerignore ") }
      facts.append([known] + files.lines.filter(isSized))
    }
    return (facts[0], facts[1])
  }

  @Test(.enabled(if: client != nil, "no docker client with BuildKit is here"), arguments: builders)
  func buildsWhatDockerBuilds(_ builder: String) async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    let base = try await engine.image("base", changes: ["ENV PATH=/bin"])
    try bench.folder.write(
      """
      # escape=`
      ARG FROM=nosuch
      FROM ${FROM} AS build
      ARG VERSION
      RUN echo $VERSION `
        > /version

      FROM \(base)
      COPY . /all
      COPY --from=build /version /all/version
      ENV MODE=draft
      EXPOSE 80
      WORKDIR /all
      USER 1000:1000
      CMD ["true"]
      """, to: "docker/Dockerfile")
    try bench.folder.write(
      "*.log\n**/secret\n!docs/kept.log\n", to: "context/.dockerignore")
    // BuildKit reads this in its place, and the classic builder does not know it.
    try bench.folder.write("*.log\n", to: "docker/Dockerfile.dockerignore")
    for file in ["a", "b.log", "docs/kept.log", "docs/other.md", "docs/secret", "link/target"] {
      try bench.folder.write(file, to: "context/\(file)")
    }
    let folder = EngineException.linksOutOfContexts.isOfTheEngine ? "" : "../"
    let made = try await bench.shell(
      """
      cd context && ln a hard && ln -s \(folder)nowhere soft && mkfifo pipe && chmod 640 a &&
        python3 -c 'import socket; socket.socket(1).bind("socket")' && mkdir -m 1777 empty
      """)
    #expect(made.status == 0, "\(made.error)")
    let (ours, theirs) = try await compare(
      builder, bench,
      [
        "--build-arg", "FROM=\(base)", "--build-arg", "VERSION=3", "--label", "a=b", "--platform",
        "linux/amd64", "-f", "docker/Dockerfile", "context",
      ])
    let hidden = ours.filter { $0.contains(".dockerfile.") }
    // The one difference, of which BuildKit's builds warn: see the article on the client's API.
    #expect(hidden.count == (builder == "1" ? 1 : 0))
    // Docker's client sends BuildKit an empty file for a socket.
    #expect(ours.filter { !hidden.contains($0) } == theirs.filter { !$0.contains("socket") })
    #expect(ours.contains { $0.hasPrefix("./docs/kept.log ") })
    #expect(ours.contains { $0.contains("docs/secret") } == (builder == "1"))
    #expect(!ours.contains { $0.contains("b.log") })
  }

  @Test(.needs(.buildKit)) func showsBuildKitsStepsOnStandardError() async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine, variables: ["DOCKER_BUILDKIT": "1"])
    let base = try await engine.image("base")
    let name = Workbench.name("shown")
    try bench.folder.write(
      "FROM \(base)\nRUN echo one; echo two >&2\nCOPY . /here\n", to: "context/Dockerfile")
    let built = try await bench.sc("image", "build", "--progress=plain", "-t", name, "context")
    #expect(built.status == 0, "\(built.error)")
    #expect(
      built.error.contains(
        /\n\n#\d+ \[2\/3\] RUN echo one; echo two >&2\n#\d+ \d+\.\d+ (one|two)\n/))
    #expect(built.error.contains(/\n#\d+ DONE \d+\.\ds\n/))
    #expect(built.error.contains("naming to docker.io/library/\(name)"))
    #expect(!built.error.contains("warning"))
    #expect(built.output == "Successfully tagged \(name):latest\n")
    let again = try await bench.sc("image", "build", "-t", name, "context")
    #expect(again.error.contains(/\[2\/3\] RUN echo one; echo two >&2\n#\d+ CACHED\n/))
    let quiet = try await bench.sc("image", "build", "-q", "--iidfile", "id", "context")
    #expect(quiet.error == "" && quiet.output.contains(/^sha256:[0-9a-f]{64}\n$/))
    let id = bench.folder.path.appending("id").string
    #expect(try String(contentsOfFile: id, encoding: .utf8) + "\n" == quiet.output)
    try bench.folder.write("Dockerfile\n.dockerignore\n", to: "context/.dockerignore")
    let warned = try await bench.sc("image", "build", "-m", "1g", "context")
    #expect(warned.error.contains("sc: warning: BuildKit pays no heed to --memory\n"))
    #expect(warned.error.contains("sc: warning: BuildKit is sent the Dockerfile"))
    let failed = try await bench.sc("image", "build", "-", input: "FROM \(base)\nRUN exit 3\n")
    #expect(failed.status == 1 && failed.error.hasSuffix("exit code: 3\n"))
    let show = try await bench.check("show")
    #expect(show.contains("buildKit"))
    #expect(try await bench.fsck() == "")
  }

  @Test func refusesSessionsByName() async throws {
    let bench = try await Workbench()
    for flag in ["--secret=id=key,src=key", "--ssh=default"] {
      let refused = try await bench.sc("image", "build", flag, ".")
      #expect(refused.status == 2, "\(refused.error)")
      #expect(refused.error.contains("docker build --"))
    }
    let engine = try await TestEngine.shared()
    let maybe = try await bench.sc(
      "image", "build", "-",
      variables: engine.variables.merging(["DOCKER_BUILDKIT": "maybe"]) { $1 },
      input: "FROM a\n")
    #expect(maybe.status == 2 && maybe.error.contains("DOCKER_BUILDKIT"))
  }

  @Test(arguments: builders)
  func anInterruptEndsTheBuildInTheEngine(_ builder: String) async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine, variables: ["DOCKER_BUILDKIT": builder])
    let base = try await engine.image("base")
    let time = "60\(UInt32.random(in: 10_000...UInt32.max))"
    try bench.folder.write(
      "FROM \(base)\nRUN echo begun; exec sleep \(time)\n", to: "context/Dockerfile")
    let build = try bench.start("image", "build", "context")
    if builder == "1" {
      _ = try await build.error { $0.contains(" begun\n") }
    } else {
      _ = try await build.output { $0.contains("begun\n") }
    }
    let found = try await bench.run(["pgrep", "-x", "-f", "sleep \(time)"])
    let process = try #require(found.lines.first, "the step does not run")
    build.signal(SIGINT)
    #expect(try await build.result().status == 130)
    if EngineException.endOfAbandonedSteps.isOfTheEngine {
      try await Command.check(["kill", "-KILL", process])
    }
    let gone = try await bench.run(["timeout", "60", "tail", "--pid=\(process)", "-f", "/dev/null"])
    #expect(gone.status == 0, "the step goes on")
    // Nothing came of it, and the next command finds that out.
    let status = try await bench.check("status")
    #expect(status.contains("never happened") || status.contains("no operations yet"))
    #expect(try await bench.sc("log", "--json").lines.isEmpty)
  }

  @Test(arguments: builders)
  func takesADockerfileFromElsewhere(_ builder: String) async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine, variables: ["DOCKER_BUILDKIT": builder])
    let base = try await engine.image("base")
    let text = "FROM \(base)\nCOPY a /a\nRUN cat /a\n"
    try bench.folder.write(text, to: "around/Dockerfile")
    try bench.folder.write("of the context\n", to: "around/context/a")
    let name = Workbench.name("elsewhere")
    let outside = try await bench.shell(
      "cd around/context && sc image build -t \(name) -f ../Dockerfile .")
    #expect(outside.status == 0, "\(outside.error)")
    #expect((outside.output + outside.error).contains("of the context\n"))
    let digest = SHA256Digest(of: Array(text.utf8)).description
    #expect(try await bench.check("show").contains(digest))
    let other = text + "ENV A=1\n"
    let piped = try await bench.sc(
      "image", "build", "-t", name, "-f", "-", "around/context", input: other)
    #expect(piped.status == 0, "\(piped.error)")
    let recorded = try await bench.check("show")
    #expect(recorded.contains(SHA256Digest(of: Array(other.utf8)).description))
    let both = try await bench.sc("image", "build", "-f", "-", "-", input: text)
    #expect(both.status == 2 && both.error.contains("standard input cannot be both"))
  }

  @Test func pullsWhatARunNeeds() async throws {
    let bench = try await Workbench(engine: try await TestEngine.shared())
    let name = "127.0.0.1:9/" + Workbench.name("missing")
    let never = try await bench.sc("run", "--pull", "never", name)
    #expect(never.status == 125 && !never.error.contains("Unable to find"))
    let missing = try await bench.sc("run", name)
    #expect(missing.status == 125)
    #expect(missing.error.hasPrefix("Unable to find image '\(name)' locally\n"))
    #expect(missing.error.contains("cannot reach the registry"))
    #expect(try await bench.sc("run", "--pull", "sometimes", name).status == 125)
    let created = try await bench.sc("container", "create", name)
    #expect(created.status == 1 && created.error.contains("Unable to find"))
  }

  @Test func anInterruptEndsTheWaitForARegistry() async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    let image = try await engine.image("registry")
    let name = Workbench.name("registry")
    // A registry that takes connections and never says a word.
    let port = UInt16.random(in: 20_000...30_000)
    try await bench.check(
      "run", "-d", "--name", name, "--network", "host", image, "nc", "-ll", "-p", "\(port)", "-e",
      "sleep", "600")
    let run = try bench.start("run", "--rm", "127.0.0.1:\(port)/never")
    _ = try await run.error { $0.contains("Unable to find image") }
    run.signal(SIGINT)
    #expect(try await run.result().status == 130)
    try await bench.check("container", "rm", "-f", name)
  }
}
