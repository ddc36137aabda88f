/// How large a terminal is, in characters.
public struct TerminalSize: Sendable, Equatable {
  public var columns: Int
  public var rows: Int

  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  /// The query of the Engine API's resize endpoints.
  var query: [(String, String?)] { [("w", String(columns)), ("h", String(rows))] }
}
