import Testing

@testable import Archive

struct IgnoreRulesTests {
  /// Rules, one a line, a path, and whether it stays out. Facts of moby's patternmatcher.
  static let facts: [(rules: String, path: String, isExcluded: Bool)] = [
    ("a", "a", true), ("a", "a/b/c", true), ("a", "ab", false), ("a", "x/a", false),
    ("/a", "a", true), ("a/", "a", true), ("./a", "a", true), ("a/../b", "b", true),
    ("//a//b", "a/b", true), ("../a", "a", false), (".", "a", false), ("/", "a", false),
    ("*", "a", true), ("*", "a/b", true), ("*", ".hidden", true), ("*.go", "a.go", true),
    ("*.go", "x/a.go", false), ("*/*.go", "x/a.go", true), ("a*b", "a/b", false),
    ("a*b", "axxb", true), ("a?c", "abc", true), ("a?c", "a/c", false), ("a?c", "aéc", true),
    ("**", "a", true), ("**", "a/b/c", true), ("**/", "a/b", true), ("**/a", "a", true),
    ("**/a", "x/y/a", true), ("**/a", "x/ya", false), ("**/a", "a/b", true),
    ("**/*.go", "x/y/a.go", true), ("**/*.go", "a.go", true), ("a/**", "a/b/c", true),
    ("a/**", "a", false), ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true),
    ("a/**/b", "a/xb", false), ("a**", "abc/d", true), ("a**/b", "a/b", true),
    ("a**/b", "axx/b", true), ("**a", "xxa", true), ("**a", "x/a", true),
    ("a/**/**/b", "a/b", true),
    ("**/**/a", "x/a", true), ("***", "a/b", true), ("**/a/**", "x/a/b", true),
    ("**/a/**", "a", false), ("**/a*/**/z", "x/ab/c/z", true), ("a/*/c", "a/b/c", true),
    ("a/*/c", "a/b/x/c", false), ("[a-c]x", "bx", true), ("[a-c]x", "dx", false),
    ("[^a-c]x", "dx", true), ("[^a-c]x", "bx", false), ("[a\\]]x", "]x", true),
    ("[\\-x]y", "-y", true), ("[é-ü]", "ö", true), ("x]", "x]", true), ("\\*", "*", true),
    ("\\*", "a", false), ("a\\?", "a?", true), ("\\!a", "!a", true), ("\\#a", "#a", true),
    ("#a", "#a", false), (" #a", "#a", true), ("a.c", "abc", false), ("a+", "aa", false),
    ("a$", "a$", true), ("(a|b)*", "a", false), ("(a|b)*", "(a|b)c", true), ("{a}?", "{a}x", true),
    ("  a b \t", "a b", true), ("\u{A0}a\u{2003}", "a", true), ("a\r", "a", true),
    ("\u{FEFF}a", "a", true), ("é*", "éa", true), ("😀?", "😀a", true),
    ("*\n!a", "a", false), ("*\n!a", "a/b", false), ("*\n!a\na/b", "a/b", true),
    ("*\n!a\na/b", "a/c", false), ("!a\n*", "a", true), ("a\n! a", "a", false),
    ("a\n!/a", "a", false), ("a\n!a/b", "a/b", false), ("a\n!a/b", "a/c", true),
    ("a\n!a/b", "a/b/c", false), ("**\n!**/*.go", "x/a.go", false),
    ("a/*\n!a/*.md", "a/x.md", false),
    ("*\n!*/x", "a/x", false), ("a\n\\!a", "a", true), ("a/b\n!a", "a/b", false), ("", "a", false),
  ]

  @Test(arguments: facts)
  func decidesAsDocker(_ fact: (rules: String, path: String, isExcluded: Bool)) throws {
    let rules = try IgnoreRules(parsing: Array(fact.rules.utf8))
    #expect(rules.excludes(Array(fact.path.utf8)) == fact.isExcluded, "\(fact)")
  }

  @Test(arguments: ["!", " ! ", "!/", "[a", "[]", "[]a]", "[a-]", "[-a]", "[b-a]", "a\\", "x[^]"])
  func refusesWhatIsNoPattern(_ rule: String) {
    let error = #expect(throws: ArchiveError.self) {
      try IgnoreRules(parsing: Array("# fine\nfine\n\(rule)".utf8))
    }
    #expect(error?.code == .pattern)
    #expect(error?.message.contains("line 3 of .dockerignore") == true)
  }

  @Test func takesNamesThatAreNoText() throws {
    let rules = try IgnoreRules(parsing: [0xFF, 0x0A] + Array("x?z".utf8))
    #expect(rules.excludes([0xFF]))
    #expect(rules.excludes(Array("x".utf8) + [0xFE] + Array("z".utf8)))
    #expect(!rules.excludes([0xFE]))
  }

  @Test(.timeLimit(.minutes(15))) func isNotSlowedByManyWildcards() throws {
    let rules = try IgnoreRules(parsing: Array(String(repeating: "*a", count: 30).utf8))
    #expect(!rules.excludes(Array(repeating: UInt8(ascii: "a"), count: 250) + [0x62]))
  }

  @Test func walksIntoExcludedFoldersOnlyForExceptions() throws {
    let rules = try IgnoreRules(parsing: Array("*\n!a/b/c\n!d/*.go".utf8))
    func mayKeepBelow(_ path: String) -> Bool { rules.mayKeepBelow(Array(path.utf8)) }
    #expect(mayKeepBelow("a") && mayKeepBelow("a/b") && mayKeepBelow("d") && mayKeepBelow("d/x"))
    #expect(!mayKeepBelow("ab") && !mayKeepBelow("a/x"))
    #expect(try !IgnoreRules(parsing: Array("*\n!a".utf8)).mayKeepBelow(Array("b".utf8)))
  }
}
