import Testing

@testable import RDF

struct CanonicalizationTests {
  private func node(_ index: Int) -> Term { .blankNode("b\(index)") }

  @Test func labelsAndOrderDoNotMatter() throws {
    var random = RandomDataset(seed: 99)
    var generator = SplitMix(state: 3)
    for _ in 0..<300 {
      let dataset = random.next()
      func renamed(_ term: Term) -> Term {
        term.blankNodeLabel.map { .blankNode("x" + String($0.reversed())) } ?? term
      }
      let other = Dataset(
        dataset.shuffled(using: &generator).map {
          Quad(renamed($0.subject), $0.predicate, renamed($0.object), graph: $0.graph.map(renamed))
        })
      let (form, otherForm) = (try dataset.canonicalized(), try other.canonicalized())
      #expect(form.nQuads == otherForm.nQuads)
      let again = try Dataset(nQuads: form.nQuads).canonicalized()
      #expect(again.nQuads == form.nQuads)
    }
  }

  @Test func identifiersAreInTheOrderInWhichTheyAreIssued() throws {
    let form = try Dataset(nQuads: "_:a <urn:p> \"1\" .\n_:b <urn:p> \"2\" .").canonicalized()
    #expect(form.identifiers.map(\.identifier) == ["c14n0", "c14n1"])
    #expect(Set(form.identifiers.map(\.label)) == ["a", "b"])
  }

  @Test(arguments: [10, 40, 200])
  func refusesCliquesOfBlankNodesThatLookTheSame(size: Int) {
    var dataset = Dataset()
    for left in 0..<size {
      for right in 0..<size where left != right {
        dataset.insert(Quad(node(left), .iri("urn:p"), node(right)))
      }
    }
    var limits = CanonicalizationLimits()
    limits.stepCount = 100_000
    #expect { try dataset.canonicalized(limits: limits) } throws: {
      ($0 as? RDFError)?.code == .limitExceeded
    }
  }

  @Test func takesTheLimitsThatAreGiven() throws {
    let dataset = try Dataset(nQuads: "_:a <urn:p> _:b .\n_:b <urn:p> _:a .")
    var limits = CanonicalizationLimits()
    limits.stepsPerBlankNode = 2
    #expect { try dataset.canonicalized(limits: limits) } throws: {
      ($0 as? RDFError)?.code == .limitExceeded
    }
    limits.stepsPerBlankNode = .max
    #expect(try dataset.canonicalized(limits: limits).identifiers.count == 2)
  }

  @Test func followsCirclesDeeperThanAnyStack() {
    let count = 100_000
    let dataset = Dataset(
      (0..<count).map { Quad(node($0), .iri("urn:p"), node(($0 + 1) % count)) })
    var limits = CanonicalizationLimits()
    limits.stepCount = 1_000_000
    #expect { try dataset.canonicalized(limits: limits) } throws: {
      ($0 as? RDFError)?.code == .limitExceeded
    }
  }

  @Test func manyBlankNodesTakeNoSteps() throws {
    let count = 50_000
    var dataset = Dataset()
    for index in 0..<count {
      dataset.insert(Quad(node(index), .iri("urn:label"), .literal(Literal("\(index)"))))
      dataset.insert(Quad(node(index), .iri("urn:next"), node((index + 1) % count)))
    }
    var limits = CanonicalizationLimits()
    limits.stepCount = 0
    #expect(try dataset.canonicalized(limits: limits).identifiers.count == count)
  }

  @Test func manyPairsThatLookTheSameAreToldApart() throws {
    let count = 20_000
    let dataset = Dataset(
      (0..<count).map { Quad(node(2 * $0), .iri("urn:p"), node(2 * $0 + 1)) })
    let form = try dataset.canonicalized()
    #expect(form.identifiers.count == 2 * count)
    #expect(try Dataset(nQuads: form.nQuads).isIsomorphic(to: dataset))
  }

  @Test func refusesBlankPredicates() throws {
    let dataset = try Dataset(nQuads: "_:a _:b _:c .", syntax: .generalizedNQuads)
    #expect { try dataset.canonicalized() } throws: {
      ($0 as? RDFError)?.code == .misplacedTerm
    }
  }
}
