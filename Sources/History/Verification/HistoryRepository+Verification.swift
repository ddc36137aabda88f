import Git
import SystemPackage

extension HistoryRepository {
  /// Verifies the history, without any network: every file's digest, every commit's signature and
  /// what it needs, every activity's name against its content, every pointer against its bytes.
  ///
  /// - Parameter progress: is told how many commits of how many are done, and ends it by throwing.
  package func verify(
    _ policy: VerificationPolicy, _ progress: (Int, Int) throws -> Void
  ) throws -> VerificationReport {
    var report = VerificationReport()
    report.largeContents = try FileVerification(self).run { file, message in
      report.findings.append(.init(place: "\(file)", message: message))
    }
    let tip: GitObjectID?
    do throws(HistoryError) {
      tip = try self.tip()
    } catch {
      report.findings.append(
        .init(
          place: "\(path.pushing(FilePath(RepositoryLayout.reference)))", message: error.message))
      return report
    }
    guard let tip else { return report }
    var commits = CommitVerification(self, policy, report)
    try commits.run(from: tip, progress)
    return commits.report
  }
}
