import Foundation
import SystemPackage
import TestSupport
import Testing

/// Engines that are not there, are none, or go away.
@Suite(.serialized, .enabled(if: TestEngine.isAvailable))
struct EngineTests {
  /// Speaks HTTP on a unix socket and does it badly, or passes on to the engine.
  private static let peer = """
    import os, socket, sys, threading
    mode, path, engine = sys.argv[1:4]
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    if mode == 'unheard': sys.exit(0)
    server.listen(50)
    print('ready', flush=True)
    def pump(source, target):
        while data := source.recv(65536): target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    def cut(source, target, state):
        while data := source.recv(65536):
            if any(word in data for word in (b'/export', b'/images/load', b'/build')):
                state['left'] = 20000 if b'/export' in data else 0
            target.sendall(data)
    def cutting(source, target, state):
        while data := source.recv(65536):
            target.sendall(data[:state.get('left', len(data))])
            if 'left' in state:
                state['left'] -= min(len(data), state['left'])
                if state['left'] == 0: return target.shutdown(socket.SHUT_RDWR)
    def send(c, status, body):
        api = 'Api-Version: 1.41\\r\\n' if body.startswith('{') else ''
        head = f'HTTP/1.1 {status}\\r\\n{api}Content-Length: {len(body)}\\r\\n\\r\\n'
        c.sendall((head + body).encode())
    def serve(c):
        if mode == 'proxy':
            e = socket.socket(socket.AF_UNIX)
            e.connect(engine)
            threading.Thread(target=pump, args=(e, c), daemon=True).start()
            return pump(c, e)
        if mode == 'cut':
            e, state = socket.socket(socket.AF_UNIX), {}
            e.connect(engine)
            threading.Thread(target=cut, args=(c, e, state), daemon=True).start()
            return cutting(e, c, state)
        data = b''
        while b'\\r\\n\\r\\n' not in data:
            more = c.recv(65536)
            if not more: return
            data += more
        if mode == 'missing': send(c, '404 Not Found', '<html>nginx</html>')
        elif mode == 'gateway': send(c, '502 Bad Gateway', '<html>nginx</html>')
        elif mode == 'page': send(c, '200 OK', '<html>hello</html>')
        elif mode == 'mail': c.sendall(b'220 mail.example ESMTP\\r\\n')
        elif mode == 'half' and b'/create' in data.split(b'\\r\\n')[0]:
            c.sendall(b'HTTP/1.1 201 Created\\r\\nContent-Length: 90\\r\\n\\r\\n{"Id":"ab')
        elif mode == 'half': send(c, '200 OK', '{"ApiVersion":"1.41"}')
        elif mode == 'vanish' and data.startswith(b'POST'): os.unlink(path)
        elif mode == 'vanish':
            send(c, '200 OK', '{"ApiVersion":"1.41"}')
            return serve(c)
        c.close()
    while True:
        c, _ = server.accept()
        threading.Thread(target=serve, args=(c,), daemon=True).start()
    """

  private func start(_ mode: String, _ scene: Scene) async throws -> (RunningCommand, String) {
    let socket = scene.folder.path.appending("\(mode).sock").string
    let peer = try RunningCommand([
      "python3", "-c", Self.peer, mode, socket, scene.engine.socket.string,
    ])
    if mode == "unheard" {
      _ = try await peer.result()
    } else {
      _ = try await peer.output { $0.contains("ready") }
    }
    return (peer, "unix://\(socket)")
  }

  /// Lets the real engine answer where a peer stood before.
  private func bringBack(_ host: String, _ scene: Scene) async throws {
    _ = try await scene.shell("ln -sf \(scene.engine.socket) \(host.dropFirst("unix://".count))")
  }

  @Test(arguments: [
    ("unix:///nonexistent/docker.sock", "there is no socket at", "installed and running?"),
    ("tcp://127.0.0.1:1", "nothing listens at 127.0.0.1:1", "Is the engine running?"),
    ("tcp://host.invalid:1", "the host of host.invalid:1 is not known", "Check the host name"),
  ])
  func saysWhyThereIsNoEngine(host: String, message: String, hint: String) async throws {
    let scene = try await Scene()
    try await scene.makeHistory()
    let result = try await scene.sc("container", "create", scene.image, host: host)
    #expect(result.status == 12)
    #expect(result.error.contains(message))
    #expect(result.error.contains(hint))
    #expect(try scene.pending().isEmpty)
    #expect(try await scene.sc("status", host: host).output.contains(message))
  }

  @Test(arguments: [
    ("unheard", "nothing listens at", "Is the engine running?"),
    ("missing", "no Docker-compatible engine (status 404)", "Check the address"),
    ("gateway", "no Docker-compatible engine (status 502)", "Check the address"),
    ("page", "no Docker-compatible engine", "Check the address"),
    ("mail", "is not HTTP", "Check the address"),
    ("close", "was lost", "Nothing was asked of it yet"),
  ])
  func saysWhatIsWrongWithAnEngine(mode: String, message: String, hint: String) async throws {
    let scene = try await Scene()
    try await scene.makeHistory()
    let (peer, host) = try await start(mode, scene)
    let result = try await scene.sc("container", "create", scene.image, host: host)
    #expect(result.status == 12)
    #expect(result.error.contains(message))
    #expect(result.error.contains(hint))
    #expect(!result.error.contains("<html>"))
    #expect(try scene.pending().isEmpty)
    peer.signal(SIGKILL)
  }

  @Test func forgetsACreationThatHalfAnAnswerPromised() async throws {
    let scene = try await Scene()
    try await scene.makeHistory()
    let (peer, host) = try await start("half", scene)
    let result = try await scene.sc("container", "create", scene.image, host: host)
    #expect(result.status == 1)
    #expect(result.error.contains("was lost"))
    #expect(result.error.contains("is found out at the next sc command"))
    #expect(try scene.pending().count == 1)
    peer.signal(SIGKILL)
    // Another engine cannot know; the one at the same address can.
    #expect(try await scene.sc("status").output.contains("waits for the engine at"))
    try await bringBack(host, scene)
    let status = try await scene.sc("status", host: host)
    #expect(status.output.contains("dropped 1 that never happened"))
    #expect(try scene.pending().isEmpty)
    #expect(try await scene.sc("log", "--oneline").lines.isEmpty)
  }

  /// libcurl would try again and then tell of the second try, which never reached an engine.
  @Test func doubtsWhatWasSentToAnEngineThatVanished() async throws {
    let scene = try await Scene()
    try await scene.makeHistory()
    let (peer, host) = try await start("vanish", scene)
    let result = try await scene.sc("container", "create", scene.image, host: host)
    #expect(result.status == 1)
    #expect(result.error.contains("was lost"), "\(result.error)")
    #expect(try scene.pending().count == 1)
    peer.signal(SIGKILL)
  }

  /// What was cut is not kept, and the record says so.
  @Test func recordsAnArchiveThatWasCutInHalf() async throws {
    let scene = try await Scene()
    try await scene.makeHistory()
    let name = Scene.name()
    #expect(try await scene.sc("container", "create", "--name", name, scene.image).status == 0)
    let (peer, host) = try await start("cut", scene)
    let result = try await scene.sc("container", "export", "-o", "x.tar", name, host: host)
    #expect(result.status == 1)
    #expect(result.error.contains("was lost"), "\(result.error)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scene.work.string) == [".sc"])
    #expect(try scene.pending().isEmpty)
    #expect(try await scene.subjects().first == "export \(name)")
    #expect(try await scene.git("log", "-1", "--format=%B").hasSuffix("Outcome: failed"))
    peer.signal(SIGKILL)
    #expect(try await scene.sc("container", "rm", name).status == 0)
    try await scene.expectSound()
  }

  /// The engine has got all of the request and acts on it; nobody hears how that ends.
  @Test func settlesABuildWhoseAnswerWasCut() async throws {
    let scene = try await Scene()
    try await scene.makeHistory()
    let (peer, host) = try await start("cut", scene)
    _ = try await scene.shell(
      "mkdir c; printf 'FROM \(scene.image)\\nLABEL cut=\(Scene.name())\\n' > c/Dockerfile")
    let result = try await scene.sc("image", "build", "-t", "cut:1", "c", host: host)
    #expect(result.status == 1)
    #expect(result.error.contains("was lost"), "\(result.error)")
    #expect(result.error.contains("is found out at the next sc command"))
    #expect(try scene.pending().count == 1)
    peer.signal(SIGKILL)
    try await bringBack(host, scene)
    #expect(try await scene.sc("status", host: host).status == 0)
    #expect(try scene.pending().isEmpty)
    try await scene.expectSound()
  }

  @Test func recordsARunWhoseEngineWentAway() async throws {
    let scene = try await Scene()
    try await scene.makeHistory()
    let (proxy, host) = try await start("proxy", scene)
    let name = Scene.name()
    let run = try scene.start(
      "run", "--name", name, scene.image, "sh", "-c", "echo up; sleep 300", host: host)
    _ = try await run.output { $0.contains("up") }
    proxy.signal(SIGKILL)
    let result = try await run.result()
    #expect([1, 125].contains(result.status))
    #expect(result.error.contains("was lost"), "\(result.error)")
    #expect(try await scene.hasContainer(name))
    try await bringBack(host, scene)
    #expect(try await scene.sc("status", host: host).status == 0)
    #expect(try scene.pending().isEmpty)
    #expect(try await scene.subjects().count == 1)
    #expect(try await scene.sc("container", "rm", "-f", name).status == 0)
    try await scene.expectSound()
  }

  @Test(.enabled(if: Scene.isRoot)) func saysThatTheSocketMayNotBeOpened() async throws {
    let scene = try await Scene()
    let result = try await scene.shell(
      "chmod 755 .. ; exec setpriv --reuid 65534 --regid 65534 --clear-groups \"$SC\" container ls")
    #expect(result.status == 12)
    #expect(result.error.contains("may not be opened"))
    #expect(result.error.contains("usermod -aG docker"))
  }

  @Test func tellsWrongCertificatesApart() async throws {
    let scene = try await Scene()
    try await scene.makeHistory()
    let certificates = scene.folder.path.appending("certificates")
    try await TestEngine.with(certificates: certificates) { engine in
      let (own, stranger) = (certificates.string, certificates.appending("stranger").string)
      _ = try await scene.shell(
        """
        mkdir ca client none; cp \(own)/*.pem ca; cp \(stranger)/ca.pem ca/ca.pem
        cp \(stranger)/*.pem client; cp \(own)/ca.pem client/ca.pem
        """)
      for (folder, message, hint) in [
        ("ca", "is not trusted", "Check ca.pem in DOCKER_CERT_PATH"),
        ("client", "did not accept the client certificate", "Check cert.pem and key.pem"),
        ("none", "is not there", "DOCKER_CERT_PATH"),
      ] {
        let result = try await scene.sc(
          "container", "create", scene.image, host: engine.host,
          environment: [
            "DOCKER_TLS_VERIFY": "1", "DOCKER_CERT_PATH": scene.work.appending(folder).string,
          ])
        #expect(result.status == (folder == "none" ? 2 : 12), "\(folder)")
        #expect(result.error.contains(message) && result.error.contains(hint), "\(result.error)")
      }
      #expect(try scene.pending().isEmpty)
    }
  }
}
