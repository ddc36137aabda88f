import Foundation
import SmartContainers
import TestSupport
import Testing

struct LineageCommandTests {
  /// 1 makes a of what nobody describes, 2 and 3 make b and c of it, and 4 makes d of both.
  private func diamond() async throws -> Workbench {
    let bench = try await Workbench()
    func made(_ name: String, _ number: Int) -> String {
      """
      {"@id":"urn:\(name)","@type":["prov:Entity","ce:File"],"rdfs:label":"\(name).csv",\
      "prov:wasGeneratedBy":"\(Workbench.iri(number))"}
      """
    }
    try await bench.add(documents: [
      1: Workbench.document(1, #""prov:used":"urn:nowhere""#, made("a", 1)),
      2: Workbench.document(2, #""prov:used":"urn:a""#, made("b", 2)),
      3: Workbench.document(3, #""prov:used":"urn:a","ca:outcome":"ca:failed""#, made("c", 3)),
      4: Workbench.document(4, #""prov:used":["urn:b","urn:c"]"#, made("d", 4)),
    ])
    return bench
  }

  private func line(_ number: Int, _ mark: String = "") -> String {
    let id = Workbench.iri(number).dropFirst(9).prefix(13)
    return "step\(number)\(mark) by Ada Lovelace at 2026-11-23T19:05:0\(number).000Z \(id)"
  }

  @Test func drawsATreeAndRefersToWhatItHas() async throws {
    let bench = try await diamond()
    let result = try await bench.sc("lineage", Workbench.iri(4))
    #expect(result.status == 0 && result.error == "")
    #expect(
      result.output == """
        \(line(4))
        ├─ file b.csv
        │  └─ \(line(2))
        │     └─ file a.csv
        │        └─ \(line(1))
        │           └─ urn:nowhere [not in this history]
        └─ file c.csv
           └─ \(line(3, " (failed)"))
              └─ file a.csv [above]

        """)
    #expect(
      try await bench.check("lineage", "--depth", "2", String(Workbench.iri(4).dropFirst(9)))
        == """
        \(line(4))
        ├─ file b.csv
        │  └─ \(line(2)) […]
        └─ file c.csv
           └─ \(line(3, " (failed)")) […]

        """)
    #expect(
      try await bench.check("lineage", "--forward", "--depth=3", Workbench.iri(1)) == """
        \(line(1))
        └─ file a.csv
           ├─ \(line(2))
           │  └─ file b.csv […]
           └─ \(line(3, " (failed)"))
              └─ file c.csv […]

        """)
  }

  @Test func cyclesAreShownAsSuch() async throws {
    let bench = try await Workbench()
    try await bench.add(documents: [
      1: Workbench.document(
        1, #""prov:used":"urn:a""#,
        #"{"@id":"urn:a","@type":"ce:File","rdfs:label":"a","prov:wasGeneratedBy":"\#(Workbench.iri(1))"}"#
      )
    ])
    #expect(
      try await bench.check("lineage", Workbench.iri(1)) == """
        \(line(1))
        └─ file a
           └─ \(line(1)) [a cycle: above]

        """)
  }

  @Test func writesJSONThatDoesNotChange() async throws {
    let bench = try await diamond()
    let json = try await bench.json("lineage", "--json", Workbench.iri(2))
    #expect(json == (try await bench.json("lineage", "--format", "json", Workbench.iri(2))))
    #expect(json["subject"]?.string == Workbench.iri(2) && json["direction"] == "backward")
    #expect(
      json["edges"] == [
        ["from": .string(Workbench.iri(2)), "to": "urn:a", "relation": "used"],
        ["from": "urn:a", "to": .string(Workbench.iri(1)), "relation": "wasGeneratedBy"],
        ["from": .string(Workbench.iri(1)), "to": "urn:nowhere", "relation": "used"],
      ])
    let nodes = try #require(json["nodes"]?.array)
    #expect(nodes.count == 4)
    #expect(
      nodes.contains(["iri": "urn:a", "kind": "file", "label": "a.csv", "status": "recorded"]))
    #expect(
      nodes.contains([
        "iri": "urn:nowhere", "kind": "thing", "label": "urn:nowhere", "status": "missing",
      ]))
    #expect(
      nodes.contains([
        "iri": .string(Workbench.iri(2)), "kind": "activity", "label": "step2",
        "operation": "step2", "outcome": "succeeded", "people": ["Ada Lovelace"],
        "startedAt": "2026-11-23T19:05:02.000Z", "status": "recorded",
      ]))
    #expect(json["unreadable"] == [])
  }

  /// What Graphviz draws, where it is installed; what its language wants, everywhere.
  @Test func writesWhatGraphvizReads() async throws {
    let bench = try await diamond()
    let name = #"q\"uote\\ \u001b[31m\nline ]; x"#
    try await bench.add(documents: [
      5: Workbench.document(
        5, #""prov:used":["urn:d","urn:odd"]"#,
        #"{"@id":"urn:odd","@type":"ce:File","rdfs:label":"\#(name)"}"#)
    ])
    let text = try await bench.check("lineage", "--format", "dot", Workbench.iri(5))
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
    var lines = text.split(separator: "\n").map(String.init)
    #expect(lines.removeFirst() == "digraph lineage {" && lines.removeLast() == "}")
    let string = /"(?:[^"\\\n]|\\.)*"/
    // What is left without its strings is names, numbers and signs.
    for line in lines {
      let rest = line.replacing(string, with: "S")
      let node = /\s+n\d+ \[label=S tooltip=S shape=(ellipse|box)( style=dashed)?( penwidth=2)?\]/
      let edge = /\s+n\d+ -> n\d+ \[label=S\]/
      #expect(
        rest.wholeMatch(of: node) != nil || rest.wholeMatch(of: edge) != nil
          || ["  rankdir=RL", "  node [fontname=S]"].contains(rest), "\(line)")
    }
    #expect(lines.filter { $0.contains(" -> ") }.count == 11)
    #expect(text.contains(#"q\"uote\\ \\e[31m\\nline ]; x"#), "\(text)")
    let drawn = try? await bench.run(["dot", "-Tplain"], input: text)
    if let drawn, drawn.status != 127 {
      #expect(drawn.status == 0 && drawn.error == "", "\(drawn.error)")
      #expect(drawn.lines.filter { $0.hasPrefix("edge ") }.count == 11)
    }
  }

  @Test func controlCharactersStayInTheHistory() async throws {
    let bench = try await Workbench()
    let evil = #"\u001b[2J\u202e\r\n"#
    try await bench.add(documents: [
      1: Workbench.document(
        1,
        #""prov:used":["urn:e","urn:\#(evil)"],"prov:qualifiedUsage":{"prov:entity":"urn:e","prov:atLocation":"\#(evil)"}"#,
        #"{"@id":"urn:e","@type":"ce:File","rdfs:label":"\#(evil)"}"#,
        #"{"@id":"\#(Workbench.iri(1))#plan","ca:commandLine":["sc","\#(evil)"]}"#),
      2: "{\"\\u001b\": \u{1B}[2J",
    ])
    for arguments in [[], ["--json"], ["--format", "dot"], ["--forward"]] {
      let result = try await bench.run(
        [try Project.executable("sc").string, "lineage", Workbench.iri(1)] + arguments)
      #expect(result.status == 0)
      #expect(
        result.output.unicodeScalars.allSatisfy {
          $0 == "\n"
            || $0.value >= 0x20 && $0.properties.generalCategory != .format
              && $0.properties.generalCategory != .control
        }, "\(arguments)")
      #expect(!result.output.isEmpty)
    }
    let missing = try await bench.sc("lineage", "\u{1B}[2J")
    #expect(missing.status == 1 && !missing.error.contains("\u{1B}"))
  }

  @Test func whatCannotBeReadIsTold() async throws {
    let bench = try await diamond()
    try await bench.add(documents: [7: "{", 8: "[]"])
    let tree = try await bench.check("lineage", Workbench.iri(1))
    #expect(tree.contains("\n2 activities cannot be read, so that something may be missing:\n"))
    for number in [7, 8] { #expect(tree.contains("\n  \(Workbench.iri(number)): ")) }
    let json = try await bench.json("lineage", "--json", Workbench.iri(1))
    #expect(json["unreadable"]?.array?.count == 2)
    #expect(
      try await bench.check("lineage", Workbench.iri(7)).contains("[cannot be read: "))
  }

  @Test func badInputSaysWhatToDo() async throws {
    let bench = try await diamond()
    try bench.folder.write("what nobody recorded\n", to: "new.csv")
    try bench.folder.write("x", to: "folder/x")
    for (subject, words) in [
      ("new.csv", "nothing is recorded of"), ("./new.csv", "nothing is recorded of"),
      ("nosuch", "is no file here, and no container"), ("./nosuch.csv", "there is no file"),
      ("folder", "is a folder of which nothing is recorded"), ("/dev/null", "neither a file"),
      ("01010101-aaaa", "is no file here"), ("HEAD", "records no activity"),
    ] {
      let result = try await bench.sc("lineage", subject)
      #expect(result.status == 1 && result.output == "", "\(subject)")
      #expect(result.error.hasPrefix("sc: ") && result.error.contains(words), "\(result.error)")
      #expect(result.error.split(separator: "\n").count == 2, "\(result.error)")
    }
    for arguments in [
      [], ["a", "b"], ["--depth", "-1", "a"], ["--depth", "x", "a"], ["--format", "xml", "a"], [""],
    ] {
      let result = try await bench.run(
        [try Project.executable("sc").string, "lineage"] + arguments)
      #expect(result.status == 2 && !result.error.isEmpty, "\(arguments)")
    }
    try FileManager.default.removeItem(atPath: bench.history.string)
    let none = try await bench.sc("--sc-dir", "nowhere", "lineage", "new.csv")
    #expect(none.status == 10, "\(none.error)")
  }

  @Test func anEmptyHistoryHasNothing() async throws {
    let bench = try await Workbench()
    let result = try await bench.sc("lineage", "web")
    #expect(result.status == 1 && result.error.contains("is no file here"))
  }

  @Test(.enabled(if: TestEngine.isAvailable))
  func tellsACopyFromWhatItWasMadeOf() async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    let image = try await engine.image("copies")
    try bench.folder.write("A\n", to: "in")
    try bench.folder.write("A\n", to: "same")
    try await bench.check(
      "run", "--rm", "-i", "in", "-i", "same", "-o", "out", image, "cp", "in", "out")
    let folder = bench.folder.path.string
    let show = try await bench.check("show")
    for name in ["in", "same"] {
      #expect(show.contains("Used:       input \(folder)/\(name) sha256:"), "\(show)")
    }
    #expect(show.contains("Made:       output \(folder)/out sha256:"), "\(show)")
    let tree = try await bench.check("lineage", "out")
    #expect(tree.hasPrefix("file \(folder)/out ("), "\(tree)")
    #expect(tree.contains(":\(folder)/in ") && tree.contains(":\(folder)/same "), "\(tree)")
  }

  /// From the file that a container gave back to the image that the container is of.
  @Test(.enabled(if: TestEngine.isAvailable))
  func tellsWhereAResultCameFrom() async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    let image = try await engine.image("lineage")
    let web = Workbench.name("web")
    try await bench.check("config", "set", "agent.name", "Ada Lovelace")
    let id = try await bench.check("container", "create", "--name", web, image, "sleep", "600")
    for _ in 0..<2 {
      try await bench.check("container", "start", web)
      try await bench.check("container", "stop", "-t", "0", web)
    }
    try bench.folder.write("1,2\n", to: "data.csv")
    try await bench.check("container", "cp", "data.csv", "\(web):/tmp/")
    try await bench.check("container", "export", "-o", "all.tar", web)
    try await bench.check("container", "start", web)
    let tree = try await bench.check("lineage", "all.tar")
    let lines = tree.split(separator: "\n").map(String.init)
    let short = id.prefix(12)
    #expect(lines.count == 7, "\(tree)")
    #expect(lines[0].hasPrefix("archive all.tar (") || lines[0].hasPrefix("archive "), "\(tree)")
    #expect(lines[1].contains("└─ container.export by Ada Lovelace at "))
    #expect(lines[2] == "   └─ container \(web) (\(short)), also: start ×2, stop ×2")
    #expect(lines[3].contains("      ├─ container.copyIn by Ada Lovelace"))
    #expect(lines[4].contains("      │  └─ archive"))
    #expect(lines[5].contains("      └─ container.create by Ada Lovelace"))
    #expect(lines[6].hasPrefix("         └─ image \(image) ("))
    #expect(lines[6].hasSuffix(" [its origin is not recorded]"))
    let forward = try await bench.sc("lineage", "--forward", "data.csv")
    #expect(forward.error.contains("was recorded as the archive that it was packed into"))
    #expect(forward.output.contains("container.export by Ada Lovelace"))
    try await bench.check("container", "rm", "-f", web)
  }
}
