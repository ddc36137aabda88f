import CGit2

/// What a pack is to have: all that some commits need and others do not.
package struct PackRequest: Sendable {
  let commits: [GitObjectID]

  /// What the remote has; some of it may not be here.
  let known: [GitObjectID]

  package init(_ commits: [GitObjectID], without known: [GitObjectID]) {
    (self.commits, self.known) = (commits, known)
  }
}

/// Makes a pack of what a remote lacks.
protocol PackSource {
  /// Begins with what will most likely be wanted; what fails shows when it is.
  func prepare(_ request: PackRequest)

  /// Writes a pack.
  ///
  /// - Parameter offsets: whether the remote takes differences that name their base by its place.
  func write(
    _ request: PackRequest, offsets: Bool, to sink: (UnsafeRawBufferPointer) throws -> Void) throws
}

/// A pack by libgit2, where there is no git.
struct LibraryPack: PackSource {
  let repository: GitRepository

  func prepare(_ request: PackRequest) {}

  /// What the sink threw, which libgit2 only knows as an error.
  private final class Sink {
    let write: (UnsafeRawBufferPointer) throws -> Void
    var failure: (any Error)?

    init(_ write: @escaping (UnsafeRawBufferPointer) throws -> Void) { self.write = write }
  }

  func write(
    _ request: PackRequest, offsets: Bool, to sink: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let here = request.known.filter(repository.contains)
    var objects: [GitObjectID] = []
    for commit in request.commits { objects += try repository.objects(from: commit, hiding: here) }
    try withoutActuallyEscaping(sink) { sink in
      let sink = Sink(sink)
      do {
        try repository.buildPack(of: objects) { (builder) throws(GitError) in
          try check("git_packbuilder_foreach") {
            git_packbuilder_foreach(
              builder,
              { bytes, count, payload in
                guard let payload else { return -1 }
                let sink = Unmanaged<Sink>.fromOpaque(payload).takeUnretainedValue()
                do {
                  try sink.write(UnsafeRawBufferPointer(start: bytes, count: count))
                  return 0
                } catch {
                  sink.failure = error
                  return GIT_EUSER.rawValue
                }
              }, Unmanaged.passUnretained(sink).toOpaque())
          }
        }
      } catch {
        throw sink.failure ?? error
      }
    }
  }
}
