import Testing

@testable import DockerEngine

struct DockerfileSummaryTests {
  @Test func findsBasesThroughStagesAndArguments() {
    let text = """
      # comment
      ARG VERSION=12
      ARG REGISTRY
      FROM --platform=linux/amd64 debian:${VERSION} AS build
      RUN make \\
        all
      FROM build AS tested
      FROM ${REGISTRY:-docker.io}/tool:$VERSION
      FROM scratch
      COPY --from=build /a /a
      """
    #expect(DockerfileSummary(text).bases == ["debian:12", "docker.io/tool:12"])
    #expect(
      DockerfileSummary(text, arguments: ["VERSION": "11", "REGISTRY": "127.0.0.1:5000"]).bases
        == ["debian:11", "127.0.0.1:5000/tool:11"])
  }

  @Test func findsNoneInNonsense() { #expect(DockerfileSummary("FROM\n\\").bases == []) }

  @Test func joinsWhatIsContinued() {
    let text = """
      # escape=`
      # no directive: escape=x
      FROM deb`
      # in between

      ian AS a
      RUN dir c:\\
      FROM `   \t
        alpine`
      """
    #expect(DockerfileSummary(text).bases == ["debian", "alpine"])
    #expect(DockerfileSummary("FROM a\\\r\n:1\r\nFROM b\r\n").bases == ["a:1", "b"])
    #expect(DockerfileSummary("FROM a\\").bases == ["a"])
    #expect(DockerfileSummary("\u{FEFF}FROM a\n \\\n").bases == ["a"])
  }

  @Test func knowsStagesAndWhatEachNeeds() {
    let text = """
      ARG TAG=1
      ARG IMAGE=tool:$TAG
      FROM --platform=$BUILDPLATFORM ${IMAGE} AS Build
      FROM build AS test
      RUN --mount=type=secret,id=key --mount=type=ssh test
      COPY --from=tools:2 /a /a
      FROM --platform=linux/arm64 other:1
      RUN --mount=type=cache,target=/c --mount=type=bind,from=mounted:3 true
      COPY --chown=1 --from=0 /b /b
      """
    let summary = DockerfileSummary(text)
    #expect(summary.stages.map(\.name) == ["Build", "test", nil])
    #expect(summary.stages.map(\.base) == ["tool:1", "build", "other:1"])
    #expect(summary.stages.map(\.platform) == ["$BUILDPLATFORM", nil, "linux/arm64"])
    #expect(summary.bases == ["tool:1", "tools:2", "other:1", "mounted:3"])
    func bases(_ target: String?, _ builder: ImageBuilder) -> [String] {
      DockerfileSummary.images(of: summary.stages(for: target, by: builder))
    }
    #expect(bases(nil, .buildKit) == ["tool:1", "other:1", "mounted:3"])
    #expect(bases(nil, .classic) == summary.bases)
    #expect(bases("TEST", .buildKit) == ["tool:1", "tools:2"])
    #expect(bases("build", .classic) == ["tool:1"] && bases("0", .buildKit) == ["tool:1"])
    #expect(bases("nosuch", .buildKit) == summary.bases)
    #expect(
      summary.stages(for: "test", by: .buildKit).flatMap(\.sessionMounts)
        == [.init(kind: "secret", line: 5), .init(kind: "ssh", line: 5)])
    #expect(summary.stages(for: nil, by: .buildKit).flatMap(\.sessionMounts).isEmpty)
  }

  @Test func looksOverHeredocsAndIntoContinuedFlags() {
    let text = """
      FROM a
      RUN --network=none \\
        --mount=target=/k,TYPE=Secret,id=k \\
        cat <<-"EOF" 3<<B > /x
      FROM b
      \tEOF
      RUN --mount=type=ssh x
      B
      RUN echo "<<EOF" $((1<<2)) '--mount=type=ssh'
      RUN cat <<NEVER
      FROM c
      """
    let summary = DockerfileSummary(text)
    #expect(summary.bases == ["a", "c"])
    #expect(summary.stages[0].sessionMounts == [.init(kind: "secret", line: 2)])
  }

  @Test func findsTheFrontend() {
    #expect(
      DockerfileSummary("# syntax = docker/dockerfile:1 \n FROM a").frontend
        == "docker/dockerfile:1")
    #expect(DockerfileSummary("#escape=`\n#SYNTAX=x\nFROM a").frontend == "x")
    #expect(DockerfileSummary("\n# syntax=x\nFROM a").frontend == nil)
    #expect(DockerfileSummary("FROM a\n# syntax=x").frontend == nil)
  }
}
