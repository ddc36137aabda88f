import Testing

@testable import DockerEngine

struct RouteTableTests {
  @Test(arguments: [
    ("POST", "/v1.41/containers/create?name=web", "container.create", []),
    ("POST", "/containers/web/start", "container.start", ["web"]),
    ("DELETE", "/v1.41/containers/8a61?v=1&force=1", "container.remove", ["8a61"]),
    ("GET", "/v1.41/images/127.0.0.1:5000/a/b:1/json", "image.inspect", ["127.0.0.1:5000/a/b:1"]),
    ("DELETE", "/images/a%2Fb", "image.remove", ["a/b"]),
    ("GET", "/containers/json", "container.list", []),
    ("GET", "/images/json", "image.list", []),
    ("POST", "/commit?container=x", "container.commit", []),
    ("POST", "/v1.41/images/create?fromImage=a%2Fb&tag=1", "image.pull", []),
    ("POST", "/images/127.0.0.1:5000/a/b/push?tag=1", "image.push", ["127.0.0.1:5000/a/b"]),
    ("POST", "/v1.41/volumes/create", "volume.create", []),
    ("POST", "/v1.41/volumes/prune", "volume.prune", []),
    ("POST", "/containers/prune?filters=x", "container.prune", []),
    ("GET", "/v1.41/containers/web/stats?stream=0", "container.stats", ["web"]),
    ("GET", "/images/a/b:1/history", "image.history", ["a/b:1"]),
    ("POST", "/networks/prune", "network.prune", []),
    ("POST", "/networks/lab/connect", "network.connect", ["lab"]),
    ("GET", "/volumes/data", "volume.inspect", ["data"]),
  ])
  func recognizes(_ method: String, _ target: String, _ operation: String, _ variables: [String]) {
    let match = RouteTable.match(method: method, target: target)
    #expect(match?.route.operation == operation)
    #expect(match?.variables == variables)
  }

  @Test(arguments: [
    ("GET", "/containers/web/start"), ("POST", "/containers/a/b/start"), ("GET", "/nothing"),
    ("POST", "/"), ("GET", ""), ("POST", "/v1.41x/containers/create"),
  ])
  func passesOverWhatItDoesNotKnow(_ method: String, _ target: String) {
    #expect(RouteTable.match(method: method, target: target) == nil)
  }

  @Test func recognizesEveryRequestThatItPrints() {
    for route in RouteTable.routes {
      let target = route.target(
        version: APIVersion(1, 41), ["ab/c d"],
        query: [(route.queryItem ?? "q", "a&b=c+d e"), ("absent", nil)])
      let match = RouteTable.match(method: route.method, target: target)
      let isVariable = route.template.contains("{")
      guard !route.template.contains("{id}"), !route.template.contains("{exec}") else { continue }
      #expect(match?.route == route)
      #expect(match?.variables == (isVariable ? ["ab/c d"] : []))
      #expect(match?.query.map(\.value) == ["a&b=c+d e"])
    }
  }

  @Test func givesEachOperationOneRoute() {
    // Images can be saved by two: one for a name in the path, one for names in the query.
    let routes = RouteTable.routes.filter { $0 != RouteTable.imageSaveOne }
    #expect(Set(routes.map(\.operation)).count == routes.count)
    #expect(routes.count == RouteTable.routes.count - 1)
  }

  @Test func tellsAnImportFromAPull() {
    let imported = RouteTable.match(method: "POST", target: "/v1.41/images/create?fromSrc=-&repo=a")
    #expect(imported?.route == RouteTable.imageImport)
    let pulled = RouteTable.match(method: "POST", target: "/images/create?fromImage=a&tag=b")
    #expect(pulled?.route != RouteTable.imageImport)
  }

  @Test func recordsWhatChangesAndOnlyThat() {
    let recorded = RouteTable.routes.filter(\.isRecorded).map(\.operation).sorted()
    #expect(
      recorded == [
        "container.commit", "container.copyIn", "container.copyOut", "container.create",
        "container.export", "container.kill", "container.prune", "container.remove",
        "container.rename",
        "container.restart", "container.start", "container.stop", "exec.create", "exec.start",
        "image.build", "image.import", "image.load", "image.prune", "image.pull", "image.push",
        "image.remove",
        "image.save", "image.save", "image.tag", "network.connect", "network.create",
        "network.disconnect", "network.prune", "network.remove", "volume.create", "volume.prune",
        "volume.remove",
      ])
  }
}
