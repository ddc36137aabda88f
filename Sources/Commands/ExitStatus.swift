/// The exit codes of `sc`, in one table.
///
/// `run` and `exec` end with docker's own codes 125 to 127, else with the container's.
enum ExitStatus: Int32, CaseIterable {
  case done = 0
  case failed = 1
  case usage = 2
  case authentication = 4
  case noHistory = 10
  case historyBusy = 11
  case engineUnreachable = 12
  case notYetCommitted = 13
  case historyUnusable = 14
  case dockerFailed = 125
  case commandNotExecutable = 126
  case commandNotFound = 127
  case interrupted = 130
  case brokenPipe = 141
}
