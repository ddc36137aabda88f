import Canonical

/// `archive.json`: what an archive has, for the programs that restore it.
struct ArchiveIndex: Sendable, Equatable {
  /// Its path below `data/`.
  static let path = "archive.json"
  static let version: Int64 = 1

  /// An image of the archive.
  struct Image: Sendable, Equatable {
    /// The digest of its configuration.
    var identity: String

    /// As the engine called it that saved it.
    var id: String
    var layers: [String]
    var names: [String]
  }

  /// A file that went into a run or came out of it.
  struct File: Sendable, Equatable {
    /// Below `data/`; nil for one that is missing.
    var path: String?
    var digest: String
    var byteCount: Int64

    /// Where it was on the host and in the container.
    var hostPath: String
    var containerPath: String
  }

  /// A run of the archive.
  struct Run: Sendable, Equatable {
    var activity: String
    var image: String

    /// Where it began in the container; where no mount of its own was in the way, the user's folder.
    var folder: String
    var inputs: [File]
    var outputs: [File]
  }

  /// What was taken of a container.
  struct Container: Sendable, Equatable {
    var id: String
    var name: String

    /// The path in it; nil for its whole file system.
    var source: String?

    /// Below `data/`.
    var path: String
  }

  /// What the history kept of an operation: what a build read, or an archive of an engine.
  struct Kept: Sendable, Equatable {
    var activity: String

    /// What it was there: `dockerfile`, `buildContext` or `archive`.
    var role: String

    /// Below `data/`; nil for what is in another copy of the history only.
    var path: String?
    var digest: String
  }

  /// The last commit of the history that is in the archive.
  var commit: String
  var title: String
  var images: [Image] = []
  var runs: [Run] = []
  var containers: [Container] = []

  var kept: [Kept] = []

  /// The containers whose configuration the archive has, and that were no run's own.
  var configured: [Configured] = []

  struct Configured: Sendable, Equatable {
    var id: String
    var name: String
  }
}

extension ArchiveIndex: JournalValue {
  var json: JSONValue {
    [
      "version": .integer(Self.version), "commit": .string(commit), "title": .string(title),
      "images": JournalObject.list(images), "runs": JournalObject.list(runs),
      "containers": JournalObject.list(containers), "kept": JournalObject.list(kept),
      "configured": JournalObject.list(configured),
    ]
  }

  init(json: JSONValue) throws(JournalValueError) {
    guard try json.number("version") == Self.version else {
      throw JournalValueError(member: "version")
    }
    commit = try json.text("commit")
    title = try json.text("title")
    images = try json.list("images")
    runs = try json.list("runs")
    containers = try json.list("containers")
    kept = try json.list("kept")
    configured = try json.list("configured")
  }
}

extension ArchiveIndex.Image: JournalValue {
  var json: JSONValue {
    [
      "identity": .string(identity), "id": .string(id), "layers": JournalObject.strings(layers),
      "names": JournalObject.strings(names),
    ]
  }

  init(json: JSONValue) throws(JournalValueError) {
    self.init(
      identity: try json.text("identity"), id: try json.text("id"),
      layers: json["layers"]?.strings ?? [], names: json["names"]?.strings ?? [])
  }
}

extension ArchiveIndex.File: JournalValue {
  var json: JSONValue {
    JournalObject.make([
      ("path", path.map { .string($0) }), ("digest", .string(digest)),
      ("byteCount", .integer(byteCount)), ("hostPath", .string(hostPath)),
      ("containerPath", .string(containerPath)),
    ])
  }

  init(json: JSONValue) throws(JournalValueError) {
    self.init(
      path: json["path"]?.string, digest: try json.text("digest"),
      byteCount: try json.number("byteCount"), hostPath: try json.text("hostPath"),
      containerPath: try json.text("containerPath"))
  }
}

extension ArchiveIndex.Run: JournalValue {
  var json: JSONValue {
    [
      "activity": .string(activity), "image": .string(image), "folder": .string(folder),
      "inputs": JournalObject.list(inputs), "outputs": JournalObject.list(outputs),
    ]
  }

  init(json: JSONValue) throws(JournalValueError) {
    self.init(
      activity: try json.text("activity"), image: try json.text("image"),
      folder: try json.text("folder"),
      inputs: try json.list("inputs"), outputs: try json.list("outputs"))
  }
}

extension ArchiveIndex.Container: JournalValue {
  var json: JSONValue {
    JournalObject.make([
      ("id", .string(id)), ("name", .string(name)), ("source", source.map { .string($0) }),
      ("path", .string(path)),
    ])
  }

  init(json: JSONValue) throws(JournalValueError) {
    self.init(
      id: try json.text("id"), name: try json.text("name"), source: json["source"]?.string,
      path: try json.text("path"))
  }
}

extension ArchiveIndex.Kept: JournalValue {
  var json: JSONValue {
    JournalObject.make([
      ("activity", .string(activity)), ("role", .string(role)), ("path", path.map { .string($0) }),
      ("digest", .string(digest)),
    ])
  }

  init(json: JSONValue) throws(JournalValueError) {
    self.init(
      activity: try json.text("activity"), role: try json.text("role"), path: json["path"]?.string,
      digest: try json.text("digest"))
  }
}

extension ArchiveIndex.Configured: JournalValue {
  var json: JSONValue { ["id": .string(id), "name": .string(name)] }

  init(json: JSONValue) throws(JournalValueError) {
    self.init(id: try json.text("id"), name: try json.text("name"))
  }
}
