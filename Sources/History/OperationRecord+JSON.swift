import Canonical

extension OperationRecord {
  /// The record as the journal keeps it.
  package var json: JSONValue {
    [
      "activity": .string(activityID.description),
      "startedAt": .string(startedAt.description),
      "endedAt": .string(endedAt.description),
      "document": .string(String(decoding: document, as: UTF8.self)),
      "snapshots": .array(snapshots.map(\.json)),
      "subject": .string(subject),
      "fields": .array(fields.map { [.string($0.name), .string($0.value)] }),
      "author": ["name": .string(author.name), "email": .string(author.email)],
      "committer": ["name": .string(committer.name), "email": .string(committer.email)],
      "host": .string(hostID),
    ]
  }

  /// Reads what `json` wrote; nil when it is something else.
  package init?(json: JSONValue) {
    guard let id = json["activity"]?.string.flatMap({ ActivityID($0) }),
      let startedAt = json["startedAt"]?.string.flatMap({ Timestamp($0) }),
      let endedAt = json["endedAt"]?.string.flatMap({ Timestamp($0) }),
      let document = json["document"]?.string, let subject = json["subject"]?.string,
      let snapshots = json["snapshots"]?.array, let fields = json["fields"]?.array,
      let name = json["author"]?["name"]?.string, let email = json["author"]?["email"]?.string,
      let host = json["host"]?.string
    else { return nil }
    self.init(
      activityID: id, startedAt: startedAt, endedAt: endedAt, document: Array(document.utf8),
      snapshots: snapshots.compactMap(Snapshot.init(json:)), subject: subject,
      fields: fields.compactMap(Field.init(json:)), author: Person(name: name, email: email),
      committer: Self.person(json["committer"]), hostID: host)
    guard self.snapshots.count == snapshots.count, self.fields.count == fields.count else {
      return nil
    }
  }
}

extension OperationRecord {
  private static func person(_ json: JSONValue?) -> Person? {
    guard let name = json?["name"]?.string, let email = json?["email"]?.string else { return nil }
    return Person(name: name, email: email)
  }
}

extension OperationRecord.Snapshot {
  fileprivate var json: JSONValue {
    [
      "path": .string(path),
      "content": content.map { .string(String(decoding: $0, as: UTF8.self)) } ?? .null,
    ]
  }

  fileprivate init?(json: JSONValue) {
    guard let path = json["path"]?.string, let content = json["content"] else { return nil }
    guard content.isNull || content.string != nil else { return nil }
    self.init(path: path, content: content.string.map { Array($0.utf8) })
  }
}

extension OperationRecord.Field {
  fileprivate init?(json: JSONValue) {
    guard let pair = json.strings, pair.count == 2 else { return nil }
    self.init(name: pair[0], value: pair[1])
  }
}
