import SmartContainers
import Testing

@testable import Commands

struct BuildDisplayTests {
  private func time(_ milliseconds: Int64) -> Timestamp {
    Timestamp(millisecondsSince1970: 1_764_000_000_000 + milliseconds)
  }

  private func step(
    _ digest: String, from start: Int64? = nil, to end: Int64? = nil, isCached: Bool = false,
    error: String? = nil
  ) -> ProgressEvent {
    var step = BuildStep(digest: digest, name: "[\(digest)] RUN \(digest)")
    step.startedAt = start.map(time)
    step.endedAt = end.map(time)
    step.isCached = isCached
    step.error = error
    return .step(step)
  }

  private func output(_ digest: String, _ text: String, at milliseconds: Int64) -> ProgressEvent {
    .stepOutput(
      BuildStepOutput(step: digest, bytes: Array(text.utf8), writtenAt: time(milliseconds)))
  }

  private func part(
    _ digest: String, _ name: String, _ current: Int64 = 0, of total: Int64 = 0,
    until end: Int64? = nil
  ) -> ProgressEvent {
    var progress = BuildStepProgress(step: digest, part: name)
    (progress.current, progress.total) = (current, total)
    progress.startedAt = time(0)
    progress.endedAt = end.map(time)
    return .stepProgress(progress)
  }

  private func shown(_ events: [ProgressEvent]) -> String {
    var display = BuildDisplay()
    return events.map { display.text(for: $0) }.joined() + display.rest()
  }

  @Test func showsStepsAsPlainProgressDoes() {
    #expect(
      shown([
        step("a"), step("b"), step("a", from: 0), step("a", from: 0, to: 1260),
        step("b", from: 1300, to: 1300, isCached: true), step("c", from: 2000),
        output("c", "one\ntw", at: 2300), output("c", "o\n\nthree", at: 12_340),
        part("c", "sha256:1", 10, of: 100), part("c", "sha256:1", 12, of: 100),
        part("c", "sha256:1", 1500, of: 3_000_000), part("c", "sha256:1", until: 300),
        step("c", from: 2000, to: 102_040, error: "exit code: 7"), output("c", "late\n", at: 0),
      ]) == """
        #1 [a] RUN a
        #1 DONE 1.3s

        #2 [b] RUN b
        #2 CACHED

        #3 [c] RUN c
        #3 0.300 one
        #3 0.300 two
        #3 10.34 \n#3 sha256:1 10B / 100B
        #3 sha256:1 0.3s done
        #3 10.34 three
        #3 ERROR: exit code: 7

        #3 [c] RUN c
        #3 0.000 late

        """)
  }

  @Test func showsOneStepAtATime() {
    #expect(
      shown([
        step("a", from: 0), output("a", "1\n", at: 1), step("b", from: 0),
        output("b", "2\n", at: 2), step("c", from: 0), output("a", "3\n", at: 3),
        step("c", from: 0, to: 100), output("b", "4\n", at: 4), output("a", "5\n", at: 200_000),
        step("a", from: 0, to: 100), output("b", "6", at: 99_990),
      ]) == """
        #1 [a] RUN a
        #1 0.001 1
        #1 0.003 3
        #1 ...

        #3 [c] RUN c
        #3 DONE 0.1s

        #2 [b] RUN b
        #2 0.002 2
        #2 0.004 4
        #2 ...

        #1 [a] RUN a
        #1 200.0 5
        #1 DONE 0.1s

        #2 [b] RUN b
        #2 99.99 6

        """)
  }

  @Test func holdsNoMoreThanItMust() {
    var display = BuildDisplay()
    _ = display.text(for: step("a", from: 0))
    _ = display.text(for: step("b", from: 0))
    let line = String(repeating: "x", count: 1000) + "\n"
    var texts: [String] = []
    for _ in 0..<100 { texts.append(display.text(for: output("b", line, at: 0))) }
    #expect(texts.prefix(60).joined().isEmpty)
    #expect(texts.first { !$0.isEmpty }?.hasPrefix("#1 ...\n\n#2 [b] RUN b\n#2 0.000 x") == true)
    #expect(texts.last?.utf8.count == 1010)
    // A line without an end is not waited for.
    let endless = display.text(for: output("b", String(repeating: "y", count: 20_000), at: 0))
    #expect(endless.count { $0 == "\n" } == 2)
  }

  @Test func letsNoStepMoveTheCursor() {
    #expect(
      shown([
        step("a", from: 0), output("a", "10%\r20%\r\n\u{1B}[2Jx\n", at: 0),
        step("a", from: 0, to: 0, error: "rpc: context canceled"),
      ]) == """
        #1 [a] RUN a
        #1 0.000 10%
        #1 0.000 20%
        #1 0.000 \\e[2Jx
        #1 CANCELED

        """)
    #expect(shown([output("nosuch", "x\n", at: 0), part("nosuch", "p")]) == "")
  }
}
