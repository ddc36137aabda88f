import Glibc
import Processes
import SystemPackage

/// The user's own git, where there is one: it serves folders as remotes, and makes and takes packs
/// with all cores and without making each difference anew, as libgit2 does.
package struct GitProgram: Sendable {
  let path: String

  /// What it gets.
  let environment: [String: String]

  /// What git sets for itself, and means another repository (git-rev-parse(1), `--local-env-vars`).
  private static let ownVariables: Set<String> = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_CONFIG", "GIT_CONFIG_COUNT",
    "GIT_CONFIG_PARAMETERS",
    "GIT_DIR", "GIT_GRAFT_FILE", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX", "GIT_NO_REPLACE_OBJECTS", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX",
    "GIT_PROTOCOL", "GIT_QUARANTINE_PATH", "GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
  ]

  /// Finds it; nil where there is none.
  package init?(in environment: [String: String]) {
    guard let path = SpawnedProcess.find("git", in: environment) else { return nil }
    self.path = path
    self.environment = Self.neutral(environment)
  }

  /// The environment without what means another repository.
  static func neutral(_ environment: [String: String]) -> [String: String] {
    environment.filter { !ownVariables.contains($0.key) }
  }
}
