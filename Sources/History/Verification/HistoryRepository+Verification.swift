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
    for message in branchProblems(tip, policy.since) {
      report.findings.append(
        .init(
          place: "\(path.pushing(FilePath(RepositoryLayout.reference)))", message: message))
    }
    guard let tip else { return report }
    var commits = CommitVerification(self, policy, report)
    try commits.run(from: tip, progress)
    return commits.report
  }

  /// Whether a machine records in it, and it does not only serve others.
  package var isOwn: Bool {
    get throws(HistoryError) { try layout.local.read(RepositoryLayout.hostFile) != nil }
  }

  /// What is wrong with where the branch is: what was consolidated, or is known to be good, must be in
  /// it; and git must know it for the one that is used here.
  private func branchProblems(
    _ tip: GitObjectID?, _ since: CommitID?
  ) -> [String] {
    var problems: [String] = []
    do throws(HistoryError) {
      let durable = try durableCommit()
      if let tip {
        if let durable, try !isAncestor(CommitID(durable), of: CommitID(tip)) {
          problems.append("it lacks commit \(durable), which was in it")
        }
      } else if let lost = durable ?? since?.object {
        problems.append("it is gone, and was at commit \(lost)")
      }
    } catch {
      problems.append(error.message)
    }
    let head = String(decoding: (try? layout.root.read("HEAD")) ?? [], as: UTF8.self)
    // One that only serves others may name any.
    if (try? isOwn) == true, head != "ref: \(RepositoryLayout.reference)\n" {
      problems.append("HEAD does not name it")
    }
    return problems
  }

  /// Verifies some commits, and nothing but what they brought.
  ///
  /// - Parameter objects: a folder that has objects of theirs besides, such as git's quarantine of
  ///   what is being pushed (git-receive-pack(1)).
  package func verify(
    _ ids: [CommitID], _ policy: VerificationPolicy, objects: FilePath?
  ) throws(HistoryError) -> VerificationReport {
    if let objects {
      try reading("the objects") { () throws(GitError) in try git.addObjects(in: objects) }
    }
    var commits = CommitVerification(self, policy, VerificationReport())
    for id in ids { try commits.verify(id.object) }
    return commits.report
  }
}
