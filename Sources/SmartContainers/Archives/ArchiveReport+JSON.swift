import Canonical

// For scripts: the members do not change.

extension ArchiveReport {
  /// The report as one object.
  public var json: JSONValue {
    [
      "title": .string(title), "commit": .string(commit), "folder": .string(folder),
      "intact": .bool(isIntact),
      "files": .array(files.map(\.json)), "runs": .array(runs.map(\.json)),
      "images": .array(images.map(\.json)),
      "history": [
        "commits": .integer(Int64(commits)), "activities": .integer(Int64(activities)),
        "signed": .integer(Int64(signed)),
      ],
      "attestations": .array(attestations.map(\.json)),
      "problems": .array(problems.map { .string($0) }),
      "warnings": .array(warnings.map { .string($0) }),
    ]
  }
}

extension ArchiveReport.File {
  /// The file as an object.
  public var json: JSONValue {
    [
      "path": .string(path), "bytes": .integer(byteCount),
      "digest": digest.map { .string($0.description) } ?? .null,
    ]
  }
}

extension ArchiveReport.Run {
  fileprivate var json: JSONValue {
    [
      "activity": .string(activity), "image": .string(image),
      "inputs": .array(inputs.map { .string($0) }), "outputs": .array(outputs.map { .string($0) }),
    ]
  }
}

extension ArchiveReport.Image {
  fileprivate var json: JSONValue {
    [
      "identity": .string(identity), "names": .array(names.map { .string($0) }),
      "layers": .array(layers.map { .string($0) }),
    ]
  }
}

extension ArchiveReport.Attested {
  fileprivate var json: JSONValue {
    [
      "path": .string(path), "activity": activity.map { .string($0) } ?? .null,
      "signer": signer.map { .string($0) } ?? .null,
    ]
  }
}

extension CreatedArchive {
  /// What was made as one object.
  public var json: JSONValue {
    [
      "path": .string(path.string), "bytes": .integer(byteCount),
      "digest": .string(digest.description), "runs": .integer(Int64(runs)),
      "images": .integer(Int64(images)), "files": .integer(Int64(files)),
      "attestations": .integer(Int64(attestations)),
      "missing": .array(missing.map { .string($0) }),
    ]
  }
}
