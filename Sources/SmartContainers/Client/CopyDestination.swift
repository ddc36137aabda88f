/// Where a copy goes: the folder, and the name in it.
///
/// Source: Docker CLI reference, docker container cp.
struct CopyDestination: Equatable {
  /// What is at a path.
  enum Kind {
    case absent
    case file
    case folder
  }

  /// The folder that the archive is extracted into, which is there.
  let folder: String

  /// What the copied thing is called there; empty for what is in a folder, without it.
  let name: String

  /// - Parameters:
  ///   - source: the path as typed; `folder/.` means what is in the folder.
  ///   - destination: the path as typed; a slash at its end means a folder.
  /// - Throws: `SmartContainersError` of code `usage`.
  init(
    copying source: String, isFolder: Bool, to destination: String, which kind: Kind
  ) throws(SmartContainersError) {
    let wantsContents = source == "." || source.hasSuffix("/.")
    let isFolderWanted = destination.hasSuffix("/") || destination.hasSuffix("/.")
    switch (kind, isFolder) {
    case (.folder, true):
      folder = destination
      name = wantsContents ? "" : Self.split(source).name
    case (.folder, false):
      folder = destination
      name = Self.split(source).name
    case (.file, true):
      throw SmartContainersError(
        .usage, "a folder cannot be copied to the file \(destination)", hint: "Name a folder.")
    case (.file, false), (.absent, false):
      guard !isFolderWanted else {
        throw SmartContainersError(
          .usage, "the folder \(destination) is not there", hint: "Make it first.")
      }
      (folder, name) = Self.split(destination)
    case (.absent, true):
      (folder, name) = Self.split(destination)
    }
  }

  /// The folder and the last part of a path.
  static func split(_ path: String) -> (folder: String, name: String) {
    var parts = path.split(separator: "/").filter { $0 != "." }
    let name = parts.popLast().map(String.init) ?? "."
    let folder = (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    return (folder.isEmpty ? "." : folder, name)
  }
}
