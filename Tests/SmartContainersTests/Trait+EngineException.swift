import TestSupport
import Testing

extension Trait where Self == ConditionTrait {
  /// Leaves a test out where the engine does not have what the test needs.
  static func needs(_ exception: EngineException) -> Self {
    .disabled(if: exception.isOfTheEngine, Comment(rawValue: exception.reason))
  }
}
