import Canonical
import Provenance

/// A file or folder that went into a run or came out of it.
struct RunFile: Sendable, Hashable {
  var content: Content

  /// Where it is on this host.
  var hostPath: String

  /// Where the container had it.
  var containerPath: String

  /// Whether it was looked at and thrown away: it never was on this host under that name.
  var isDiscarded = false
}

extension RunFile: JournalValue {
  var json: JSONValue {
    JournalObject.make([
      ("content", content.json), ("hostPath", .string(hostPath)),
      ("containerPath", .string(containerPath)), ("isDiscarded", isDiscarded ? true : nil),
    ])
  }

  init(json: JSONValue) throws(JournalValueError) {
    self.init(
      content: try json.required("content"), hostPath: try json.text("hostPath"),
      containerPath: try json.text("containerPath"))
    isDiscarded = json["isDiscarded"] == true
  }
}

extension RunFile {
  /// The folders' contents, each with the files that are among the others.
  static func withMembers(_ files: [RunFile]) -> [RunFile] {
    files.map { file in
      guard file.content.kind == .folder else { return file }
      var folder = file
      folder.content.members = files.lazy
        .filter { $0.content.kind == .file && $0.hostPath.isBeneath(file.hostPath) }
        .map(\.content.digest)
      return folder
    }
  }
}
