import Canonical
import DockerEngine

// What an engine's images tell of a pull or a push that its events have forgotten.
extension SettlementEvidence {
  func pullFinding() async -> StateFinding {
    guard let name = intent.transferredName else { return .undecided }
    guard let image = await recorder.observer.image(name) else { return .notDone }
    // An image that was here before may have been pulled once more.
    return image.id == intent.image?.id ? .undecided : .done(at: nil)
  }

  func pushFinding() async -> StateFinding {
    guard let name = intent.transferredName,
      let image = await recorder.observer.image(name)
    else { return .undecided }
    let repository = intent.transferredRepository
    let digests = image.digests(in: repository)
    if digests.isEmpty { return .notDone }
    return digests == intent.image?.digests(in: repository) ? .undecided : .done(at: nil)
  }
}
