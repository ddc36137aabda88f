import Foundation
import Glibc
import History
import Testing

@Suite struct LibraryTests {
  private typealias Parse = @convention(c) (OpaquePointer?, UnsafePointer<CChar>?) -> Int32

  /// libgit2 refers to these functions by name; the program's own must be found first. The
  /// library's own would answer 0 for an empty folder, and another error for a missing file.
  @Test(arguments: [
    ("mbedtls_x509_crt_parse_file", "missing"), ("mbedtls_x509_crt_parse_path", ""),
  ])
  func keepsLibgit2FromReadingAuthorities(_ name: String, _ file: String) throws {
    let scratch = try Scratch()
    let symbol = try #require(dlsym(nil, name))
    let parse = unsafeBitCast(symbol, to: Parse.self)
    #expect(parse(nil, scratch.path.appending(file).string) == -0x2900)
  }
}
