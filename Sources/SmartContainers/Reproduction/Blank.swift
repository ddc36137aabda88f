/// A value that was redacted, and is to be supplied by whoever uses a recipe.
public struct Blank: Sendable, Hashable {
  /// The name under which it is supplied, which is one for a shell's variable too: `DB_PASSWORD`.
  public let name: String

  /// Where it stood, in the words of the Engine API: `Config.Env DB_PASSWORD`. A value that stood at
  /// several places has the first.
  public let place: String
}
