import Foundation
import Git
import SystemPackage
import Testing

@testable import History

@Suite struct RemoteTests {
  /// Where remotes are is what git says of the same configuration (git-config(1)).
  static let configurations: [[(name: String, value: String)]] = [
    [("remote.origin.url", "/srv/x")],
    [("remote.origin.url", "/srv/x"), ("remote.origin.pushurl", "host:y")],
    [("remote.origin.url", "/srv/x"), ("remote.origin.url", "/srv/second")],
    [("remote.Lab.7.url", "lab:x"), ("remote.origin.url", "lab:far/x")]
      + [("url./srv/.insteadof", "lab:"), ("url.https://host/.insteadof", "lab:far/")],
    [("remote.origin.url", "lab:x"), ("remote.origin.pushurl", "lab:y")]
      + [("url./srv/.insteadof", "lab:"), ("url.git@host:.pushinsteadof", "lab:")],
    [("remote.origin.url", "lab:x"), ("remote.other.url", "/srv/x")]
      + [("url./srv/.insteadof", "lab:"), ("url.git@host:.pushinsteadof", "lab:")],
    [("remote.origin.url", "lab:x"), ("url.a:.insteadof", "lab"), ("url.b:.insteadof", "lab:x")],
    [("remote.nothing.fetch", "+refs/heads/*:refs/remotes/nothing/*")],
  ]

  @Test(arguments: configurations.indices)
  func areWhereGitSaysThatTheyAre(_ index: Int) throws {
    let scratch = try Scratch()
    let repository = try scratch.makeHistory().git
    for (name, value) in Self.configurations[index] {
      try git(scratch.history, "config", "--add", name, value)
    }
    let names = try git(scratch.history, "remote").split(separator: "\n").map(String.init)
    let remotes = try repository.remotes()
    #expect(remotes.map(\.name) == names.filter { $0 != "nothing" })
    for remote in remotes {
      let url = try git(scratch.history, "remote", "get-url", remote.name)
      let pushURL = try git(scratch.history, "remote", "get-url", "--push", remote.name)
      #expect("\(remote.url)\n" == url)
      #expect("\(remote.pushURL ?? remote.url)\n" == pushURL)
      #expect(try repository.remote(named: remote.name) == remote)
    }
    #expect(try repository.remote(named: "elsewhere") == nil)
  }
}
