/// How an operation ended.
package enum Outcome: Sendable, Hashable {
  case succeeded
  /// The engine, or the way to it, said no; the HTTP status where one came.
  case failed(message: String, status: Int? = nil)
  /// Whether it happened cannot be found out.
  case unknown(reason: String)

  func describe(in node: inout Node) {
    switch self {
    case .succeeded: node.add(.outcome, "ca:succeeded")
    case .failed(let message, let status):
      node.add(.outcome, "ca:failed")
      node.add(.message, message)
      node.add(.failureStatus, status.map(Int64.init))
    case .unknown(let reason):
      node.add(.outcome, "ca:unknown")
      node.add(.message, reason)
    }
  }
}
