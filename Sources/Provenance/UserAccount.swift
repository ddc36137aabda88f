/// The account on the host under which an operation ran; known also when the person is not.
package struct UserAccount: Sendable, Hashable {
  /// The login name.
  package var name: String
  /// The number of the user (POSIX uid).
  package var uid: Int64

  package init(name: String, uid: Int64) {
    self.name = name
    self.uid = uid
  }

  func iri(on host: Host) -> String { IRI.local(.sc, "account", host.id, String(uid)) }

  func describe(on host: Host, in graph: inout Graph) {
    var node = Node(iri(on: host), "prov:Agent", "foaf:OnlineAccount")
    node.add(.accountName, name)
    node.add(.label, name)
    node.add(.userID, uid)
    graph.add(node)
  }
}
