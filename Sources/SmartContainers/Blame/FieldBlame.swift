import Canonical

/// A field of a configuration, and the operation that set it last.
public struct FieldBlame: Sendable {
  /// `environment.MODE`, `limits.memory` …
  public let name: String
  public let value: JSONValue

  /// The commit of the operation; nil for what an image already had that was only used, and of which
  /// the history does not know where it came from.
  public let record: LogRecord?

  /// Whether nothing can have changed it since: values that are redacted under two keys cannot be
  /// compared, and are taken for equal.
  public let isCertain: Bool

  /// Whether an engine does that when nobody says anything.
  public let isEngineDefault: Bool
}

/// The newest configuration of a container or an image, and who set which field of it.
public struct ConfigurationBlame: Sendable {
  public let configured: Configured

  /// In the order of their names.
  public let fields: [FieldBlame]

  /// The blame for scripts; its members do not change.
  public var json: JSONValue {
    JournalObject.make([
      ("title", .string(configured.title)), ("path", .string(configured.path)),
      (
        "fields",
        .array(
          fields.map { field in
            JournalObject.make(
              [
                ("field", .string(field.name)), ("value", field.value),
                ("isCertain", .bool(field.isCertain)),
                ("isEngineDefault", .bool(field.isEngineDefault)),
              ] + field.origin)
          })
      ),
    ])
  }
}

extension FieldBlame {
  /// The members that say who set it, which are null where nobody knows.
  fileprivate var origin: [(String, JSONValue?)] {
    guard let record else {
      return ["commit", "activity", "operation", "subject", "author", "time"].map { name in
        (name, JSONValue.null)
      }
    }
    return [
      ("commit", .string(record.commit)), ("activity", record.activity.map { .string($0) }),
      ("operation", record.operation.map { .string($0) }), ("subject", .string(record.subject)),
      (
        "author",
        ["name": .string(record.authorName), "email": .string(record.authorEmail)]
      ), ("time", .string(record.time.description)),
    ]
  }
}
