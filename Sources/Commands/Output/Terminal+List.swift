import SmartContainers

extension Terminal {
  /// Writes a list in the format that the user chose.
  func write(
    _ entries: [JSONValue], as format: OutputFormat, table: () -> Table
  ) throws(OutputError) {
    switch format {
    case .table: for line in table().lines { try writeLine(line) }
    case .json: try write(.array(entries))
    case .jsonl: for entry in entries { try write(PlainText.json(entry) + "\n") }
    }
  }

  /// Writes a JSON value over several lines.
  func write(_ value: JSONValue) throws(OutputError) {
    try write(PlainText.json(value, .pretty))
  }
}

extension JSONValue {
  /// An empty object in place of null: an engine without labels says null.
  var orEmpty: JSONValue { self == .null ? [:] : self }
}
