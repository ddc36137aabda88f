import Arguments
import SmartContainers

/// `sc __manual`: writes the manual pages, for `make install`.
struct ManualCommand: SmartCommand {
  static let description = CommandDescription(
    "__manual", abstract: "Write the manual pages into a folder that is there.",
    isHidden: true, parser: ManualCommand.init)

  let global: GlobalOptions
  let date: String
  let folder: String

  init(_ arguments: inout ArgumentReader) throws(ArgumentError) {
    global = try GlobalOptions(&arguments)
    date = try arguments.word("date", help: "The date of the version: 2026-11-23.")
    folder = try arguments.word("folder", help: "Where they go.")
  }

  func run(_ invocation: Invocation) async throws {
    for page in ManualPage.all(of: SmartContainersCommand.tree, date: date) {
      try TextFile.replace(invocation.absolute(folder).appending(page.fileName), with: page.text)
    }
  }
}
