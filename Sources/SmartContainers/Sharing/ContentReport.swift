import History

/// Large content that a history points to.
public struct KeptItem: Sendable, Equatable {
  /// The path of the pointer in the git tree.
  public let path: String

  /// `sha256:` and the digits.
  public let digest: String
  public let byteCount: Int64

  init(_ pointer: ContentPointer) {
    path = pointer.path
    digest = pointer.content.digest.description
    byteCount = pointer.content.byteCount
  }
}

/// What came of transferring large content to or from a remote.
public struct ContentReport: Sendable, Equatable {
  /// What was not transferred, and why.
  public struct Failure: Sendable, Equatable {
    public let item: KeptItem
    public let reason: String
  }

  /// What was transferred, or would be.
  public var transferred: [KeptItem] = []

  /// What was there already.
  public var present: [KeptItem] = []

  /// What is neither here nor there.
  public var missing: [KeptItem] = []
  public var failures: [Failure] = []

  /// Why the remote takes no large content at all; nil where it does.
  public var refusal: String?

  public init() {}

  mutating func add(_ other: ContentReport) {
    transferred += other.transferred
    present += other.present
    missing += other.missing
    failures += other.failures
    refusal = other.refusal ?? refusal
  }

  /// The bytes of what was transferred.
  public var byteCount: Int64 { transferred.totalByteCount(\.byteCount) }
}

extension Sequence {
  /// The sum of sizes, some of which a remote may have made up; the greatest number where there is no
  /// such sum.
  func totalByteCount(_ size: (Element) -> Int64) -> Int64 {
    reduce(0) { total, element in
      let (sum, isOver) = total.addingReportingOverflow(size(element))
      return isOver ? .max : sum
    }
  }
}
