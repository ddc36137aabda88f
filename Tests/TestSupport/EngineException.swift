/// Something that the tests cannot have of every engine: all there is, and why.
///
/// A test that needs one of these is left out where the engine does not have it:
/// `@Test(.needs(.eventsOfStops))`. What our own code makes up for is in `EngineDifference`.
package enum EngineException: String, CaseIterable, Sendable {
  case eventsOfStops
  case eventsOfNetworks
  case eventsOfPrunes
  case prunesOfNamedImages
  case allTagsAtOnce
  case forgetfulness
  case layersInTransfers
  case identityTokens
  case dockersOwnClient
  case attachableNetworks
  case detailsOfHistories
  case requestedAddresses
  case refusedFolders
  case eventsOfTransfers
  case buildKit
  case endOfAbandonedSteps
  case linksOutOfContexts
  case digestsOfRemovals
  case digestsOfPushes
  case untouchedConfiguration
  case untouchedLayers
  case unmodifiedStops
  case recognizableSocket

  /// Why the engine does not have it, a sentence.
  package var reason: String {
    switch self {
    case .eventsOfStops:
      "No event of podman tells a stop from a container that ended by itself."
    case .eventsOfNetworks:
      "Podman tells nothing of a network that was made and is gone."
    case .eventsOfPrunes:
      "Podman does not say that it pruned: what is gone may have been removed otherwise."
    case .prunesOfNamedImages:
      "Podman's service prunes only images without a name."
    case .allTagsAtOnce:
      "Podman's service pulls and pushes one tag at a time."
    case .forgetfulness:
      "Podman keeps its events in a file and forgets none."
    case .layersInTransfers:
      "Podman's service tells less of the layers of a pull, and nothing of those of a push."
    case .identityTokens:
      "Podman's service hands out no identity tokens."
    case .dockersOwnClient:
      "The docker command line does not do with podman's service what it does with dockerd."
    case .attachableNetworks:
      "Podman takes every network for attachable, and does not tell."
    case .detailsOfHistories:
      "The history of an image has no names with podman, and other sizes."
    case .requestedAddresses:
      "Podman does not tell which addresses in a network were asked for."
    case .refusedFolders:
      "Podman makes the folder of a container that an archive is to go to, where there is none."
    case .eventsOfTransfers:
      "Podman announces a pull before it tries, and tells nothing of how a pull or a push ended."
    case .buildKit:
      "Podman has no BuildKit: its own builder builds whatever is asked for."
    case .endOfAbandonedSteps:
      "Podman lets the step of a build come to its end when the client is gone."
    case .linksOutOfContexts:
      "Podman refuses a build's context that has a link out of it, and does not say why."
    case .digestsOfRemovals:
      "Podman does not tell by which digests an image is no longer known when it is removed."
    case .digestsOfPushes:
      "Podman calls an image that it made and pushed by a digest that the registry does not know."
    case .untouchedConfiguration:
      "A commit of podman's has variables that podman sets, and a working folder; and podman writes "
        + "into a container whose own processes may not."
    case .untouchedLayers:
      "Podman puts a link into the files of each container: /etc/mtab, 12 bytes."
    case .unmodifiedStops:
      "Podman says that it stopped a container that was never started."
    case .recognizableSocket:
      "Behind a port another engine may answer at any time: each process asks who it is."
    }
  }

  /// The engines that do not have it.
  private var engines: Set<EngineKind> {
    self == .recognizableSocket ? [.dockerOverTLS] : [.podman]
  }

  /// Whether the engine of these tests does not have it.
  package var isOfTheEngine: Bool { engines.contains(.current) }
}
