import Canonical
import Foundation
import History
import Provenance
import TestSupport
import Testing

@testable import SmartContainers

/// Lineages of documents that no recorder would write, or not yet.
struct HandMadeLineageTests {
  private typealias Hand = HandMadeHistory

  /// Short names for the IRIs of the first activities.
  private let names = Dictionary(
    uniqueKeysWithValues: (0..<10).map { (HandMadeHistory.iri($0), "\($0)") })

  private func lineage(
    _ history: HandMadeHistory, _ word: String,
    _ direction: LineageGraph.Direction = .backward, depth: Int? = nil
  ) async throws -> LineageGraph {
    try await history.reader().lineage(
      of: LineageSubject(word: word), direction, depth: depth)
  }

  /// 0 makes a; 1 and 2 make b and c of it, 3 makes d of both.
  private func diamond() throws -> HandMadeHistory {
    var history = try Hand()
    try history.add(0, [:], Hand.made("urn:a", by: 0))
    try history.add(1, ["prov:used": "urn:a"], Hand.made("urn:b", by: 1))
    try history.add(2, ["prov:used": ["@id": "urn:a"]], Hand.made("urn:c", by: 2))
    try history.add(3, ["prov:used": ["urn:b", "urn:c"]], Hand.made("urn:d", by: 3))
    return history
  }

  @Test func aDiamondHasEachEdgeOnce() async throws {
    let history = try diamond()
    let back = try await lineage(history, Hand.iri(3))
    let edges: Set = [
      "3 used urn:b", "3 used urn:c", "urn:b wasGeneratedBy 1", "urn:c wasGeneratedBy 2",
      "1 used urn:a", "2 used urn:a", "urn:a wasGeneratedBy 0",
    ]
    #expect(back.edges(naming: names) == edges)
    #expect(back.edges.count == edges.count && back.subject == Hand.iri(3))
    #expect(back.nodes.values.allSatisfy { $0.status == .recorded })
    let forward = try await lineage(history, Hand.iri(0), .forward)
    #expect(forward.edges(naming: names) == edges.union(["urn:d wasGeneratedBy 3"]))
    #expect(forward.onward[Hand.iri(3)]?.map(forward.target) == ["urn:d"])
  }

  @Test func goesNoFurtherThanAsked() async throws {
    let history = try diamond()
    let two = try await lineage(history, Hand.iri(3), depth: 2)
    #expect(
      two.edges(naming: names) == [
        "3 used urn:b", "3 used urn:c", "urn:b wasGeneratedBy 1", "urn:c wasGeneratedBy 2",
      ])
    #expect(
      two.nodes.values.filter { $0.isCut }.map { $0.iri }.sorted() == [Hand.iri(1), Hand.iri(2)])
    let none = try await lineage(history, Hand.iri(3), depth: 0)
    #expect(none.edges.isEmpty && none.nodes[Hand.iri(3)]?.isCut == true)
    let all = try await lineage(history, Hand.iri(3), depth: 6)
    #expect(all.nodes.values.filter { $0.isCut }.isEmpty)
  }

  @Test func cyclesEnd() async throws {
    var history = try Hand()
    try history.add(0, ["prov:used": "urn:b"], Hand.made("urn:a", by: 0))
    try history.add(1, ["prov:used": "urn:a"], Hand.made("urn:b", by: 1))
    // In place: what went in came out as it was.
    try history.add(2, ["prov:used": ["urn:b", "urn:x"]], Hand.made("urn:x", by: 2))
    try history.add(3, ["prov:wasInformedBy": .string(Hand.iri(4))])
    try history.add(4, ["prov:wasInformedBy": .string(Hand.iri(3))])
    let edges = try await lineage(history, Hand.iri(2)).edges(naming: names)
    #expect(
      edges == [
        "2 used urn:b", "2 used urn:x", "urn:x wasGeneratedBy 2", "urn:b wasGeneratedBy 1",
        "1 used urn:a", "urn:a wasGeneratedBy 0", "0 used urn:b",
      ])
    for direction in LineageGraph.Direction.allCases {
      let informed = try await lineage(history, Hand.iri(3), direction)
      #expect(informed.edges(naming: names) == ["3 wasInformedBy 4", "4 wasInformedBy 3"])
    }
    try history.add(
      5, [:], ["@id": "urn:p", "prov:wasDerivedFrom": "urn:q"],
      ["@id": "urn:q", "prov:wasRevisionOf": "urn:p"],
      Hand.made("urn:r", by: 5, ["prov:hadPrimarySource": "urn:p"]))
    try history.add(6, ["prov:used": "urn:r"])
    #expect(
      try await lineage(history, Hand.iri(6)).edges(naming: names) == [
        "6 used urn:r", "urn:r wasGeneratedBy 5", "urn:r hadPrimarySource urn:p",
        "urn:p wasDerivedFrom urn:q", "urn:q wasRevisionOf urn:p",
      ])
  }

  @Test func tellsWhatIsNotThere() async throws {
    var history = try Hand()
    try history.add(
      1, ["prov:used": ["urn:nowhere", "urn:a"], "prov:wasInformedBy": .string(Hand.iri(9))],
      ["@id": "urn:a", "@type": "prov:Entity", "prov:wasGeneratedBy": .string(Hand.iri(8))])
    let graph = try await lineage(history, Hand.iri(1))
    #expect(
      graph.edges(naming: names) == [
        "1 used urn:nowhere", "1 used urn:a", "1 wasInformedBy 9", "urn:a wasGeneratedBy 8",
      ])
    #expect(graph.nodes["urn:nowhere"]?.status == .missing)
    #expect(graph.nodes["urn:a"]?.status == .recorded)
    for number: Int64 in [8, 9] {
      #expect(graph.nodes[Hand.iri(number)]?.status == .missing)
      #expect(graph.nodes[Hand.iri(number)]?.kind == "activity")
    }
  }

  @Test func whatCannotBeReadIsShownAndNotFatal() async throws {
    var history = try Hand()
    try history.add(1, [:], Hand.made("urn:a", by: 1))
    try history.add(2, bytes: Array("{\"@graph\": [".utf8))
    try history.add(3, bytes: Array("{}".utf8))
    try history.add(4, bytes: Array(#"{"@id":"urn:x","@type":"prov:Activity","prov:used":3}"#.utf8))
    try history.add(
      5, ["prov:used": ["urn:a", "urn:b"]],
      ["@id": "urn:b", "prov:wasGeneratedBy": .string(Hand.iri(2))])
    let graph = try await lineage(history, Hand.iri(5))
    #expect(
      graph.edges(naming: names) == [
        "5 used urn:a", "5 used urn:b", "urn:a wasGeneratedBy 1", "urn:b wasGeneratedBy 2",
      ])
    #expect(graph.unreadable.map(\.activity) == [2, 3, 4].map { Hand.iri($0) })
    #expect(graph.unreadable.allSatisfy { !$0.reason.isEmpty })
    guard case .unreadable = graph.nodes[Hand.iri(2)]?.status else {
      Issue.record("what cannot be read is not said to be so")
      return
    }
    // It can be asked for, too.
    let itself = try await lineage(history, Hand.iri(3))
    #expect(itself.edges.isEmpty && itself.nodes[Hand.iri(3)]?.status != .recorded)
  }

  /// A wrong type where only the reader of whole documents looks.
  @Test func whatIsFoundToBeNoRecordLaterIsShownToo() async throws {
    var history = try Hand()
    try history.add(1, ["ca:exitCode": "much"], Hand.made("urn:a", by: 1))
    try history.add(2, ["prov:used": "urn:a"])
    let graph = try await lineage(history, Hand.iri(2))
    #expect(graph.edges(naming: names) == ["2 used urn:a"])
    #expect(graph.unreadable.map(\.activity) == [Hand.iri(1)])
  }

  /// Files of declared folders: 1 makes a folder of two files, of which 2 takes one, and 3 takes a
  /// folder that has one of those.
  @Test func foldersAreFollowedToTheirMembers() async throws {
    var history = try Hand()
    let made = Hand.made(
      "urn:out", by: 1, ["@type": "prov:Collection", "prov:hadMember": ["urn:f", "urn:g"]])
    try history.add(1, [:], made)
    try history.add(2, ["prov:used": "urn:f"], Hand.made("urn:h", by: 2))
    try history.add(
      3, ["prov:used": "urn:in"],
      ["@id": "urn:in", "@type": "prov:Collection", "prov:hadMember": ["urn:g", "urn:new"]])
    #expect(
      try await lineage(history, Hand.iri(2)).edges(naming: names) == [
        "2 used urn:f", "urn:f isMemberOf urn:out", "urn:out wasGeneratedBy 1",
      ])
    #expect(
      try await lineage(history, Hand.iri(3)).edges(naming: names) == [
        "3 used urn:in", "urn:in hadMember urn:g", "urn:in hadMember urn:new",
        "urn:g isMemberOf urn:out", "urn:out wasGeneratedBy 1",
      ])
    #expect(
      try await lineage(history, Hand.iri(1), .forward).edges(naming: names) == [
        "urn:out wasGeneratedBy 1", "urn:f isMemberOf urn:out", "urn:g isMemberOf urn:out",
        "2 used urn:f", "urn:h wasGeneratedBy 2", "urn:in hadMember urn:g", "3 used urn:in",
      ])
  }

  @Test func theNewestMakersOfTheSameBytesAreFollowed() async throws {
    var history = try Hand()
    for number: Int64 in 1...30 { try history.add(number, [:], Hand.made("urn:same", by: number)) }
    try history.add(31, ["prov:used": "urn:same"])
    let graph = try await lineage(history, Hand.iri(31))
    let makers = graph.edges.filter { $0.relation == .wasGeneratedBy }.map(\.to)
    #expect(makers == (11...30).reversed().map { Hand.iri($0) })
    #expect(graph.nodes["urn:same"]?.omitted == 10)
  }

  @Test func theNewestUsersOfTheSameBytesAreFollowed() async throws {
    var history = try Hand()
    try history.add(0, [:], Hand.made("urn:same", by: 0))
    for number: Int64 in 1...90 { try history.add(number, ["prov:used": "urn:same"]) }
    let graph = try await lineage(history, Hand.iri(0), .forward)
    let users = graph.edges.filter { $0.relation == .used }.map(\.from)
    #expect(users == (71...90).map { Hand.iri($0) })
    #expect(graph.nodes["urn:same"]?.omitted == 70)
    #expect(graph.nodes.count == 22)
  }

  @Test func theNewestOfThoseThatCameAfterAreFollowed() async throws {
    var history = try Hand()
    try history.add(0)
    for number: Int64 in 1...30 {
      try history.add(number, ["prov:wasInformedBy": .string(Hand.iri(0))])
    }
    let graph = try await lineage(history, Hand.iri(0), .forward)
    #expect(graph.edges.map(\.from) == (11...30).map { Hand.iri($0) })
    #expect(graph.nodes[Hand.iri(0)]?.omitted == 10)
  }

  @Test func whatIsEmptyHasNoOrigin() async throws {
    var history = try Hand()
    let empty = IRI.named(by: SHA256Digest(of: []))
    try history.add(1, [:], Hand.made(empty, by: 1, ["@type": "ce:StandardError"]))
    try history.add(2, ["prov:used": .string(empty)])
    let graph = try await lineage(history, Hand.iri(2))
    #expect(graph.edges.map(\.to) == [empty])
    #expect(graph.nodes[empty]?.isEmpty == true)
    let file = try history.folder.write("", to: "empty.txt")
    await #expect(throws: SmartContainersError.self) {
      try await history.reader().lineage(
        of: LineageSubject(word: "empty.txt", file: try await .look(at: file)))
    }
  }

  @Test func findsAFileByItsBytesElseByItsPath() async throws {
    var history = try Hand()
    let file = try history.folder.write("1,2\n", to: "a.csv")
    let iri = IRI.named(by: SHA256Digest(of: "1,2\n".utf8))
    try history.add(
      1, [:],
      Hand.made(
        iri, by: 1,
        [
          "@type": ["prov:Entity", "ce:File"], "rdfs:label": .string(file.string),
          "prov:atLocation": "urn:place",
        ]),
      ["@id": "urn:place", "@type": "prov:Location", "ce:path": .string(file.string)])
    let reader = try await history.reader()
    let other = try history.folder.write("1,2\n", to: "moved/b.csv")
    for path in [file, other] {
      let graph = try await reader.lineage(
        of: LineageSubject(word: path.string, file: try await .look(at: path), isPath: true))
      #expect(graph.edges(naming: names) == ["\(iri) wasGeneratedBy 1"])
      #expect(graph.note == nil && graph.nodes[iri]?.kind == "file")
      #expect(graph.nodes[iri]?.digest == SHA256Digest(of: "1,2\n".utf8).description)
    }
    try history.folder.write("changed\n", to: "a.csv")
    let changed = try await reader.lineage(
      of: LineageSubject(word: file.string, file: try await .look(at: file), isPath: true))
    #expect(changed.subject == iri)
    #expect(changed.note?.contains("is not what was recorded there") == true)
    try FileManager.default.removeItem(atPath: file.string)
    let gone = try await reader.lineage(
      of: LineageSubject(word: file.string, file: try await .look(at: file), isPath: true))
    #expect(gone.subject == iri && gone.note?.contains("not there any more") == true)
  }

  /// A copy has the bytes of what it was made of, so that both are one thing at two places.
  @Test func aCopyIsCalledByThePathThatWasAskedFor() async throws {
    var history = try Hand()
    let input = try history.folder.write("A\n", to: "in")
    let output = try history.folder.write("A\n", to: "out")
    let iri = IRI.named(by: SHA256Digest(of: "A\n".utf8))
    let paths: JSONValue = [.string(input.string), .string(output.string)]
    let usages: [JSONValue] = [
      ["prov:entity": .string(iri), "prov:atLocation": "urn:in"],
      ["prov:entity": .string(iri), "prov:atLocation": "urn:out"],
    ]
    let inputPlace: JSONValue = [
      "@id": "urn:in", "@type": "prov:Location", "ce:path": .string(input.string),
    ]
    let outputPlace: JSONValue = [
      "@id": "urn:out", "@type": "prov:Location", "ce:path": .string(output.string),
    ]
    try history.add(
      1, ["prov:used": .string(iri), "prov:qualifiedUsage": usages[0]],
      Hand.made(
        iri, by: 1,
        [
          "@type": ["prov:Entity", "ce:File"], "rdfs:label": paths, "ce:path": paths,
          "prov:qualifiedGeneration": [
            "prov:activity": .string(Hand.iri(1)), "prov:atLocation": "urn:out",
          ],
        ]), inputPlace, outputPlace)
    for file in [input, output] {
      let graph = try await history.reader().lineage(
        of: LineageSubject(word: file.string, file: .look(at: file), isPath: true))
      #expect(graph.subject == iri && graph.note == nil)
      #expect(graph.nodes[iri]?.label == file.string && graph.nodes[iri]?.place == file.string)
      #expect(graph.edges.map(\.place) == [output.string, input.string])
    }
    try history.folder.write("B\n", to: "out")
    let changed = try await history.reader().lineage(
      of: LineageSubject(word: output.string, file: .look(at: output), isPath: true))
    #expect(changed.subject == iri && changed.nodes[iri]?.label == output.string)
    try history.add(
      2, ["prov:used": .string(iri), "prov:qualifiedUsage": .array(usages)], inputPlace,
      outputPlace)
    let both = try await lineage(history, Hand.iri(2), depth: 1)
    #expect(both.edges.map(\.place) == [input.string, output.string])
  }

  /// Where a run looked for what it should have left is a place, and nothing that came from anywhere.
  @Test func aFolderIsItsNewestContentAndNoPlace() async throws {
    var history = try Hand()
    let path = history.folder.path.appending("out")
    try FileManager.default.createDirectory(
      atPath: path.string, withIntermediateDirectories: true)
    let web = LineageKind.containerPrefix + String(repeating: "ab", count: 32)
    let container: JSONValue = [
      "@id": .string(web), "@type": ["prov:Entity", "docker:Container"], "rdfs:label": "web",
    ]
    let place: JSONValue = [
      "@id": "urn:place", "@type": ["docker:ContainerPath", "prov:Location"],
      "ce:path": .string(path.string), "docker:container": .string(web),
    ]
    let looking: [String: JSONValue] = [
      "prov:used": .string(web),
      "prov:qualifiedUsage": ["prov:entity": .string(web), "prov:atLocation": "urn:place"],
    ]
    try history.add(1, looking, container, place)
    let subject = LineageSubject(word: path.string, file: try await .look(at: path), isPath: true)
    let before = try await history.reader()
    await #expect {
      _ = try await before.lineage(of: subject)
    } throws: { error in
      let message = (error as? SmartContainersError)?.message
      return message?.contains("is a folder of which nothing is recorded") == true
    }
    let folder = IRI.named(by: SHA256Digest(of: "list".utf8))
    try history.add(
      2, [:],
      Hand.made(
        folder, by: 2,
        [
          "@type": ["prov:Collection", "prov:Entity", "ce:Folder"],
          "rdfs:label": .string(path.string), "ce:path": .string(path.string),
        ]))
    try history.add(3, looking, container, place)
    let graph = try await history.reader().lineage(of: subject)
    #expect(graph.subject == folder && graph.nodes[folder]?.label == path.string)
    #expect(graph.edges(naming: names) == ["\(folder) wasGeneratedBy 2"])
  }

  @Test func aPipeIsNoFile() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path.appending("pipe")
    #expect(mkfifo(path.string, 0o600) == 0)
    await #expect(throws: SmartContainersError.self) {
      try await LineageSubject.File.look(at: path)
    }
  }

  @Test func aWordOfSeveralThingsIsRefusedWithAllOfThem() async throws {
    var history = try Hand()
    func container(_ digit: Character, _ name: String) -> JSONValue {
      let id = "abcd" + String(repeating: digit, count: 60)
      return [
        "@id": .string(LineageKind.containerPrefix + id),
        "@type": ["prov:Entity", "docker:Container"], "docker:containerID": .string(id),
        "docker:containerName": .string(name), "rdfs:label": .string(name),
      ]
    }
    let digest = SHA256Digest(of: "image".utf8)
    let image: JSONValue = [
      "@id": .string(IRI.named(by: digest)), "@type": ["docker:Image", "prov:Entity"],
      "rdfs:label": "shop:latest", "docker:configDigest": .string(digest.description),
    ]
    try history.add(
      1, ["prov:used": .string(IRI.named(by: digest))], container("1", "shop"), image)
    try history.add(2, [:], container("2", "other"))
    try history.add(3, [:], container("3", "other"))
    let reader = try await history.reader()
    for (word, parts) in [
      (
        "shop",
        ["container shop (abcd11111111)", "image shop:latest (\(digest.hexadecimal.prefix(12)))"]
      ),
      ("abcd", ["abcd11111111", "abcd22222222", "abcd33333333"]),
    ] {
      await #expect {
        _ = try await reader.lineage(of: LineageSubject(word: word))
      } throws: { error in
        guard let error = error as? SmartContainersError else { return false }
        return parts.allSatisfy(error.message.contains) && error.hint != nil
      }
    }
    // Of a name the newest is meant.
    let other = try await reader.lineage(of: LineageSubject(word: "other"))
    #expect(other.subject.contains("abcd3333"))
    let byID = try await reader.lineage(
      of: LineageSubject(word: String(digest.hexadecimal.prefix(8))))
    #expect(byID.subject == IRI.named(by: digest) && byID.nodes[byID.subject]?.kind == "image")
    await #expect(throws: SmartContainersError.self) {
      try await reader.lineage(of: LineageSubject(word: "nosuch"))
    }
  }
}
