import Canonical

/// A field of a configuration, and the operation that set it last.
public struct FieldBlame: Sendable {
  /// `environment.MODE`, `limits.memory` …
  public let name: String
  public let value: JSONValue

  /// The commit of the operation.
  public let record: LogRecord

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
            JournalObject.make([
              ("field", .string(field.name)), ("value", field.value),
              ("commit", .string(field.record.commit)),
              ("activity", field.record.activity.map { .string($0) }),
              ("operation", field.record.operation.map { .string($0) }),
              ("subject", .string(field.record.subject)),
              (
                "author",
                [
                  "name": .string(field.record.authorName),
                  "email": .string(field.record.authorEmail),
                ]
              ), ("time", .string(field.record.time.description)),
              ("isCertain", .bool(field.isCertain)),
              ("isEngineDefault", .bool(field.isEngineDefault)),
            ])
          })
      ),
    ])
  }
}
