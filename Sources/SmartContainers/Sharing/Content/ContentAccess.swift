import Canonical
import Git
import HTTP

/// What `git-lfs-authenticate` answers: where the server of large content is, and what lets in.
///
/// Source: the Git LFS documentation, "Server Discovery", "SSH".
struct ContentAccess: Sendable {
  let address: WebAddress
  let headers: HTTPHeaders

  /// When it is of no use any more; nil for never.
  let end: ContinuousClock.Instant?

  /// How long before its end it is renewed.
  private static let margin = Duration.seconds(5)

  init(address: WebAddress, headers: HTTPHeaders, end: ContinuousClock.Instant?) {
    self.address = address
    self.headers = headers
    self.end = end
  }

  /// - Parameter fallback: the address, where it names none.
  init(parsing bytes: [UInt8], fallback: WebAddress) throws {
    guard let json = try? JSONValue(parsing: bytes) else {
      throw GitRemoteError(.refused, "the answer of git-lfs-authenticate is no JSON")
    }
    if let href = json["href"]?.string, !href.isEmpty {
      do throws(WebError) {
        address = try WebAddress(href)
      } catch {
        throw GitRemoteError(.refused, "the answer of git-lfs-authenticate: \(error.message)")
      }
    } else {
      address = fallback
    }
    headers = try TransferAction.fields(json["header"]).reduce(into: HTTPHeaders()) {
      $0.add($1.name, $1.value)
    }
    end = json["expires_in"]?.integer.map { ContinuousClock.now + .seconds(max(0, $0)) }
  }

  /// Whether it can still be used.
  var isFresh: Bool { end.map { ContinuousClock.now + Self.margin < $0 } ?? true }
}
