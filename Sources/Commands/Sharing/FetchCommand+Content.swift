import Arguments
import SmartContainers

/// `sc fetch --content`.
extension FetchCommand {
  func fetchContent(_ sharing: Sharing, _ invocation: Invocation) async throws {
    let report = try await sharing.fetchContent(remote, matching: patterns, isDryRun: dryRun)
    if dryRun, !json, !report.transferred.isEmpty {
      var table = Table(["SIZE", "DIGEST", "PATH"])
      for item in report.transferred {
        table.add([HumanText.size(item.byteCount), item.digest, item.path])
      }
      for line in table.lines { try invocation.terminal.writeLine(line) }
    }
    try invocation.show(
      report, transferred: dryRun ? "wanted" : "downloaded", as: json,
      dryRun ? "Would fetch" : "Fetched", nothing: "All content is here.", isQuiet: quiet)
  }
}

extension Invocation {
  /// Writes what came of a transfer of large content.
  ///
  /// - Parameters:
  ///   - name: what the JSON calls the objects that were transferred.
  ///   - verb: what was done with them: `Fetched`.
  ///   - nothing: what is said when there was nothing to do.
  /// - Throws: when something was not transferred.
  func show(
    _ report: ContentReport, transferred name: String, as json: Bool, _ verb: String,
    nothing: String, isQuiet: Bool
  ) throws {
    warn(of: report)
    let isComplete = report.failures.isEmpty && report.missing.isEmpty
    if json {
      try terminal.write(report.json(transferred: name))
    } else if !isQuiet {
      let count = report.transferred.count
      terminal.note(
        count == 0 && isComplete
          ? nothing : "\(verb) \(count) object(s) of content, \(HumanText.size(report.byteCount))")
    }
    if !isComplete { throw ProcessExit(status: ExitStatus.failed.rawValue) }
  }

  /// Writes what of the content did not go where it should.
  func warn(of content: ContentReport) {
    if let refusal = content.refusal {
      terminal.note(
        "sc: warning: the remote takes no large content: " + PlainText.sanitize(refusal))
    }
    for failure in content.failures {
      let reason = content.refusal == nil ? failure.reason : "not transferred"
      terminal.note(
        "sc: warning: "
          + PlainText.sanitize("\(failure.item.path) (\(failure.item.digest)): \(reason)"))
    }
    for item in content.missing {
      terminal.note(
        "sc: warning: "
          + PlainText.sanitize("\(item.path) (\(item.digest)) is neither here nor on the remote"))
    }
  }
}

extension ContentReport {
  /// For scripts.
  ///
  /// - Parameter name: what the objects are called that were transferred.
  func json(transferred name: String) -> JSONValue {
    .object([
      name: .array(transferred.map(\.json)), "present": .array(present.map(\.json)),
      "missing": .array(missing.map(\.json)),
      "failed": .array(
        failures.map { failure in
          .object(
            (failure.item.json.object ?? [:]).merging(["reason": .string(failure.reason)]) { $1 })
        }),
      "refusal": refusal.map { .string($0) } ?? nil,
    ])
  }
}

extension KeptItem {
  fileprivate var json: JSONValue {
    ["path": .string(path), "digest": .string(digest), "size": .integer(byteCount)]
  }
}
