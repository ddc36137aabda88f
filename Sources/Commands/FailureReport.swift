import Arguments
import SmartContainers
import SystemPackage

/// The one place that turns an error into text and an exit code.
struct FailureReport {
  /// What is written to standard error; empty for nothing.
  let text: String
  let status: Int32

  init(_ error: any Error) {
    switch error {
    case let exit as ProcessExit:
      self.init(text: "", status: exit.status)
    case let error as OutputError where error.isBrokenPipe:
      self.init(text: "", status: ExitStatus.brokenPipe.rawValue)
    case let error as OutputError:
      self.init(
        text: "sc: standard output cannot be written: \(Errno(rawValue: error.errno))",
        status: ExitStatus.failed.rawValue)
    case let error as ArgumentError:
      let command = (["sc"] + error.path).joined(separator: " ")
      // What run itself cannot do is docker's 125: every other code is the container's.
      self.init(
        text: "sc: \(PlainText.sanitize(error.message, keepsLines: true))\n"
          + "See '\(command) --help'.",
        status: (error.path == ["run"] ? ExitStatus.dockerFailed : .usage).rawValue)
    case let error as UsageError:
      self.init(
        text: "sc: " + PlainText.sanitize("\(error)", keepsLines: true),
        status: ExitStatus.usage.rawValue)
    default:
      self.init(SmartContainersError(describing: error))
    }
  }

  private init(text: String, status: Int32) {
    self.text = text
    self.status = status
  }

  private init(_ error: SmartContainersError) {
    let message = "sc: " + PlainText.sanitize(error.message, keepsLines: true)
    text = error.hint.map { message + "\n" + PlainText.sanitize($0, keepsLines: true) } ?? message
    status = Self.status(of: error.code).rawValue
  }

  private static func status(of code: SmartContainersError.Code) -> ExitStatus {
    switch code {
    case .usage: .usage
    case .authentication: .authentication
    case .noHistory: .noHistory
    case .historyBusy: .historyBusy
    case .engineUnreachable: .engineUnreachable
    case .notYetCommitted: .notYetCommitted
    case .historyUnusable: .historyUnusable
    case .interrupted: .interrupted
    default: .failed
    }
  }
}

/// The end of a command with a code of its own and nothing more to say.
struct ProcessExit: Error {
  let status: Int32
}
