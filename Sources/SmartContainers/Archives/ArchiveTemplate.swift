/// The files of `templates` that go into every archive; a test holds them against those.
enum ArchiveTemplate {
  /// A template with a value in the place of each `{{name}}` that has one. What a value has of that
  /// form itself is its text.
  static func filled(_ template: String, with values: [String: String]) -> String {
    var text = ""
    var rest = template[...]
    while let opening = rest.firstRange(of: "{{"),
      let closing = rest[opening.upperBound...].firstRange(of: "}}")
    {
      let name = String(rest[opening.upperBound..<closing.lowerBound])
      text += rest[..<opening.lowerBound]
      text += values[name] ?? "{{\(name)}}"
      rest = rest[closing.upperBound...]
    }
    return text + String(rest)
  }

  /// `templates/archive/README.md`, with `{{name}}` for what each archive says itself.
  static let readme =
    #"""
    # {{title}}

    This folder has what is needed to see what was run, by whom and from what, to check that nothing was
    altered, and to run it again on a machine without a network. It was packed with SmartContainers from
    commit `{{commit}}` of a history of container operations.

    {{runs}}

    ## What is in it

    | path | what it is |
    | --- | --- |
    | `manifest-sha256.txt` | the SHA-256 of every file under `data/` (BagIt, RFC 8493) |
    | `data/ro-crate-metadata.json` | what each file is and which run made it (RO-Crate 1.1, Process Run Crate 0.5) |
    | `data/image/` | the images, layer by layer, as `docker load` and `podman load` take them |
    | `data/inputs/`, `data/outputs/` | what the runs read and left, by activity and the path that it had |
    | `data/kept/` | what the history kept besides: Dockerfiles and contexts of builds, archives of engines |
    | `data/containers/` | file systems and folders that were taken out of containers, as tar archives |
    | `data/history/history.bundle` | the history as a git bundle |
    | `data/history/provenance.jsonld`, `.trig` | the same history as linked data (W3C PROV) |
    | `data/attestations/` | what is attested of the runs, signed (in-toto, DSSE), where that was asked for |
    | `data/configuration/` | the configuration of the containers and images |
    | `data/ontology/` | what every term of the provenance means |
    | `data/archive.json` | an index, for programs |

    ## With sc

        sc archive verify FILE
        sc archive restore FILE --into here --load --run

    ## Without sc

    Check that nothing was altered, in this folder:

        sha256sum --check --quiet manifest-sha256.txt tagmanifest-sha256.txt

    Look at the history with git alone:

        GIT_LFS_SKIP_SMUDGE=1 git clone data/history/history.bundle history
        git -C history log

    Load the images:

        tar -C data/image -cf - . | docker load

    Each run was the command in the first line, and docker does it by those below (an absolute path is where
    the file was: put each file of `data/inputs/` there, or name the place where it is now; what was hidden
    is named, and yours to set). The same file is here once, whichever runs had it: `data/archive.json` says of
    each run which file was where. What it read of a standard input must be piped in:

    {{commands}}

    The outputs that it left then are in `data/outputs/`: compare them with yours with `sha256sum` or `cmp`.

    """#
}
