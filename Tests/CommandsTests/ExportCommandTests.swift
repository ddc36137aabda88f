import Foundation
import TestSupport
import Testing

/// `sc export` and `sc show --format`.
@Suite(.enabled(if: TestEngine.isAvailable, "no container engine can be started here"))
struct ExportCommandTests {
  private static let python = ProcessInfo.processInfo.environment["RDF_PYTHON"]

  /// Three activities, and a commit of settings.
  private func makeHistory() async throws -> (bench: Workbench, name: String) {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    let name = Workbench.name("exported")
    let label = #"note=é \ "quoted" <x> $'\n'"#
    try await bench.check(
      "container", "create", "--name", name, "-l", label, engine.image(), "true")
    try await bench.check("config", "set", "agent.name", "Ada")
    try await bench.check("container", "rename", name, name + "-2")
    try await bench.check("container", "rm", name + "-2")
    return (bench, name)
  }

  @Test func everyActivityIsABundle() async throws {
    let (bench, name) = try await makeHistory()
    for format in ["trig", "nquads", "jsonld", "expanded"] {
      let text = try await bench.check("export", "--format", format)
      #expect(text.components(separatedBy: "Bundle").count - 1 == 3, "\(format)")
    }
    let range = try await bench.check("export", "HEAD~1..HEAD", "--format=nquads")
    #expect(range.components(separatedBy: "prov#Bundle").count - 1 == 1)
    #expect(try await bench.check("log", "..HEAD~1") == "")
    let symmetric = try await bench.sc("log", "HEAD~1...HEAD")
    #expect(symmetric.status == 2 && symmetric.error.contains("write A..B"))
    let operation = try await bench.check("export", "--operation", "container.create")
    #expect(operation.contains("POST") && operation.components(separatedBy: "Bundle").count == 2)
    #expect(try await bench.check("export", name, "--format", "turtle").contains("prov:Activity"))
    #expect(try await bench.check("export", "-n", "0", "--format", "nquads") == "")
    let missing = try await bench.sc("export", "nosuch")
    #expect(missing.status == 1 && missing.error.contains("\"nosuch\" is no revision"))
  }

  @Test func endsAtTheSecondSignalWhereNobodyReads() async throws {
    let (bench, _) = try await makeHistory()
    let result = try await bench.shell(
      """
      mkfifo p; sleep 60 <p & reader=$!
      sc export --format nquads >p & writer=$!
      sleep 2; kill $writer; sleep 0.5; kill $writer; wait $writer; echo $?; kill $reader
      """)
    #expect(result.output == "143\n", "\(result.error)")
  }

  @Test(.enabled(if: python != nil, "RDF_PYTHON names no Python with rdflib"))
  func othersReadWhatIsExported() async throws {
    let (bench, _) = try await makeHistory()
    let names = ["trig": "trig", "nquads": "nquads", "jsonld": "json-ld", "turtle": "turtle"]
    let program = """
      import rdflib, sys
      from rdflib.compare import to_canonical_graph
      d = rdflib.Dataset(); d.parse(data=sys.stdin.read(), format=sys.argv[1])
      bundles = {str(s) for s, _, _, _ in d.quads((None, rdflib.RDF.type, rdflib.PROV.Bundle, None))}
      graphs = {str(g.identifier): g for g in d.graphs() if len(g)}
      for name, graph in sorted(graphs.items()):
          if name in bundles or sys.argv[1] == "turtle":
              print(len(graph))
      """
    var counts: [String: [Int]] = [:]
    for (format, name) in names {
      let text = try await bench.check("export", "--format", format)
      let output = try await Command.check(
        [try #require(Self.python), "-c", program, name], input: text.utf8)
      counts[format] = output.split(separator: "\n").compactMap { Int($0) }
    }
    #expect(counts["trig"]?.count == 3 && counts["turtle"]?.count == 1)
    #expect(counts["trig"] == counts["nquads"] && counts["trig"] == counts["jsonld"])
    #expect(counts["trig"]?.allSatisfy { $0 > 40 } == true)
  }

  @Test func showsAnActivityInEveryForm() async throws {
    let (bench, _) = try await makeHistory()
    let lines = try await bench.check("show", "--format", "nquads").split(separator: "\n")
    #expect(
      lines.count > 40
        && lines == lines.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
    #expect(lines.contains { $0.hasPrefix("_:c14n0 ") })
    #expect(try await bench.check("show", "--format", "turtle").hasPrefix("@prefix "))
    #expect(try await bench.check("show", "--format", "trig").contains(" {\n"))
    #expect(try await bench.check("show", "--format", "expanded").hasPrefix("["))
    let document = try await bench.check("show", "--json")
    #expect(try await bench.check("show", "--format", "jsonld") == document)
    let settings = try await bench.sc("show", "HEAD~2", "--format", "turtle")
    #expect(settings.status == 1 && settings.error.contains("records no activity"))
    let unknown = try await bench.sc("show", "--format", "xml")
    #expect(unknown.status == 2 && unknown.error.contains("turtle"))
  }

  /// A document that is none, in a history that somebody else has written to.
  @Test func namesTheActivityThatIsNoLinkedData() async throws {
    let (bench, _) = try await makeHistory()
    let damaged = try await bench.shell(
      """
      set -e
      export GIT_DIR=.sc GIT_INDEX_FILE=$PWD/index GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x
      export GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x
      git read-tree main
      path=$(git diff-tree --root --no-commit-id --name-only -r main | grep jsonld$)
      blob=$(git show main:$path | sed 's/"prov:used": /"prov:used": {"@id": 3}, "x": /' |
        git hash-object -w --stdin)
      git update-index --cacheinfo 100644,$blob,$path
      commit=$(git log -1 --format=%B main | git commit-tree $(git write-tree) -p main~1)
      git update-ref refs/heads/main $commit
      """)
    #expect(damaged.status == 0, "\(damaged.error)")
    // Of all else nothing is missing.
    for (format, bundles) in [("trig", 3), ("nquads", 3), ("jsonld", 3), ("turtle", 0)] {
      let export = try await bench.sc("export", "--format", format)
      #expect(export.status == 14)
      #expect(
        export.error.contains("invalid IRI mapping at /@context/prov:used/@id"), "\(export.error)")
      #expect(export.error.contains("an activity is no linked data: urn:uuid:"))
      #expect(export.output.contains("container.create"), "\(format): \(export.output)")
      #expect(export.output.components(separatedBy: "Bundle").count - 1 == bundles, "\(format)")
      if format == "jsonld" { _ = try JSONSerialization.jsonObject(with: Data(export.output.utf8)) }
    }
    // What the hint says shows it.
    let hint = try await bench.sc("export").error.split(separator: "\n").last ?? ""
    let words = hint.split(separator: " ").map(String.init)
    let start = try #require(words.firstIndex(of: "git"), "\(hint)")
    let shown = try await bench.run(Array(words[start..<start + 5]))
    #expect(shown.output.contains(#"prov:used": {"@id": 3}"#), "\(shown)")
  }
}
