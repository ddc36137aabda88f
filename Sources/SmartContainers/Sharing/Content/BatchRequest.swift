import Canonical
import History

/// What a server of large content is asked (Git LFS batch API).
struct BatchRequest: Sendable {
  let direction: ContentDirection
  let objects: [LargeContent]

  /// The branch for which it is asked: `refs/heads/main`.
  let reference: String

  /// The most objects of a request.
  static let objectLimit = 100

  static let mediaType = "application/vnd.git-lfs+json"

  var json: JSONValue {
    [
      "operation": .string(direction.rawValue), "transfers": ["basic"],
      "ref": ["name": .string(reference)], "hash_algo": "sha256",
      "objects": .array(objects.map(\.json)),
    ]
  }
}

extension LargeContent {
  /// As the batch API and its `verify` action name it.
  var json: JSONValue {
    ["oid": .string(digest.hexadecimal), "size": .integer(byteCount)]
  }
}
