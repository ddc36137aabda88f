/// Fields with commas between them, as docker's command line has mounts, GPUs and networks.
///
/// Source: docker CLI, opts/mount.go; Go, encoding/csv.
struct FieldList {
  private(set) var fields: [String] = []

  mutating func add(_ name: String, _ value: String) { fields.append("\(name)=\(value)") }

  mutating func add(_ field: String) { fields.append(field) }

  /// The record: a field with a comma, a quotation mark, a line break or a blank at its begin stands
  /// in quotation marks.
  var text: String {
    fields.map { field in
      let isPlain =
        !field.isEmpty && !field.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
        && field.first?.isWhitespace == false
      return isPlain ? field : "\"\(field.replacing("\"", with: "\"\""))\""
    }.joined(separator: ",")
  }
}
