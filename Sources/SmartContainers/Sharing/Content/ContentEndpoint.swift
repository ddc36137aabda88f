import Git
import HTTP
import History

/// Where a remote has its large content, found as Git LFS finds it (git-lfs-config(5)).
enum ContentEndpoint: Sendable, Equatable {
  /// A server with the batch API, by the address to which `/objects/batch` is appended.
  case web(WebAddress)

  /// A folder of this machine, whose `lfs/objects` has it.
  case folder(path: String)

  /// What `git-lfs-authenticate` answers there; `fallback` where it names no address.
  case ssh(GitAddress, fallback: WebAddress)

  /// - Parameter settings: git's configuration in force.
  /// - Throws: `GitRemoteError` of code `address`.
  init(
    of remote: HistoryRemote, for direction: ContentDirection, _ settings: [GitSetting]
  ) throws {
    let name = remote.name
    let isUpload = direction == .upload
    var names = ["lfs.url", "remote.\(name).lfsurl"]
    if isUpload { names = ["lfs.pushurl", "lfs.url", "remote.\(name).lfspushurl", names[1]] }
    for name in names {
      guard let value = settings.last(where: { $0.name == name })?.value, !value.isEmpty else {
        continue
      }
      self = try Self.stated(value)
      return
    }
    self = try Self.derived(from: isUpload ? remote.pushURL : remote.url)
  }

  /// The endpoint that the configuration names itself.
  private static func stated(_ url: String) throws -> ContentEndpoint {
    switch GitAddress(url) {
    case .http(let url): .web(try address(url))
    case .local(let path): .folder(path: path)
    case .ssh(let user, let host, let port, let path):
      .ssh(
        .ssh(user: user, host: host, port: port, path: path), fallback: try address(host, path))
    case .git(let host, _, let path): .web(try address(host, path))
    case nil: throw refusal(url)
    }
  }

  /// The endpoint that follows from the address of a repository.
  private static func derived(from url: String) throws -> ContentEndpoint {
    switch GitAddress(url) {
    case .http(let url): .web(try address(withSuffix(url)))
    case .local(let path): .folder(path: path)
    case .ssh(let user, let host, let port, let path):
      .ssh(
        .ssh(user: user, host: host, port: port, path: path),
        fallback: try address(host, withSuffix(path)))
    case .git(let host, _, let path): .web(try address(host, withSuffix(path)))
    case nil: throw refusal(url)
    }
  }

  private static func withSuffix(_ url: String) -> String {
    let bare = url.hasSuffix("/") ? String(url.dropLast()) : url
    return bare + (bare.hasSuffix(".git") ? "/info/lfs" : ".git/info/lfs")
  }

  private static func address(_ host: String, _ path: String) throws -> WebAddress {
    let name = host.contains(":") ? "[\(host)]" : host
    return try address("https://\(name)" + (path.hasPrefix("/") ? path : "/\(path)"))
  }

  private static func address(_ url: String) throws -> WebAddress {
    do throws(WebError) {
      return try WebAddress(url)
    } catch {
      throw GitRemoteError(.address, error.message)
    }
  }

  private static func refusal(_ url: String) -> GitRemoteError {
    GitRemoteError(
      .address, "this is no address of large content that can be reached: \(Remote.shown(url))")
  }
}
