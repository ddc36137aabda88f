import Foundation
import HTTP
import SystemPackage
import Testing

@testable import DockerEngine

/// What decides where the engine is, beside Docker's own command line where it is installed.
struct EndpointTests {
  private let folder = EndpointTestFolder()

  private func resolve(
    host: String? = nil, context: String? = nil, _ environment: [String: String] = [:]
  ) throws -> EngineEndpoint {
    try EngineEndpoint.resolve(
      host: host, context: context, environment: environment, configurationFolder: folder.path)
  }

  private static let all = ["DOCKER_HOST": "tcp://variable", "DOCKER_CONTEXT": "c"]

  private static func tcp(_ host: String) -> HTTPEndpoint { .tcp(host: host, port: 2375, tls: nil) }

  @Test func asksTheHostFirst() throws {
    try folder.write("config.json", #"{"currentContext":"none"}"#)
    let resolved = try resolve(host: "tcp://option", Self.all)
    #expect(resolved.endpoint == Self.tcp("option"))
    #expect(resolved.source == .hostOption && resolved.contextName == "default")
    #expect(try resolve(host: "", Self.all).endpoint == .unix("/var/run/docker.sock"))
  }

  @Test func asksContextsAndVariablesInDockersOrder() throws {
    try folder.write(context: "a", #"{"Endpoints":{"docker":{"Host":"tcp://a:2375"}}}"#)
    try folder.write(context: "c", #"{"Endpoints":{"docker":{"Host":"unix:///c"}}}"#)
    try folder.write("config.json", #"{"currentContext":"a"}"#)
    let option = try resolve(context: "c", Self.all)
    #expect(option.endpoint == .unix("/c") && option.source == .contextOption)
    #expect(option.contextName == "c")
    let variable = try resolve(context: "", Self.all)
    #expect(variable.endpoint == Self.tcp("variable") && variable.source == .hostVariable)
    let named = try resolve(["DOCKER_CONTEXT": "c", "DOCKER_HOST": ""])
    #expect(named.endpoint == .unix("/c") && named.source == .contextVariable)
    let current = try resolve()
    #expect(current.endpoint == Self.tcp("a") && current.source == .configuration)
    #expect(try resolve(["DOCKER_CONTEXT": "default"]).endpoint == .unix("/var/run/docker.sock"))
  }

  @Test func fallsBackToTheStandardSocket() throws {
    let resolved = try resolve()
    #expect(
      resolved.endpoint == .unix("/var/run/docker.sock") && resolved.source == .standard)
    try folder.write("config.json", #"{"auths":{},"currentContext":""}"#)
    #expect(try resolve().source == .standard)
  }

  @Test func takesTheVariableForTheDefaultContextByName() throws {
    let resolved = try resolve(context: "default", Self.all)
    #expect(resolved.endpoint == Self.tcp("variable") && resolved.source == .hostVariable)
  }

  @Test func readsTheVersion() throws {
    #expect(try resolve(["DOCKER_API_VERSION": "1.41"]).apiVersion == "1.41")
    #expect(try resolve(["DOCKER_API_VERSION": "v1.24"]).apiVersion == "1.24")
    #expect(try resolve(["DOCKER_API_VERSION": ""]).apiVersion == nil)
    #expect(throws: EndpointError.self) { try resolve(["DOCKER_API_VERSION": "1.x"]) }
  }

  @Test func findsTheFilesOfTLS() throws {
    try folder.write("certificates/ca.pem", "")
    try folder.write("certificates/cert.pem", "")
    let certificates = folder.path.appending("certificates")
    let tls = TLSFiles(
      authority: certificates.appending("ca.pem"), certificate: certificates.appending("cert.pem"),
      key: nil)
    var environment = ["DOCKER_TLS_VERIFY": "0", "DOCKER_CERT_PATH": certificates.string]
    #expect(try resolve(environment).endpoint == .tcp(host: "localhost", port: 2376, tls: tls))
    environment["DOCKER_HOST"] = "unix:///x"
    #expect(try resolve(environment).endpoint == .unix("/x"))
    environment = ["DOCKER_TLS": "1", "DOCKER_CERT_PATH": certificates.string]
    guard case .tcp(_, _, let unverified) = try resolve(host: "h:1", environment).endpoint else {
      Issue.record("no port")
      return
    }
    #expect(unverified?.isVerifying == false && unverified?.authority == tls.authority)
    let missing = #expect(throws: EndpointError.self) {
      try resolve(host: "h", ["DOCKER_TLS": "1"])
    }
    #expect(missing?.code == .certificateFile)
    #expect(missing?.message.contains("ca.pem") == true)
  }

  @Test func saysWhatIsWrong() throws {
    func code(_ body: () throws -> EngineEndpoint) -> EndpointError.Code? {
      #expect(throws: EndpointError.self) { _ = try body() }?.code
    }
    #expect(code { try resolve(host: "h", context: "c") } == .conflict)
    #expect(code { try resolve(context: "none") } == .unknownContext)
    try folder.write(context: "k", #"{"Endpoints":{"kubernetes":{}}}"#)
    #expect(code { try resolve(context: "k") } == .configuration)
    try folder.write("config.json", "{")
    #expect(code { try resolve() } == .configuration)
    try folder.write("config.json", "[]")
    #expect(code { try resolve() } == .configuration)
    #expect(try resolve(host: "h").endpoint == Self.tcp("h"))
  }

  @Test(.enabled(if: EndpointTestFolder.docker != nil))
  func readsContextsThatDockerMade() throws {
    try folder.write("config.json", "{}")
    let certificate = try folder.makeAuthority("ca.pem")
    let authority = folder.path.appending("ca.pem")
    try folder.docker("context", "create", "plain", "--docker", "host=unix:///plain")
    try folder.docker(
      "context", "create", "with.tls", "--docker", "host=tcp://[::1]:9,ca=\(authority)")
    try folder.docker(
      "context", "create", "unchecked", "--docker", "host=tcp://h:9,skip-tls-verify=true")
    #expect(try resolve(context: "plain").endpoint == .unix("/plain"))
    guard case .tcp("::1", 9, let tls?) = try resolve(context: "with.tls").endpoint else {
      Issue.record("no TLS")
      return
    }
    let found = try #require(tls.authority)
    #expect(try String(contentsOfFile: found.string, encoding: .utf8) == certificate)
    #expect(tls.certificate == nil && tls.key == nil && tls.isVerifying)
    let unchecked = TLSFiles(authority: nil, certificate: nil, key: nil, isVerifying: false)
    #expect(
      try resolve(context: "unchecked").endpoint == .tcp(host: "h", port: 9, tls: unchecked))
    try folder.docker("context", "use", "plain")
    #expect(try resolve().contextName == "plain")
  }

  /// The client names the place in its message when nothing answers there.
  @Test(
    .enabled(if: EndpointTestFolder.docker != nil),
    arguments: [
      "tcp://127.0.0.1:9", ":9", "::1", "[::1]:9", "127.0.0.1", "unix://nowhere", "tcp://",
    ])
  func goesWhereDockerGoes(_ host: String) throws {
    let place: String
    switch try resolve(host: host).endpoint {
    case .unix(let path): place = "unix://\(path)"
    case .tcp(let host, let port, _):
      place = "tcp://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }
    let output = try folder.docker("-H", host, "version", mustSucceed: false)
    #expect(output.contains("Cannot connect to the Docker daemon at \(place). "))
  }
}
