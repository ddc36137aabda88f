import Glibc

/// The bytes of a compressed file, which a thread of its own unpacks while those before are used.
///
/// The thread holds the job alone, so that dropping this ends it.
final class Decompression: ByteSource {
  private let job: DecompressionJob
  private var thread: pthread_t?
  private var taken = 0

  init(_ file: PackageFile, _ format: PackageFormat, _ limits: PackageLimits) {
    job = DecompressionJob(file, format, limits)
  }

  deinit {
    guard let thread else { return }
    job.cancel()
    pthread_join(thread, nil)
  }

  var bytesRead: Int64 { job.bytesRead }

  func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
    if thread == nil {
      thread = try start()
      for _ in 0..<DecompressionJob.pieceCount { job.giveBack() }
    } else {
      job.giveBack()
    }
    let piece = try job.take(after: taken)
    taken += 1
    return piece
  }

  private func start() throws(ArchiveError) -> pthread_t {
    try LibArchive.require()
    let retained = Unmanaged.passRetained(job)
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<DecompressionJob>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, retained.toOpaque())
    guard status == 0 else {
      retained.release()
      throw ArchiveError(
        .unavailable, call: "pthread_create", "the system has no thread to unpack with")
    }
    return thread
  }
}
