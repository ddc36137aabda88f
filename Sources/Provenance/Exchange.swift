import Canonical

/// What passed between `sc` and the engine for one operation: sizes and digests, no content.
package struct Exchange: Sendable, Hashable {
  /// The bytes of one body.
  package struct Body: Sendable, Hashable {
    package var byteCount: Int64
    /// The SHA-256 of the bytes. To be left out when anything in them was redacted: whoever
    /// knows the rest of a body could try short secrets against its digest.
    package var digest: SHA256Digest?

    package init(byteCount: Int64, digest: SHA256Digest?) {
      self.byteCount = byteCount
      self.digest = digest
    }
  }

  /// The HTTP status of the response; nil when none came.
  package var statusCode: Int?
  package var request: Body?
  package var response: Body?

  package init(statusCode: Int? = nil, request: Body? = nil, response: Body? = nil) {
    self.statusCode = statusCode
    self.request = request
    self.response = response
  }

  var node: Node {
    var node = Node(nil, "ca:Exchange")
    node.add(.statusCode, statusCode.map(Int64.init))
    node.add(.requestByteCount, request?.byteCount)
    node.add(.requestDigest, request?.digest)
    node.add(.responseByteCount, response?.byteCount)
    node.add(.responseDigest, response?.digest)
    return node
  }
}
