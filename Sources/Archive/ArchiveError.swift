import SystemPackage

/// Why an archive was not made.
package struct ArchiveError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of failure that a user can act on, each in its own way.
  package struct Code: RawRepresentable, Hashable, Sendable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// libarchive is not installed, or not the version that is needed.
    package static let missingLibrary = Code(rawValue: "missingLibrary")
    /// What was to be packed is not there, or is no folder.
    package static let notFound = Code(rawValue: "notFound")
    /// A file or folder may not be read.
    package static let unreadable = Code(rawValue: "unreadable")
    /// A file went away or was written to while it was packed.
    package static let changed = Code(rawValue: "changed")
    /// A name that the format cannot carry unchanged.
    package static let name = Code(rawValue: "name")
    /// A line of an ignore file is no pattern.
    package static let pattern = Code(rawValue: "pattern")
    /// Nobody wants the archive any more.
    package static let cancelled = Code(rawValue: "cancelled")
    /// The system has no thread to spare, or two readers share one stream.
    package static let unavailable = Code(rawValue: "unavailable")
    /// A package of no format that is known, or a file whose name says none.
    package static let format = Code(rawValue: "format")
    /// What was to be made is there already.
    package static let exists = Code(rawValue: "exists")
    /// A file may not be made where it should be.
    package static let unwritable = Code(rawValue: "unwritable")
    /// The disk has no space left.
    package static let full = Code(rawValue: "full")
    /// A file is not as long as was said.
    package static let size = Code(rawValue: "size")
    /// A package is cut short, or its bytes are not as they were written.
    package static let damaged = Code(rawValue: "damaged")
    /// A package has a member that no package should have.
    package static let refused = Code(rawValue: "refused")
    /// A package is larger than it may be.
    package static let limit = Code(rawValue: "limit")
    /// Anything else that libarchive refuses.
    package static let library = Code(rawValue: "library")
  }

  /// The kind of failure.
  package let code: Code

  /// The function that failed.
  package let call: String

  /// What happened and to which file, in one sentence without a full stop.
  package let message: String

  package init(_ code: Code, call: String, _ message: String) {
    self.code = code
    self.call = call
    self.message = message
  }

  package var description: String { message }
}

extension ArchiveError {
  /// A system call on a file failed.
  ///
  /// - Parameter whileListed: whether the file was seen before, so that its absence means that
  ///   it went away.
  init(_ call: String, _ path: String, _ errno: Errno, whileListed: Bool = false) {
    switch errno {
    case .noSuchFileOrDirectory where whileListed:
      self.init(.changed, call: call, "'\(path)' went away while it was being packed")
    case .noSuchFileOrDirectory, .notDirectory:
      self.init(.notFound, call: call, "'\(path)' was not found; check the path")
    case .permissionDenied, .notPermitted:
      self.init(
        .unreadable, call: call,
        "no permission to read '\(path)'; make it readable, or name it in .dockerignore")
    default: self.init(.unreadable, call: call, "'\(path)' cannot be read: \(errno)")
    }
  }
}
