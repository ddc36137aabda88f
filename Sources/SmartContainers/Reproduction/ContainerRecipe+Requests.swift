import Canonical
import DockerEngine

extension ContainerRecipe {
  /// The container as requests of the Engine API, in their order: an array of objects with
  /// `method`, `path` and `body`. A blank is `${NAME}` in it.
  func requests() -> WrittenRecipe {
    var requests = [
      Self.request(
        RouteTable.containerCreate, [], query: [("name", name)], body)
    ]
    for connection in connections {
      var body: [String: JSONValue] = ["Container": .string(name)]
      if connection.endpoint != [:] { body["EndpointConfig"] = connection.endpoint }
      requests.append(Self.request(RouteTable.networkConnect, [connection.network], .object(body)))
    }
    if let disconnection {
      requests.append(
        Self.request(
          RouteTable.networkDisconnect, [disconnection], ["Container": .string(name)]))
    }
    let remark = imageRemark.map { [$0] } ?? []
    return WrittenRecipe(
      .json(blankNames.filled(.array(requests)) { "${\($0)}" }),
      notes: remark + notes("api") { "put the value in the place of ${\($0)}" })
  }

  private static func request(
    _ route: Route, _ variables: [String], query: [(String, String?)] = [], _ body: JSONValue
  ) -> JSONValue {
    [
      "method": .string(route.method), "body": body,
      "path": .string(route.target(version: nil, variables, query: query)),
    ]
  }
}
