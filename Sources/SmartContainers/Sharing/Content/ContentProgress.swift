import Synchronization

/// How far the transfers of large content are, all together.
final class ContentProgress: Sendable {
  private struct State {
    var objects = 0
    var bytes: Int64 = 0
  }

  private let direction: ContentDirection
  private let report: @Sendable (SharingProgress) -> Void
  private let objectCount: Int
  private let byteCount: Int64
  private let state = Mutex(State())

  init(
    _ direction: ContentDirection, objects: Int, bytes: Int64,
    _ report: @escaping @Sendable (SharingProgress) -> Void
  ) {
    self.direction = direction
    objectCount = objects
    byteCount = bytes
    self.report = report
  }

  /// Notes bytes that passed; fewer than none where a transfer begins anew.
  func add(bytes: Int64) { change { $0.bytes += bytes } }

  /// Notes that an object is done.
  func addObject() { change { $0.objects += 1 } }

  private func change(_ body: (inout State) -> Void) {
    let (objects, bytes) = state.withLock { state in
      body(&state)
      return (state.objects, state.bytes)
    }
    switch direction {
    case .upload:
      report(
        .uploading(objects: objects, of: objectCount, byteCount: bytes, ofBytes: byteCount))
    case .download:
      report(
        .downloading(objects: objects, of: objectCount, byteCount: bytes, ofBytes: byteCount))
    }
  }
}
