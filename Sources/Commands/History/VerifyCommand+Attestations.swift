import SmartContainers

extension VerifyCommand {
  /// The most bytes of a file of attestations.
  private static let attestationLimit = 256 << 20

  /// Verifies nothing but attestations.
  func verifyAttestations(_ invocation: Invocation, _ places: ClientPlaces) async throws {
    let files = try attestations.map { file in
      (
        name: file,
        bytes: try invocation.readDocument(file, "attestations", upTo: Self.attestationLimit)
      )
    }
    let result = try await AttestationVerification.verify(
      files, allowedSigners: allowedSigners.map { invocation.absolute($0).string }, places)
    let terminal = invocation.terminal
    if json {
      try terminal.write(result.json)
    } else {
      for finding in result.findings {
        terminal.note(PlainText.sanitize("sc: \(finding.place): \(finding.message)"))
      }
      if !quiet { try write(result, terminal) }
    }
    if !result.findings.isEmpty { throw ProcessExit(status: ExitStatus.failed.rawValue) }
  }

  private func write(_ result: AttestationVerification, _ terminal: Terminal) throws {
    for item in result.items {
      let subjects = item.attestation.subjects.map(\.name).joined(separator: ", ")
      try terminal.writeLine(
        PlainText.sanitize(
          "\(item.attestation.activity ?? "no activity"): \(subjects); "
            + (item.signer.map { "signed by \($0)" } ?? "signed by nobody who is known")
            + (item.isInHistory ? "" : "; this history does not have the activity")))
    }
    try terminal.writeLine(
      "\(result.items.count) attestation(s), "
        + (result.findings.isEmpty ? "all good" : "\(result.findings.count) finding(s)"))
  }
}
