import History

/// Carries large content to or from a repository in a folder of this machine, as Git LFS does
/// without a server: its `lfs/objects` has them.
struct FolderCarrier: ContentCarrier {
  let source: ContentStore
  let target: ContentStore
  let direction: ContentDirection
  let progress: ContentProgress

  func plans(for objects: [LargeContent]) async throws -> [LargeContent: Bool] {
    let target = target
    return try await BlockingWork.run {
      Dictionary(objects.map { ($0, target.has($0)) }, uniquingKeysWith: { $1 })
    }
  }

  func carry(_ content: LargeContent, _ isThere: Bool) async throws -> CarryResult {
    if isThere {
      progress.add(bytes: content.byteCount)
      progress.addObject()
      return .present
    }
    guard source.has(content) else {
      guard direction == .download else { return .missing }
      return .failed(ContentError(.missing, "the remote does not have it"))
    }
    let counter = TransferCounter(progress)
    do {
      try await copy(content, counter)
    } catch {
      counter.reset()
      guard let error = error as? HistoryError, error.code == .corrupt else { throw error }
      throw ContentError(
        .refused,
        direction == .upload
          ? "it is damaged here: \(error.message)" : "it is damaged there: \(error.message)")
    }
    progress.addObject()
    return .carried
  }

  private func copy(_ content: LargeContent, _ counter: TransferCounter) async throws {
    let receiver = ContentReceiver(content, in: target)
    guard let start = try await receiver.openWhenFree() else { return }
    counter.add(Int(start))
    // Who receives it takes the digest of all of it.
    let sender = try ContentSender(content, from: source, startingAt: start)
    while let chunk = try await sender.next() {
      try Task.checkCancellation()
      try await receiver.append(chunk)
      counter.add(chunk.count)
    }
    try await receiver.keep()
    await receiver.close()
  }
}
