import Foundation
import History
import SystemPackage
import Testing

@Suite struct LocationTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func folder(_ name: String) throws -> FilePath {
    let path = scratch.path.pushing(FilePath(name))
    try FileManager.default.createDirectory(
      atPath: path.string, withIntermediateDirectories: true)
    return path
  }

  @Test func findsTheNearestAbove() throws {
    _ = try scratch.makeHistory()
    let below = try folder("a/b/c")
    let found = try HistoryLocation.find(
      explicit: nil, environment: nil, from: below, home: nil)
    #expect(found == scratch.history)
  }

  @Test func prefersTheExplicitThenTheEnvironmentThenTheNearestThenHome() throws {
    _ = try scratch.makeHistory()
    let (named, variable) = (try folder("named"), try folder("variable"))
    let (home, away) = (try folder("home"), try folder("away"))
    _ = try HistoryRepository.create(at: home.appending(".sc"))
    func find(_ explicit: FilePath?, _ environment: FilePath?, from: FilePath) throws -> FilePath {
      try HistoryLocation.find(
        explicit: explicit, environment: environment, from: from, home: home)
    }
    #expect(try find(named, variable, from: away) == named)
    #expect(try find(nil, variable, from: away) == variable)
    #expect(try find(nil, nil, from: away) == scratch.history)
    #expect(try find(nil, nil, from: "/") == home.appending(".sc"))
  }

  @Test func doesNotLookFurtherThanAPathThatWasNamed() throws {
    _ = try scratch.makeHistory()
    #expect(
      code {
        _ = try HistoryLocation.find(
          explicit: scratch.path.appending("absent"), environment: nil, from: scratch.path,
          home: nil)
      } == .notFound)
  }

  @Test func saysWhenThereIsNone() throws {
    #expect(
      code {
        _ = try HistoryLocation.find(
          explicit: nil, environment: nil, from: scratch.path, home: nil)
      } == .notFound)
    #expect(code { _ = try HistoryRepository.open(at: scratch.history) } == .notFound)
  }

  @Test func passesByWhatOnlyHasTheName() throws {
    _ = try scratch.makeHistory()
    let inner = try folder("inner")
    try "text".write(
      toFile: inner.appending(".sc").string, atomically: true, encoding: .utf8)
    let found = try HistoryLocation.find(
      explicit: nil, environment: nil, from: inner, home: nil)
    #expect(found == scratch.history)
  }

  @Test(.enabled(if: geteuid() == 0, "giving a folder to another user takes root"))
  func neverSaysNotFoundOfAnothersHistory() throws {
    _ = try scratch.makeHistory()
    try run("/bin/chown", ["-R", "12345", scratch.history.string])
    let found = try HistoryLocation.find(
      explicit: nil, environment: nil, from: scratch.path, home: nil)
    #expect(found == scratch.history)
    #expect(code { _ = try HistoryRepository.open(at: found) } == .notOwned)
    #expect(code { _ = try HistoryRepository.create(at: found) } == .notOwned)
  }
}
