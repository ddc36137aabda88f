import Canonical

/// One difference between two configurations.
package struct FieldChange: Sendable, Hashable {
  /// How the field differs.
  package enum Kind: String, Sendable {
    case added, removed, changed
    /// Redacted under two keys, or on one side only: nobody can tell.
    case notComparable
  }

  /// The field: `environment.PATH`, `labels.owner`, `mounts./data`, `limits.memory`, `layers.3`.
  package var field: String
  package var kind: Kind
  package var old: JSONValue?
  package var new: JSONValue?

  package init(field: String, kind: Kind, old: JSONValue? = nil, new: JSONValue? = nil) {
    self.field = field
    self.kind = kind
    self.old = old
    self.new = new
  }
}
