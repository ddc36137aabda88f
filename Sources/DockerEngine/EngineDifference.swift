/// A way in which an engine that speaks the Docker Engine API is unlike dockerd.
///
/// What can be made up for is: ``EngineDialect`` says how. The rest is refused in words, or
/// recorded as unknown.
public enum EngineDifference: String, CaseIterable, Sendable {
  /// Names of images are told in full, `docker.io/library/tool:1` for `tool:1`.
  case fullNames

  /// The ids of images are told without `sha256:` by commits, histories, removals and events.
  case bareImageIDs

  /// An import takes the tag as a part of the repository's name only.
  case importTagInName

  /// A commit takes instructions only, whose values it takes word for word: its body is ignored.
  case commitByInstructions

  /// A load tells the names of its images in one line, with commas between them.
  case joinedLoadNames

  /// A push tells the digest in words only.
  case pushDigestInWords

  /// A pull tells no digest.
  case pullWithoutDigest

  /// A pull or a push without a tag is one of `latest`, not of all tags.
  case oneTagAtATime

  /// Events have other words, other actors and shorter names.
  case eventWords

  /// Events up to a moment that is past do not come: they are asked for without an end.
  case eventsWithoutEnd

  /// Not every operation has an event by which it can be told from others.
  case silentOperations

  /// The engine's identity is another one in each answer.
  case noIdentity

  /// Statistics, processes and what a search finds have other members.
  case otherMembers

  /// Containers have variables that the engine sets for itself, some from their start on.
  case ownEnvironment

  /// No container is `dead`, and who filters by that is refused.
  case noDeadContainers

  /// Status 500 is also for what is not there and for what the state does not allow.
  case faultsForRefusals

  /// A command that cannot be executed fails when somebody attaches, before the start.
  case preparesForAttach

  /// Who attaches gets both outputs, whichever was asked for.
  case bothOutputs

  /// A login wants TLS of every registry, but of `localhost`.
  case loginOverTLS

  /// A prune of images takes those without a name, not all that nobody uses.
  case prunesNamelessImages

  /// There is no BuildKit: what asks for it is built by the engine's own builder.
  case noBuildKit

  /// The exit code of a build's step is told in words only.
  case exitCodesInWords
}
