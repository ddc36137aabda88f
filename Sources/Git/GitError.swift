import CGit2

/// A call of libgit2 that failed.
package struct GitError: Error, Sendable, Equatable, CustomStringConvertible {
  /// libgit2's return code, of which only some have names here.
  package struct Code: RawRepresentable, Sendable, Hashable {
    package let rawValue: Int32
    package init(rawValue: Int32) { self.rawValue = rawValue }

    /// A failure without a code of its own.
    package static let failed = Code(rawValue: -1)
    package static let notFound = Code(rawValue: -3)
    package static let exists = Code(rawValue: -4)
    /// A prefix or revision that more than one object answers to.
    package static let ambiguous = Code(rawValue: -5)
    package static let invalidName = Code(rawValue: -12)
    /// Another process holds the `.lock` file of a reference.
    package static let locked = Code(rawValue: -14)
    /// A reference is no longer where it was expected.
    package static let moved = Code(rawValue: -15)
    /// A commit that should be signed and cannot be; not libgit2's.
    package static let unsigned = Code(rawValue: -1001)
    /// An object whose bytes do not have its id.
    package static let mismatch = Code(rawValue: -33)
    /// A repository of another user.
    package static let notOwned = Code(rawValue: -36)
  }

  package let code: Code

  /// The C function that failed.
  package let call: String

  /// libgit2's words, for people only.
  package let message: String

  /// What the failure is about, as far as it matters to a caller (libgit2's `git_error_t`).
  package enum Category: Sendable, Equatable {
    /// The operating system refused.
    case system
    /// An object is missing, damaged, or not what it should be.
    case object
    case other
  }

  package let category: Category

  package init(code: Code, call: String, message: String, category: Category = .other) {
    self.code = code
    self.call = call
    self.message = message
    self.category = category
  }

  package var description: String { "\(call): \(message) (\(code.rawValue))" }
}

/// Calls libgit2 and throws what it reports.
///
/// The message of `git_error_last` belongs to the thread and outlives its call: it is cleared
/// before, so that what stands there after is this call's own or nothing.
func check(_ call: StaticString, _ body: () -> Int32) throws(GitError) {
  git_error_clear()
  let code = body()
  guard code < 0 else { return }
  let last = git_error_last()
  let text = last?.pointee.message.map { String(cString: $0) }
  throw GitError(
    code: GitError.Code(rawValue: code), call: "\(call)", message: text ?? "no message",
    category: GitError.Category(libraryClass: last?.pointee.klass ?? 0))
}

extension GitError.Category {
  fileprivate init(libraryClass: Int32) {
    switch git_error_t(rawValue: UInt32(bitPattern: libraryClass)) {
    case GIT_ERROR_OS: self = .system
    case GIT_ERROR_ODB, GIT_ERROR_ZLIB, GIT_ERROR_OBJECT, GIT_ERROR_TREE, GIT_ERROR_INDEXER,
      GIT_ERROR_SHA:
      self = .object
    default: self = .other
    }
  }
}

/// Calls libgit2 for a handle that the caller then owns.
func checked(
  _ call: StaticString, _ body: (UnsafeMutablePointer<OpaquePointer?>) -> Int32
) throws(GitError) -> OpaquePointer {
  var handle: OpaquePointer?
  try check(call) { body(&handle) }
  guard let handle else {
    throw GitError(code: .failed, call: "\(call)", message: "no handle")
  }
  return handle
}
