import Canonical
import DockerEngine

// What the request of a pull or a push names.
extension Intent {
  /// Whether it is a pull or a push.
  var isTransfer: Bool { operation == "image.pull" || operation == "image.push" }

  /// The repository, as the request names it.
  private var repository: String {
    (operation == "image.pull" ? query("fromImage") : target) ?? ""
  }

  /// The tag or the digest; nil for all tags of the repository.
  private var tag: String? { query("tag").flatMap { $0.isEmpty ? nil : $0 } }

  /// The name of the one image that is pulled or pushed, as the engine shortens it; nil for all
  /// tags of a repository.
  var transferredName: String? {
    guard isTransfer else { return nil }
    let given = EngineDialect.familiar(repository)
    if let tag { return given + (SHA256Digest(tag) == nil ? ":" : "@") + tag }
    return given == transferredRepository ? nil : given
  }

  /// The repository that is pulled from or pushed to, as the engine shortens it: without the
  /// public hub's host.
  var transferredRepository: String {
    let undigested = repository.prefix { $0 != "@" }
    let afterSlash = undigested.lastIndex(of: "/") ?? undigested.startIndex
    let colon = undigested[afterSlash...].firstIndex(of: ":") ?? undigested.endIndex
    return EngineDialect.familiar(String(undigested[..<colon]))
  }

  /// What the engine's event of it calls the image.
  var transferredEventName: String { transferredName ?? transferredRepository }
}
