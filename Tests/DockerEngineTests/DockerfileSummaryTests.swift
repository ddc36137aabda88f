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
}
