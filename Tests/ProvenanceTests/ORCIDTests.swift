import Testing

@testable import Provenance

@Suite struct ORCIDTests {
  @Test(arguments: [
    "0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097",
    "http://orcid.org/0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097/",
  ])
  func acceptsTheTestPersonOfORCID(text: String) throws {
    let orcid = try ORCID(text)
    #expect(orcid.description == "0000-0002-1825-0097")
    #expect(orcid.iri == "https://orcid.org/0000-0002-1825-0097")
  }

  @Test func acceptsXInEitherCase() throws {
    #expect(try ORCID("0000-0002-9079-593x").description == "0000-0002-9079-593X")
  }

  @Test(arguments: [
    ("0000-0002-1825-0096", "the check character is 6, expected 7"),
    ("0000-0002-9079-5930", "the check character is 0, expected X"),
    ("0000-0002-1825-009X", "the check character is X, expected 7"),
    ("0000-0002-1825-009", "expected four groups"),
    ("0000000218250097", "expected four groups"),
    ("0000-0002-1825-00970", "expected four groups"),
    ("000X-0002-1825-0097", "expected four groups"),
    ("https://example.org/0000-0002-1825-0097", "expected four groups"),
    ("٠٠٠٠-0002-1825-0097", "expected four groups"),
    ("0000-0002-1825-0097\u{FE0F}", "expected four groups"),
    ("", "expected four groups"),
  ])
  func saysWhatIsWrong(text: String, message: String) {
    #expect {
      _ = try ORCID(text)
    } throws: { error in
      "\(error)".contains(message)
    }
  }
}
