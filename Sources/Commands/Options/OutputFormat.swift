import Arguments

/// How a list is written.
enum OutputFormat: String, CaseIterable, ArgumentValue {
  /// Columns for people; they may change.
  case table
  /// One JSON array; it may not change.
  case json
  /// One JSON object a line; it may not change.
  case jsonl
}
