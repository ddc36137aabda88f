import Canonical
import HTTP
import History

/// Carries large content to or from a server of Git LFS, by its `basic` transfer.
struct WebCarrier: ContentCarrier {
  let server: ContentServer
  let store: ContentStore
  let direction: ContentDirection

  /// The branch for which it is done: `refs/heads/main`.
  let reference: String
  let progress: ContentProgress

  func plans(
    for objects: [LargeContent]
  ) async throws -> [LargeContent: BatchResponse.Plan] {
    try await server.plans(for: objects, of: reference)
  }

  func carry(
    _ content: LargeContent, _ plan: BatchResponse.Plan
  ) async throws -> CarryResult {
    switch plan {
    case .nothing:
      progress.add(bytes: content.byteCount)
      progress.addObject()
      return .present
    case .failure(let error): return .failed(error)
    case .transfer(let action, let verify, let isAuthenticated):
      if direction == .upload, !store.has(content) { return .missing }
      let request = ContentRequest(action, of: server, isAuthenticated: isAuthenticated)
      switch direction {
      case .upload:
        try await upload(content, request, isChunked: action.isChunked)
        if let verify {
          try await self.verify(
            content, ContentRequest(verify, of: server, isAuthenticated: isAuthenticated))
        }
      case .download: try await download(content, request)
      }
      progress.addObject()
      return .carried
    }
  }

  private func upload(
    _ content: LargeContent, _ request: ContentRequest, isChunked: Bool
  ) async throws {
    let sender = try ContentSender(content, from: store)
    let counter = TransferCounter(progress)
    let body = HTTPRequestBody.stream(length: isChunked ? nil : content.byteCount) {
      let chunk = try await sender.next()
      counter.add(chunk?.count ?? 0)
      return chunk
    }
    do {
      try await request.send(
        "PUT", body,
        begin: {
          counter.reset()
          try await sender.rewind()
        }, headers: ["Content-Type": "application/octet-stream"]
      ) { response in try await ContentRequest.require(response, [200..<300]) }
    } catch {
      counter.reset()
      throw error
    }
  }

  /// Tells the server that an upload is complete.
  private func verify(_ content: LargeContent, _ request: ContentRequest) async throws {
    try await request.send(
      "POST", .bytes(content.json.bytes()), begin: {},
      headers: ["Accept": BatchRequest.mediaType, "Content-Type": BatchRequest.mediaType]
    ) { response in try await ContentRequest.require(response, [200..<300]) }
  }

  private func download(_ content: LargeContent, _ request: ContentRequest) async throws {
    let receiver = ContentReceiver(content, in: store)
    let counter = TransferCounter(progress)
    guard let start = try await receiver.openWhenFree() else {
      counter.add(Int(content.byteCount))
      return
    }
    counter.add(Int(start))
    do {
      if start < content.byteCount {
        try await receive(from: start, by: receiver, counter, request)
      }
      try await receiver.keep()
    } catch {
      counter.reset()
      await receiver.close()
      guard let error = error as? HistoryError, [.corrupt, .invalid].contains(error.code) else {
        throw error
      }
      throw ContentError(.transient, error.message)
    }
    await receiver.close()
  }

  private func receive(
    from start: Int64, by receiver: ContentReceiver, _ counter: TransferCounter,
    _ request: ContentRequest
  ) async throws {
    let headers: HTTPHeaders = start > 0 ? ["Range": "bytes=\(start)-"] : [:]
    try await request.send("GET", .none, begin: {}, headers: headers) { response in
      switch response.status {
      case 206 where start > 0:
        guard response.headers["Content-Range"]?.hasPrefix("bytes \(start)-") == true else {
          throw ContentError(.transient, "the server sends another part than it was asked for")
        }
      case 200:
        // A server that knows no parts sends all of it.
        if start > 0 { try await receiver.restart() }
        counter.reset()
      case 416:
        try await receiver.restart()
        throw ContentError(.transient, "the server has no such part")
      default: try await ContentRequest.require(response, [200..<201])
      }
      for try await chunk in response.body {
        try await receiver.append(chunk)
        counter.add(chunk.count)
      }
    }
  }
}
