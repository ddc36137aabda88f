import Arguments
import SmartContainers

/// A command of `sc`: it gets its invocation, and its errors become text and an exit code.
protocol SmartCommand: Command {
  var global: GlobalOptions { get }

  func run(_ invocation: Invocation) async throws
}

extension SmartCommand {
  func run() async throws { try await run(Invocation(global)) }
}

/// Commands that name several things and go on when one of them fails, as docker's do.
extension Invocation {
  /// Does `body` for each name; prints what it returns when it worked and the error when not.
  ///
  /// - Throws: `ProcessExit` with the code of the first failure.
  func forEach(_ names: [String], _ body: (String) async throws -> String?) async throws {
    var first: FailureReport?
    for name in names {
      do {
        if let line = try await body(name) { try terminal.writeLine(PlainText.sanitize(line)) }
      } catch {
        try Task.checkCancellation()
        let report = FailureReport(error)
        terminal.note(report.text)
        first = first ?? report
      }
    }
    if let first { throw ProcessExit(status: first.status) }
  }
}
