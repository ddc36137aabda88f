import Glibc
import SmartContainers
import Testing

@testable import Commands

struct FailureReportTests {
  @Test(
    arguments: [
      (SmartContainersError.Code.usage, 2), (.failed, 1), (.authentication, 4), (.noHistory, 10),
      (.historyBusy, 11), (.historyUnusable, 14), (.engineUnreachable, 12), (.notYetCommitted, 13),
      (.interrupted, 130), (SmartContainersError.Code(rawValue: "of another time"), 1),
    ] as [(SmartContainersError.Code, Int32)])
  func everyKindOfFailureHasItsExitCode(code: SmartContainersError.Code, status: Int32) {
    #expect(FailureReport(SmartContainersError(code, "message")).status == status)
  }

  @Test func everyOtherErrorHasItsExitCode() {
    #expect(FailureReport(UsageError("x")).status == 2)
    #expect(FailureReport(ProcessExit(status: 42)).status == 42)
    #expect(FailureReport(OutputError(errno: EPIPE)).status == 141)
    #expect(FailureReport(OutputError(errno: ENOSPC)).status == 1)
    #expect(FailureReport(CancellationError()).status == 130)
    #expect(
      FailureReport(EngineError(.unauthorized, "no", status: 401, operation: "x")).status == 4)
    #expect(FailureReport(EngineError(.notFound, "no", status: 404, operation: "x")).status == 1)
  }

  @Test func whatNobodyNeedsToBeToldHasNoText() {
    #expect(FailureReport(OutputError(errno: EPIPE)).text.isEmpty)
    #expect(FailureReport(ProcessExit(status: 1)).text.isEmpty)
  }

  @Test func saysWhatToDoNextAndMovesNoCursor() {
    let report = FailureReport(
      SmartContainersError(.failed, "no \u{1B}[31mweb\u{202E}", hint: "Look at\nthis."))
    #expect(report.text == "sc: no \\e[31mweb\\u{202e}\nLook at\nthis.")
  }

  /// The table of the command line in the design, number by number.
  @Test func exitCodesAreThoseOfTheTable() {
    #expect(
      ExitStatus.allCases.map(\.rawValue) == [
        0, 1, 2, 4, 10, 11, 12, 13, 14, 125, 126, 127, 130, 141,
      ])
  }
}
