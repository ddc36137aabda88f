/// The files that a new repository begins with.
///
/// They are the files of `templates/repository`, repeated here so that the program needs no
/// file beside it; a test holds the two together.
package enum RepositoryTemplate {
  /// The files by their path in the repository.
  package static let files: [(path: String, content: String)] = [
    (path: ".gitignore", content: ignored), (path: "description", content: description),
    (path: "README.md", content: readme),
  ]

  /// Keeps a project around the repository from adding it.
  private static let ignored =
    """
    *

    """

  static let description =
    """
    Provenance of container operations (SmartContainers)

    """

  private static let readme =
    """
    # A `.sc` history

    This folder is a bare git repository in which SmartContainers keeps the provenance of
    container operations. Every commit on `main` is one operation, described in W3C PROV JSON-LD.

        git --git-dir=.sc log
        git --git-dir=.sc show main:activities
        git --git-dir=.sc fsck --strict

    | path in a commit | content |
    | --- | --- |
    | `activities/<year>/<month>/<day>/<hour>/<uuid>.jsonld` | one operation, never changed; by UTC start time |
    | `containers/<2 digits>/<id>.json` | the configuration after the last operation on a container |
    | `images/<2 digits>/<digest>.json` | what an image's digest determines |
    | `networks/<2 digits>/<id>.json` | the configuration of a network |
    | `volumes/<engine>/<name>.json` | the configuration of a volume |
    | `content/<2 digits>/<digest>.tar` | a Git LFS pointer to an archive that was kept, in `lfs/objects` |
    | `hosts/<host>/config.jsonld` | one machine's own configuration |

    The folder `sc` is not versioned and never leaves this machine. `sc/journal` holds operations
    that are not yet safe in git: do not delete it. `sc/redaction.key` is a secret.

    """
}
