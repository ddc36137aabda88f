import DockerEngine
import HTTP
import Provenance
import SystemPackage

/// Where an archive that an engine is to take comes from; the record says so.
public enum ArchiveSource: Sendable {
  /// A file here, by its absolute path.
  case file(FilePath)

  /// An `http` or `https` URL, which this process fetches.
  case url(String)

  /// Bytes at hand.
  case data([UInt8])

  /// Bytes as they come.
  case stream(ByteSource)

  /// Bytes as they come from the standard input of the process.
  case standardInput(ByteSource)
}

extension Client {
  /// Opens a source and lends its bytes.
  ///
  /// - Parameters:
  ///   - limits: of what is fetched.
  ///   - onRead: is told the size of each piece as it is read.
  ///   - body: gets the bytes, and where they are from for the record.
  /// - Throws: `SmartContainersError` when a file cannot be opened, `WebError`, and what `body`
  ///   threw.
  func read<Result: Sendable>(
    _ source: ArchiveSource, limits: WebClient.Limits = WebClient.Limits(),
    onRead: @escaping @Sendable (Int) -> Void = { _ in },
    _ body: (@escaping ByteSource, Location) async throws -> Result
  ) async throws -> Result {
    try await read(source, limits: limits) { next, origin in
      let told: ByteSource = {
        let piece = try await next()
        if let piece { onRead(piece.count) }
        return piece
      }
      return try await body(told, origin)
    }
  }

  private func read<Result: Sendable>(
    _ source: ArchiveSource, limits: WebClient.Limits,
    _ body: (@escaping ByteSource, Location) async throws -> Result
  ) async throws -> Result {
    switch source {
    case .file(let path):
      let file: FileSource
      do {
        file = try FileSource(opening: path)
      } catch {
        throw SmartContainersError(.usage, "\(path) cannot be read: \(error)", cause: error)
      }
      return try await body(
        { try await file.next() }, .file(host: hostID, path: path.string))
    case .url(let url):
      let address = try WebAddress(url)
      var web = web
      web.limits = limits
      return try await web.fetch(address) { final, bytes in
        let place = WebLocation(
          url: address.text, finalURL: final == address ? nil : final.text)
        return try await body(
          {
            var chunks = bytes.makeAsyncIterator()
            return try await chunks.next()
          }, .web(place))
      }
    case .data(let bytes):
      let rest = OnceTaken(bytes)
      return try await body({ rest.take() }, .memory)
    case .stream(let next): return try await body(next, .memory)
    case .standardInput(let next): return try await body(next, .standardInput)
    }
  }
}
