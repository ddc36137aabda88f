import SmartContainers

extension Terminal {
  /// Writes a list in the format that the user chose.
  func write(
    _ entries: [JSONValue], as format: OutputFormat, table: () -> Table
  ) throws(OutputError) {
    switch format {
    case .table: for line in table().lines { try writeLine(line) }
    case .json: try write(JSONValue.array(entries).text(.pretty))
    case .jsonl: for entry in entries { try writeLine(entry.text()) }
    }
  }
}
