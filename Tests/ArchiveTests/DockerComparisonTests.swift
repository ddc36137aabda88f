import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Archive

/// Our build contexts beside those that Docker's own classic client sends.
@Suite(.serialized, .enabled(if: !DockerClients.installed.isEmpty))
struct DockerComparisonTests {
  /// What is in the folder, made by the shell.
  static let folders = [
    "touch Dockerfile; mkdir -p a/b/c; echo x > a/b/c/d; chmod 4755 a/b/c/d; chmod 1700 a",
    "touch Dockerfile f; ln -s /nowhere l; ln -s a loop; ln f g; ln l hardlink; mkdir d; ln f d/f; ln -s . self",
    "touch Dockerfile; mkfifo p; python3 -c 'import socket; socket.socket(1).bind(\"s\")'",
    "touch Dockerfile; touch $'bad\\xff' é $'e\\u0301' 😀 $'new\\nline' ' space '; ln -s $'t\\xfe' l; n=$(printf 'n%.0s' {1..200}); mkdir -p $n/$n; touch $n/$n/$n; ln -s $n/$n/$n/$n/$n long",
    "touch -d '1960-01-01' Dockerfile; touch -d '2100-01-01 00:00:00.75' y; truncate -s 3M sparse; chmod 0 y",
    "touch Dockerfile; mkdir -p a/b c d/e; touch a/1 a/b/2 c/3 d/4 d/e/5; printf '*\\n!a/b\\n!d\\nd/e' > .dockerignore",
    "touch Dockerfile x.log; mkdir -p n/m; touch n/x.log n/m/y.log n/m/z; printf '# no\\n**/*.log\\n!n/m/y.log\\n/n/m/z/' > .dockerignore",
    "touch Dockerfile a b 'c d' '#e' '!f' '*' ; printf ' a \\r\\n\\n\\\\#e\\n\\\\!f\\n\\\\*\\n[b]\\nc d' > .dockerignore",
    "mkdir -p x/y; touch Dockerfile x/1 x/y/2 x/y/3; printf 'x\\n!x/y/2\\nDockerfile\\n.dockerignore' > .dockerignore",
    "mkdir -p a/x b/x/c x; touch Dockerfile a/x/1 b/x/c/2 x/3 axb a.b 'a-b'; printf '**/x\\na?b\\n!a-b' > .dockerignore",
    "mkdir -p a/b; touch Dockerfile a/b/c; printf '**\\n!a' > .dockerignore",
    "mkdir -p node_modules/m src/node_modules; touch Dockerfile node_modules/m/1 src/node_modules/2 src/3; printf 'node_modules/**\\n**/node_modules' > .dockerignore",
  ]

  @Test(arguments: DockerClients.installed, folders)
  func sendsTheSameEntries(_ client: String, _ script: String) async throws {
    let folder = try ScratchFolder()
    let scratch = try ScratchFolder()
    try folder.make(script)
    let theirs = try Self.context(of: client, arguments: folder.path.string, in: scratch)
    let ours = try await scratch.file(of: try BuildContext(folder: folder.path).tar())
    #expect(try TarListing.lines(of: ours) == TarListing.lines(of: theirs))
  }

  /// Rules put together at random, always the same ones. Exceptions are without wildcards: with
  /// them we follow BuildKit.
  @Test(
    .enabled("no modern client is here") { await DockerClients.modern() != nil }, arguments: 1...16)
  func leavesOutTheSameByRandomRules(_ seed: UInt64) async throws {
    let client = try #require(await DockerClients.modern())
    let folder = try ScratchFolder()
    let scratch = try ScratchFolder()
    try folder.make(
      "mkdir -p {a,b,ab}/{a,b,ab}/{a,b}; touch Dockerfile {a,b,ab}{,/a,/ab}/{ba,a.b,x}")
    var random = SplitMix64(state: seed)
    let pieces = ["a", "b", "ab", "*", "**", "?", "/", "/", "/", "[ab]", "[^a]", "\\.", ".", "x"]
    let rules = (0..<5).map { _ in
      let isException = Int.random(in: 0..<3, using: &random) == 0
      let choice = isException ? ["a", "b", "/", "x"] : pieces
      return (isException ? "!" : "")
        + (0..<Int.random(in: 1...5, using: &random)).map { _ in
          choice.randomElement(using: &random) ?? "a"
        }.joined()
    }.joined(separator: "\n")
    try rules.write(
      toFile: folder.path.appending(".dockerignore").string, atomically: true, encoding: .utf8)
    let context: BuildContext
    do {
      context = try BuildContext(folder: folder.path)
    } catch {
      #expect(throws: Shell.Failure.self, "\(rules)") {
        try Self.context(of: client, arguments: folder.path.string, in: scratch)
      }
      return
    }
    let theirs = try Self.context(of: client, arguments: folder.path.string, in: scratch)
    let ours = try await scratch.file(of: context.tar())
    #expect(try TarListing.names(of: ours) == TarListing.names(of: theirs), "\(rules)")
  }

  /// Source: https://prng.di.unimi.it/splitmix64.c
  private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
      return z ^ z >> 31
    }
  }

  @Test(arguments: DockerClients.installed)
  func sendsTheSameForADockerfileFromStandardInput(_ client: String) async throws {
    let folder = try ScratchFolder()
    let scratch = try ScratchFolder()
    try folder.make("touch a Dockerfile; echo b > .dockerignore; chmod 640 .dockerignore")
    let theirs = try Self.context(
      of: client, arguments: "-f - \(folder.path.string)", in: scratch)
    let context = try BuildContext(folder: folder.path, dockerfile: .bytes(Array("FROM x\n".utf8)))
    let ours = try await scratch.file(of: context.tar())
    // Their name is drawn at random and ours is not; all else but its time is the same.
    func facts(_ tar: FilePath) throws -> [String] {
      try TarListing.lines(of: tar, loosely: true).map { line in
        guard line.hasPrefix("'.docker") else { return line }
        let fields = line.split(separator: " ")
        let name = line.hasPrefix("'.dockerfile.") ? "'.dockerfile.'" : "'.dockerignore'"
        return ([name] + fields[1...4].map(String.init)).joined(separator: " ")
      }.sorted()
    }
    #expect(try facts(ours) == facts(theirs))
  }

  /// Lets a client build against a socket that only keeps the body.
  ///
  /// The signal is the one that cannot be blocked: threads of the pool block the others, and
  /// their children inherit that.
  private static func context(
    of client: String, arguments: String, in scratch: ScratchFolder
  ) throws -> FilePath {
    let tar = scratch.path.appending("theirs.tar")
    let script = scratch.path.appending("catcher.py")
    try catcher.write(toFile: script.string, atomically: true, encoding: .utf8)
    try Shell.run(
      "/bin/bash", "-euc",
      """
      cd "$0"; mkfifo ready; python3 catcher.py socket theirs.tar > ready & catcher=$!
      trap 'kill -KILL $catcher' EXIT
      read line < ready
      printf 'FROM x\\n' | "$1" build \(arguments)
      """, scratch.path.string, client,
      environment: [
        "DOCKER_BUILDKIT": "0", "DOCKER_HOST": "unix://\(scratch.path.string)/socket",
        "DOCKER_CONFIG": scratch.path.string, "DOCKER_CONTEXT": "",
      ])
    return tar
  }

  private static let catcher = #"""
    import http.server, socketserver, sys
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        def address_string(self): return "client"
        def log_message(self, *arguments): pass
        def answer(self, body):
            self.send_response(200)
            for name, value in [("Api-Version", "1.41"), ("Content-Type", "application/json"),
                                ("Content-Length", str(len(body))), ("Ostype", "linux")]:
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD": self.wfile.write(body)
        def do_GET(self): self.answer(b'{"ApiVersion":"1.41"}')
        do_HEAD = do_GET
        def do_POST(self):
            with open(sys.argv[2], "wb") as tar:
                while size := int(self.rfile.readline(), 16):
                    tar.write(self.rfile.read(size))
                    self.rfile.readline()
            self.rfile.readline()
            self.answer(b'{"stream":"done"}\n')
    class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
        daemon_threads = True
    with Server(sys.argv[1], Handler) as server:
        print("ready", flush=True)
        server.serve_forever()
    """#
}
