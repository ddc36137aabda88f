import Canonical
import Foundation
import TestSupport
import Testing

/// `sc archive`.
@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct ArchiveCommandTests {
  private static let python = ProcessInfo.processInfo.environment["RDF_PYTHON"]

  /// A history with an image that was built and two runs, of which the second reads what the first
  /// left.
  private func laboratory() async throws -> (bench: Workbench, image: String) {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    let image = Workbench.name("tool") + ":1"
    let made = try await bench.shell(
      """
      set -e
      sc config set agent.name 'Ada Lovelace'
      sc config set agent.email ada@example.org
      printf 'b\\na\\n' > data.csv
      mkdir tool
      printf 'FROM \(engine.image())\\nCOPY sort.sh /sort.sh\\n' > tool/Dockerfile
      echo 'sort "$1" > "$2"' > tool/sort.sh
      sc image build -q --keep -t \(image) tool
      sc run --rm -i data.csv -o out/sorted.txt \(image) sh /sort.sh data.csv out/sorted.txt
      sc run --rm -i out/sorted.txt -o count.txt \(image) sh -c 'wc -l < out/sorted.txt > count.txt'
      """)
    try #require(made.status == 0, "\(made.error)")
    return (bench, image)
  }

  @Test(arguments: [EngineKind.docker, .podman])
  func anotherEngineReproducesIt(kind: EngineKind) async throws {
    let (bench, image) = try await laboratory()
    try await bench.check("archive", "create", "-o", "lab.tar.zst")
    let archive = bench.folder.path.appending("lab.tar.zst").string
    try await TestEngine.with(kind: kind) { engine in
      let other = try await Workbench(engine: engine)
      let restored = try await other.shell(
        "sc archive restore \(archive) --into again --load --run")
      #expect(restored.status == 0, "\(restored.error)")
      #expect(restored.output.contains("identical  \(other.folder.path)/again/out/sorted.txt"))
      #expect(restored.output.contains("2 of 2 runs reproduced"))
      let looked = try await other.shell(
        """
        cat again/count.txt
        sc --sc-dir again/.sc log --format jsonl | wc -l
        sc --sc-dir again/.sc verify > /dev/null && echo sound
        docker image inspect --format '{{.Id}}' \(image)
        """)
      let id = try await bench.shell("docker image inspect --format '{{.Id}}' \(image)").output
      #expect(looked.output.hasPrefix("2\n"), "\(looked.error)")
      #expect(looked.output.hasSuffix("sound\n" + id), "\(looked.output)")
      // From podman's archive back to where it began.
      if kind == .podman { try await expectReturn(from: other, to: bench, of: image, id) }
      // Once more, into what is there now.
      let twice = try await other.shell("sc archive restore \(archive) --into again")
      #expect(twice.status == 0 && twice.error.contains("up to date"), "\(twice.error)")
      let found = try await other.shell(
        "echo changed > again/data.csv; sc archive restore \(archive) --into again")
      #expect(found.status == 1 && found.error.contains("there is another"))
      #expect(try await other.shell("cat again/data.csv").output == "changed\n")
    }
  }

  /// That an archive of what an archive brought is the same image, and loads as such.
  private func expectReturn(
    from other: Workbench, to bench: Workbench, of image: String, _ id: String
  ) async throws {
    let packed = try await other.shell(
      "cd again && sc archive create -o back.tar && sc archive verify back.tar")
    #expect(packed.status == 0, "\(packed.error)")
    let archive = other.folder.path.pushing("again/back.tar").string
    let returned = try await bench.shell(
      "docker image rm \(image) && sc archive restore \(archive) --into back --load --run")
    #expect(returned.status == 0, "\(returned.output) \(returned.error)")
    #expect(returned.output.contains("2 of 2 runs reproduced"), "\(returned.output)")
    let found = try await bench.shell("docker image inspect --format '{{.Id}}' \(id)")
    #expect(found.output == id, "\(found.error)")
  }

  @Test func hasWhatABuildReadAndWhatIsTakenOutOfContainers() async throws {
    let (bench, image) = try await laboratory()
    let container = Workbench.name("web")
    let made = try await bench.shell(
      """
      set -e
      sc container create --name \(container) \(image) true > /dev/null
      sc archive create --export \(container) --path \(container):/sort.sh -o lab.tar
      tar -xf lab.tar && cd archive-*
      cmp data/kept/*/Dockerfile ../tool/Dockerfile
      tar -xOf data/kept/*/context.tar sort.sh | cmp - ../tool/sort.sh
      tar -tf data/containers/*/filesystem.tar | grep -x sort.sh
      tar -xOf data/containers/*/path-1.tar sort.sh | cmp - ../tool/sort.sh
      cd .. && sc archive restore lab.tar --into again > /dev/null
      test $(find again/.sc/lfs/objects -type f | wc -l) -ge 2
      """)
    #expect(made.status == 0, "\(made.output) \(made.error)")
    // What another copy of the history has is missing here.
    let cloned = try await bench.shell(
      """
      sc clone --quiet .sc copy; rm -rf copy/.sc/lfs/objects
      sc --sc-dir copy/.sc archive create -o copy.tar --no-images; echo $?
      """)
    #expect(cloned.output == "1\n", "\(cloned.output) \(cloned.error)")
    for words in ["Dockerfile of image.build", "context.tar of image.build", "sc fetch --content"] {
      #expect(cloned.error.contains(words), "\(words): \(cloned.error)")
    }
  }

  @Test func whatComesOutOtherwiseIsNamed() async throws {
    let (bench, image) = try await laboratory()
    let made = try await bench.shell(
      """
      sc run --rm -o when.txt \(image) sh -c 'cat /proc/uptime > when.txt'
      sc archive create -o lab.tar.gz && sc archive restore lab.tar.gz --into again --load --run
      """)
    #expect(made.status == 1)
    #expect(made.output.contains("different  \(bench.folder.path)/again/when.txt"), "\(made.error)")
    #expect(made.output.contains("2 of 3 runs reproduced"))
  }

  @Test(arguments: ["tar.zst", "tar.gz", "tar", "zip"])
  func theSameGivesTheSameBytes(format: String) async throws {
    let (bench, _) = try await laboratory()
    let made = try await bench.shell(
      """
      set -e
      sc archive create -o one.\(format) > /dev/null
      sc gc
      umask 077; TZ=Asia/Tokyo sc archive create --json -o two.\(format) > two.json
      cmp one.\(format) two.\(format)
      sc archive verify one.\(format)
      sc archive diff one.\(format) two.\(format)
      sha256sum two.\(format)
      """)
    #expect(made.status == 0, "\(made.output) \(made.error)")
    #expect(made.output.contains("nothing was altered\nthe archives have the same\n"))
    let json = try JSONValue(
      parsing: Array(try await bench.shell("cat two.json").output.utf8))
    let digest = try #require(json["digest"]?.string?.dropFirst("sha256:".count))
    #expect(made.output.contains(digest))
    #expect(json["runs"] == 2 && json["images"] == 1)
  }

  @Test(.enabled(if: python != nil, "RDF_PYTHON names no Python with the tools of others"))
  func othersReadIt() async throws {
    let (bench, image) = try await laboratory()
    let contexts = Project.root.appending("templates/contexts")
    let script = Project.root.appending("Tests/CommandsTests/check_crate.py")
    let read = try await bench.shell(
      """
      set -e
      sc archive create -o lab.tar.zst > /dev/null
      sc archive create -o lab.zip > /dev/null
      bsdtar -tf lab.tar.zst | wc -l; tar -tf lab.tar.zst | wc -l; unzip -tq lab.zip
      tar -xf lab.tar.zst && cd archive-*
      sha256sum --check --quiet manifest-sha256.txt tagmanifest-sha256.txt
      \(Self.python ?? "python3") -m bagit --validate --quiet .
      GIT_LFS_SKIP_SMUDGE=1 git clone -q data/history/history.bundle clone
      git -C clone fsck --strict; git -C clone log --format=%s | head -n 1
      \(Self.python ?? "python3") \(script) \(contexts) data
      \(Self.python ?? "python3") - <<'END'
      import rdflib
      for name, form in (("jsonld", "json-ld"), ("trig", "trig")):
          data = rdflib.Dataset()
          data.parse(f"data/history/provenance.{name}", format=form)
          print(len(set(data.subjects(rdflib.RDF.type, rdflib.PROV.Bundle))))
      END
      docker image rm \(image) > /dev/null
      tar -C data/image -cf - . | docker load | tail -n 1; echo
      grep -A 20 'sc run --rm -i data.csv' README.md | sed '/^$/,$d; s/^    //' > run.sh
      sh run.sh > /dev/null; cmp sorted.txt $(find data/outputs -name sorted.txt) && echo alike
      """)
    #expect(read.status == 0, "\(read.output) \(read.error)")
    let lines = read.output.split(separator: "\n").map(String.init)
    try #require(lines.count == 10, "\(read.output) \(read.error)")
    #expect(lines[0] == lines[1] && lines[2].hasPrefix("No errors"))
    #expect(lines[3].hasPrefix("run "))
    #expect(lines[4...5].allSatisfy { $0.hasSuffix(" checks") })
    #expect(lines[6] == lines[7] && Int(lines[6]) ?? 0 >= 3)
    #expect(lines[8].hasPrefix("Loaded image") && lines[9] == "alike")
  }

  /// Forges an unpacked archive and its manifests alike: `forge CODE` has the index in `index`.
  private static let forge = """
    forge() {
      python3 - "$1" <<'END'
    import hashlib, json, os, sys
    index = json.load(open("data/archive.json"))
    exec(sys.argv[1])
    json.dump(index, open("data/archive.json", "w"))
    crate = json.load(open("data/ro-crate-metadata.json"))
    for entity in crate["@graph"]:
        path = "data/" + entity["@id"]
        if "sha256" in entity and os.path.isfile(path):
            data = open(path, "rb").read()
            entity["sha256"] = hashlib.sha256(data).hexdigest()
            entity["contentSize"] = str(len(data))
    json.dump(crate, open("data/ro-crate-metadata.json", "w"))
    END
      find data -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum > manifest-sha256.txt
      sed -i /Payload-Oxum/d bag-info.txt
      sha256sum README.md bag*.txt manifest-sha256.txt > tagmanifest-sha256.txt
      tar -C .. -cf ../$2 "${PWD##*/}"
    }

    """

  /// Who forges an archive can make its manifests and its index anew, and not its history.
  @Test(arguments: [
    "index['runs'][1]['outputs'][0]['digest'] = 'sha256:' + '0' * 64",
    "index['runs'][0]['inputs'][0]['hostPath'] = '/tmp/elsewhere/.bashrc'",
    "index['runs'][0]['inputs'][0]['containerPath'] = '/other'",
    "index['runs'][0]['image'] = 'sha256:' + '0' * 64",
    "index['runs'][0]['activity'] = 'urn:uuid:01a22d88-0000-7000-8000-000000000000'",
    "index['kept'][0]['role'] = 'archive'",
  ]) func anIndexIsHeldAgainstTheHistory(code: String) async throws {
    let (bench, _) = try await laboratory()
    let forged = try await bench.shell(
      Self.forge + """
        sc archive create -o lab.tar > /dev/null; tar -xf lab.tar; cd archive-*
        forge "\(code)" forged.tar; cd ..; mkdir target
        sc archive verify forged.tar; echo $?
        sc archive restore forged.tar --into target; echo $?
        ls -A target
        """)
    #expect(forged.output.hasSuffix("problem(s)\n1\n1\n"), "\(forged.output) \(forged.error)")
    #expect(forged.error.contains("data/archive.json"), "\(forged.error)")
  }

  /// Names that are one where case does not count, and a run without declared files.
  @Test func hasNamesThatDifferInCaseAndRunsWithoutFiles() async throws {
    let (bench, image) = try await laboratory()
    let made = try await bench.shell(
      """
      mkdir d; echo 1 > d/A.txt; echo 2 > d/a.txt
      sc run --rm -i d \(image) sh -c 'cat d/A.txt d/a.txt'
      sc archive create HEAD -o d.tar > /dev/null
      sc archive restore d.tar --into again --load --run > /dev/null; echo $?; cat again/d/A.txt again/d/a.txt
      sc run --rm -v /tmp:/x:ro \(image) ls -d /x
      sc archive create HEAD -o v.tar > /dev/null
      sc archive restore v.tar --into v --load --run; echo $?
      sc archive restore v.tar --into w --load --run --allow-host-access > /dev/null; echo $?
      """)
    #expect(made.output.contains("0\n1\n2\n"), "\(made.output) \(made.error)")
    #expect(made.output.hasSuffix("0 of 1 run reproduced\n1\n0\n"), "\(made.output) \(made.error)")
    #expect(made.error.contains("it would have the folder or file /tmp"), "\(made.error)")
  }

  /// A name that another image has stays with it.
  @Test func anImageTakesNoNameFromAnother() async throws {
    let (bench, image) = try await laboratory()
    let made = try await bench.shell(
      """
      id=$(docker image inspect --format '{{.Id}}' \(image))
      sc archive create -o lab.tar > /dev/null; docker image rm \(image) > /dev/null
      sc archive restore lab.tar --into again --load > /dev/null
      docker image inspect --format '{{.Id}}' \(image) | grep -c $id
      docker commit $(docker create \(image)) \(image) > /dev/null
      sc archive restore lab.tar --into again --load > /dev/null
      docker image inspect --format '{{.Id}}' \(image) | grep -c $id
      docker image inspect --format '{{.Id}}' $id | grep -c $id
      """)
    #expect(made.output.hasSuffix("1\n0\n1\n"), "\(made.output) \(made.error)")
    #expect(made.error.contains("without the name \(image), which is another image's"))
  }

  /// What a run had of its host, somebody else's archive does not get of this one.
  @Test func runsGetNothingOfTheHostUnasked() async throws {
    let (bench, image) = try await laboratory()
    let made = try await bench.shell(
      """
      secret=$(mktemp -d); trap 'rm -r $secret' EXIT; echo value > $secret/file; echo $secret
      sc run --rm -e API_TOKEN=t0k3n-V4lue -v "$secret:/s" --cap-add NET_ADMIN -o seen.txt \
        \(image) sh -c 'cat /s/file > seen.txt'
      sc archive create HEAD -o lab.tar > /dev/null
      export API_TOKEN=t0k3n-V4lue
      sc archive restore lab.tar --into again --load --run; echo $?
      ls again; cat seen.txt
      sc archive restore lab.tar --into other --load --run --allow-host-access; echo $?
      """)
    let path = made.output.prefix { $0 != "\n" }
    for words in ["the folder or file \(path)", "capabilities NET_ADMIN", "API_TOKEN of your env"] {
      #expect(made.error.contains(words), "\(words): \(made.error)")
    }
    #expect(made.output.contains("0 of 1 run reproduced\n1\nvalue\n"), "\(made.output)")
    #expect(made.output.hasSuffix("1 of 1 run reproduced\n0\n"), "\(made.output) \(made.error)")
  }

  /// Places that a stranger's archive must not reach: links, and files that git runs.
  @Test func nothingIsPlacedWhereGitOrALinkLeads() async throws {
    let (bench, image) = try await laboratory()
    let made = try await bench.shell(
      """
      mkdir -p project/.git/hooks; echo 'echo hooked' > project/.git/hooks/post-checkout
      mkdir -p data/in; echo 1 > data/in/one; echo 1 > data/in/two
      sc run --rm -i project -i data -o sum.txt \(image) \
        sh -c 'cat project/.git/hooks/post-checkout data/in/* > sum.txt'
      sc archive create HEAD -o lab.tar && tar -tf lab.tar | grep -c inputs/
      sc archive restore lab.tar --into again --load --run; echo $?
      find again -path again/.sc -prune -o -type f -print | sort
      mkdir -p target elsewhere; ln -s ../elsewhere target/data
      sc archive restore lab.tar --into target; echo $?; ls elsewhere
      """)
    #expect(
      made.output.hasSuffix(
        "again/data/in/one\nagain/data/in/two\nagain/sum.txt\n1\n"), "\(made.output) \(made.error)")
    #expect(made.output.contains("1 of 1 run reproduced\n0\n"), "\(made.output) \(made.error)")
    #expect(made.output.contains("\n2\n"), "\(made.output)")
    #expect(made.error.contains("not placed, because git would read it"))
    #expect(made.error.contains("target/data is a link"))
  }

  /// What is changed in an unpacked archive, and what is said of it.
  private static let changes = [
    ("rm $(find data/outputs -name count.txt)", "count.txt"),
    ("f=$(find data -name count.txt); echo x >> $f", "is not what"),
    ("rm data/history/provenance.trig", "provenance.trig"),
    ("echo x > data/more", "data/more"),
    ("sed -i s/Ada/Eve/ data/ro-crate-metadata.json", "ro-crate-metadata.json"),
    ("printf x | dd of=data/history/history.bundle bs=1 seek=600 conv=notrunc", "history"),
    ("echo x > README.md", "README.md"),
  ]

  @Test(arguments: changes) func whatWasAlteredIsNamed(change: (String, String)) async throws {
    let (bench, _) = try await laboratory()
    let altered = try await bench.shell(
      """
      set -e
      sc archive create -o lab.tar > /dev/null; tar -xf lab.tar; cd archive-*
      \(change.0)
      cd ..; tar -cf altered.tar archive-*; mkdir target
      sc archive verify altered.tar && exit 9
      sc archive restore altered.tar --into target && exit 9
      ls -A target
      """)
    #expect(altered.status == 0, "\(altered.output) \(altered.error)")
    #expect(altered.error.contains(change.1), "\(altered.error)")
    #expect(altered.output.hasSuffix("problem(s)\n"), "\(altered.output)")
  }

  /// Who alters a file can make its manifests anew, and not the images and the history.
  @Test func whatHasNewManifestsIsFoundBesides() async throws {
    let (bench, _) = try await laboratory()
    let altered = try await bench.shell(
      """
      set -e
      sc archive create -o lab.tar > /dev/null; tar -xf lab.tar; cd archive-*
      f=$(find data/outputs -name count.txt); echo 7 > $f
      l=$(find data/image -name '*.tar' -size -9 | head -n 1); printf x | dd of=$l bs=1 seek=5 conv=notrunc status=none
      find data -type f -printf '%p\\n' | sort | xargs sha256sum > manifest-sha256.txt
      sed -i '/manifest-sha256/d' tagmanifest-sha256.txt; sha256sum manifest-sha256.txt >> tagmanifest-sha256.txt
      cd ..; tar -cf altered.tar archive-*
      sc archive verify altered.tar
      """)
    #expect(altered.status == 1, "\(altered.output) \(altered.error)")
    #expect(altered.error.contains("is not what the run"))
    #expect(altered.error.contains("is not what data/ro-crate-metadata.json says"))
    #expect(altered.error.contains("is not the layer sha256:"))
  }

  /// Engines on containerd's store save layers as a registry had them.
  @Test(arguments: ["gzip -nc", "zstd -qc"])
  func layersMayBeCompressed(compressor: String) async throws {
    let (bench, _) = try await laboratory()
    let packed = try await bench.shell(
      Self.forge + """
        set -e
        sc archive create -o lab.tar > /dev/null; tar -xf lab.tar; cd archive-*
        for layer in $(find data/image -name '*.tar'); do
          \(compressor) < $layer > packed; mv packed $layer
        done
        forge pass packed.tar; sc archive verify ../packed.tar
        layer=$(find data/image -name '*.tar' | head -n 1)
        echo other | \(compressor) > $layer
        forge pass altered.tar; ! sc archive verify ../altered.tar
        """)
    #expect(packed.status == 0, "\(packed.output) \(packed.error)")
    #expect(packed.output.contains("nothing was altered"), "\(packed.output)")
    #expect(packed.error.contains("is not the layer sha256:"), "\(packed.error)")
  }

  private static let hostile = [
    ("tar -cPf h.tar --transform 's,lab/,lab/../,' lab", ".."),
    ("ln -s /etc lab/link; tar -cf h.tar lab", "link"),
    ("mkfifo lab/pipe; tar -cf h.tar lab", "pipe"),
    ("touch lab/README.TXT lab/readme.txt; tar -cf h.tar lab", "readme.txt"),
    ("mkdir -p lab/.git/hooks; touch lab/.git/hooks/x; tar -cf h.tar lab", ".git"),
    ("touch \"lab/$(printf 'a\\033[2Jb')\"; tar -cf h.tar lab", "a"),
    ("chmod u+s lab/file; tar -cf h.tar lab", "file"),
    ("tar -cf h.tar lab lab/file", "file"),
    ("tar -cf - lab | head -c 700 > h.tar", "h.tar"),
    ("head -c 300M /dev/zero > lab/zero; tar -cf - lab | zstd -q > h.tar", "1000 times"),
  ]

  @Test(arguments: hostile) func nothingComesOfAHostileOne(archive: (String, String)) async throws {
    let bench = try await Workbench()
    let result = try await bench.shell(
      """
      mkdir -p lab target; echo bagit > lab/file
      \(archive.0)
      sc archive verify h.tar; echo "verify $?"
      sc archive restore h.tar --into target; echo "restore $?"; ls -A target
      """)
    #expect(result.output == "verify 1\nrestore 1\n", "\(result.output)")
    #expect(result.error.contains(archive.1), "\(result.error)")
    #expect(!result.error.contains("\u{1B}"))
  }

  @Test(arguments: ["--max-files", "--max-size", "--max-ratio"])
  func aLimitIsNotNegative(limit: String) async throws {
    let bench = try await Workbench()
    for command in ["verify", "list", "restore"] {
      let result = try await bench.sc("archive", command, "\(limit)=-1", "nosuch.zip")
      #expect(result.status == 2 && result.error.contains("\(limit) -1: it is no limit"))
    }
  }

  @Test func saysWhatIsMissing() async throws {
    let (bench, _) = try await laboratory()
    let result = try await bench.shell(
      """
      rm count.txt; echo changed > data.csv
      sc archive create -o lab.tar; echo $?
      ls *.tar
      sc archive create --allow-missing -o lab.tar > /dev/null; echo $?
      sc archive create -o lab.tar; echo $?
      sc archive create -o lab.rar; echo $?
      sc archive create -o nowhere/lab.tar --allow-missing; echo $?
      sc archive create nosuch -o other.tar; echo $?
      sc archive verify nosuch.tar; echo $?
      sc archive verify data.csv; echo $?
      """)
    #expect(result.output == "1\n0\n2\n1\n1\n1\n1\n1\n", "\(result.output) \(result.error)")
    for words in [
      "count.txt, ", "data.csv", "already exists", ".tar.zst, .tar.gz, .tar, .zip", "nosuch",
    ] {
      #expect(result.error.contains(words), "\(words): \(result.error)")
    }
  }

  @Test func saysWhereNothingCanBePlaced() async throws {
    let (bench, _) = try await laboratory()
    let result = try await bench.shell(
      """
      set -e
      sc archive create --no-images -o lab.tar; touch file
      sc archive restore lab.tar --into file
      """)
    #expect(result.status == 1 && result.error.contains("/file cannot be written to"))
    #expect(result.error.contains("--into") && !result.error.contains("outputs still"))
  }

  @Test func aKilledOneLeavesNothing() async throws {
    let (bench, image) = try await laboratory()
    let result = try await bench.shell(
      """
      sc run --rm -o big \(image) sh -c 'dd if=/dev/urandom of=big bs=1048576 count=64 2>/dev/null'
      for delay in 0.05 0.2 0.5; do
        sc archive create -o lab.tar.zst & sleep $delay; kill -9 $! 2>/dev/null; wait $!
        ls -A | grep -v -e '^\\.sc$' | grep -e lab -e spool
        rm -f lab.tar.zst
      done
      sc archive create -o lab.tar.zst && sc archive verify lab.tar.zst
      """)
    #expect(result.status == 0, "\(result.error)")
    #expect(
      result.output.split(separator: "\n").allSatisfy {
        !$0.contains("partial") && !$0.contains("spool")
      })
    #expect(result.output.hasSuffix("nothing was altered\n"))
  }
}
