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
      self.init(.notFound, call: call, "'\(path)' was not found")
    case .permissionDenied, .notPermitted:
      self.init(
        .unreadable, call: call,
        "no permission to read '\(path)'; make it readable, or name it in .dockerignore")
    default: self.init(.unreadable, call: call, "'\(path)' cannot be read: \(errno)")
    }
  }
}
