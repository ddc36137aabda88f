import History
import SystemPackage

/// What a shared history asks of those who push to it.
public struct ServerPolicy: Sendable {
  /// Whether every commit must have a good signature.
  public var requiresSignatures = false

  /// The file of those whose signatures count; nil leaves what is there.
  public var allowedSigners: FilePath?

  /// Whether all users of its group may push.
  public var isForGroup = false

  /// Whether a hook that somebody else wrote is replaced.
  public var replacesHook = false

  public init() {}
}

extension HistoryStore {
  /// Makes a bare repository that many push to, and that refuses what would harm the history in it;
  /// or completes one that is there.
  ///
  /// - Returns: whether it was there before, and whether it knows whose SSH signatures count.
  public static func createShared(
    at path: FilePath, _ policy: ServerPolicy
  ) throws -> (existed: Bool, namesSigners: Bool) {
    do {
      var inner = SharedRepository.Policy()
      inner.requiresSignatures = policy.requiresSignatures
      inner.isForGroup = policy.isForGroup
      inner.replacesHook = policy.replacesHook
      inner.allowedSigners = try policy.allowedSigners.map { file in
        do {
          return try TextFile.readBytes(file, limit: 1 << 20)
        } catch {
          throw SmartContainersError(.usage, "\(file) cannot be read: \(error)", cause: error)
        }
      }
      return try SharedRepository.create(at: path, inner)
    } catch {
      throw SmartContainersError(describing: error)
    }
  }
}
