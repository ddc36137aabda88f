import Foundation
import JSONLD
import Testing

/// The inputs of the suite, broken in some way or other: each ends in an error or in a result.
///
/// `SC_FUZZ_SECONDS`, `SC_FUZZ_SEED` and `SC_SOAK` make them more.
@Suite(.enabled(if: W3CSuite.isPresent))
struct MutationTests {
  private let inputs: [[UInt8]]
  private let processor: Processor

  init() throws {
    let cases = try W3CSuite("expand").cases
    inputs = try cases.map { try W3CSuite.bytes($0.input) }
    var options = ProcessingOptions()
    options.base = W3CSuite.baseIRI
    var documents: [String: RemoteDocument] = [:]
    for testCase in cases {
      let url = W3CSuite.baseIRI + testCase.input
      documents[url] = RemoteDocument(url: url, document: try W3CSuite.json(testCase.input))
    }
    processor = Processor(options, documents: documents)
  }

  /// Expands a text; true when there is a result, which is JSON that is read as itself again.
  private func process(_ text: [UInt8]) -> Bool {
    let result: JSON
    do throws(JSONLDError) {
      result = try processor.expand(try JSONParser().parse(text))
    } catch {
      return false
    }
    do throws(JSONLDError) {
      let again = try JSONParser().parse(JSONWriter().bytes(of: result))
      #expect(again == result)
    } catch {
      // A result is deeper than the document that it is of.
      #expect(error.code == .limitExceeded)
    }
    return true
  }

  /// Inputs of all manifests at some places; at every place where `SC_SOAK` is set.
  @Test func truncatedInputsAreNoJSON() throws {
    let paths = try ["expand", "compact", "toRdf"].flatMap { name in
      try W3CSuite(name).cases.map(\.input).filter { $0.hasSuffix(".jsonld") }
    }
    for input in try Set(paths).map(W3CSuite.bytes) {
      let end = input.lastIndex { $0 > 0x20 } ?? 0
      let step = Soak.isOn ? 1 : max(1, end / 16)
      for count in stride(from: 0, to: end, by: step) {
        #expect(throws: JSONLDError.self) { try JSONParser().parse(Array(input[..<count])) }
      }
    }
  }

  /// For a thousand documents; for as many seconds as `SC_FUZZ_SECONDS` says, from the seed that
  /// `SC_FUZZ_SEED` says.
  @Test func mutatedInputsEndInAnErrorOrAResult() {
    let environment = ProcessInfo.processInfo.environment
    let seed = environment["SC_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
    let duration = environment["SC_FUZZ_SECONDS"].flatMap { Double($0) }.map {
      Duration.seconds($0)
    }
    var mutations = Mutations(of: inputs, seed: seed)
    let clock = ContinuousClock()
    let start = clock.now
    var (count, resultCount) = (0, 0)
    while duration.map({ clock.now - start < $0 }) ?? (count < 1000) {
      let text = mutations.next()
      let time = clock.measure { if process(text) { resultCount += 1 } }
      #expect(time < .seconds(2), "\(String(decoding: text, as: UTF8.self))")
      count += 1
    }
    print("mutations from seed \(seed): \(count), of which \(resultCount) have a result")
    #expect(resultCount > count / 10)
  }
}
