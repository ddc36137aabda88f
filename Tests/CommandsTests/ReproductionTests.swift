import Canonical
import Foundation
import TestSupport
import Testing

@testable import Arguments
@testable import Commands

/// `sc show --as`: a container is created and removed, and what the history has of it gives it again.
@Suite(.enabled(if: TestEngine.isAvailable))
struct ReproductionTests {
  /// Flags of several containers, for what an engine takes here.
  static let groups: [String] =
    DockerFlagTests.groups + [
      "-a stdout", "-a stdin -a stderr", "-t", "-i", "--no-healthcheck -u 7 -w /elsewhere",
      "--health-retries 3 --health-interval 90s", "--restart no --ipc private --network bridge",
      "--network NETWORK --ip 10.201.7.9 --network-alias one --link VOLUMES:two",
      "--network container:VOLUMES --pid container:VOLUMES --ipc host",
    ]

  /// Flags that this engine or its kernel refuses or drops; docker's line alone is looked at.
  static let others: [String] = [
    "--cpu-rt-period 1000000 --cpu-rt-runtime 950000", "--storage-opt size=20G",
    "--annotation a=b --annotation c", "--health-cmd true --health-start-interval 5s",
    "--network NETWORK --mac-address 02:42:0a:c9:07:09 --ip 10.201.7.9",
  ]

  /// What says how a container is created, and not what it is.
  private static let manner: Set<String> = ["cidfile", "platform", "pull"]

  @Test func everyFlagOfCreateIsTried() throws {
    let parser = try #require(ContainerCreateCommand.description.parser)
    let declarations = Declarations(of: parser)
    let lines = (Self.groups + Self.others + ["--name --device-cgroup-rule"]).joined(separator: " ")
    let words = lines.split(separator: " ")
    for option in declarations.options
    where declarations.sections[option.section] != "Global options" {
      let isTried = option.names.contains { name in
        words.contains { word in
          name.count == 1
            ? word.hasPrefix("-\(name)") || word == "-it" && "it".contains(name)
            : word.prefix { $0 != "=" } == "--\(name)"
        }
      }
      #expect(isTried || Self.manner.contains(option.names[0]), "\(option.names)")
    }
  }

  @Test(.needs(.dockersOwnClient), arguments: groups.indices)
  func everyFormGivesTheContainerAgain(group: Int) async throws {
    let scene = try await ReproductionScene()
    let flags = Self.groups[group].split(separator: " ").map(String.init)
    try await scene.expectAgain(flags, ["echo", "-n", "--x"])
    try await scene.end()
  }

  @Test(.needs(.dockersOwnClient)) func hostileTextsComeOutAsTheyWere() async throws {
    let scene = try await ReproductionScene()
    let texts = [
      "line\nline\n", "\n", "'", "''\"\"", "$HOME ${HOME} $(id) `id` \\ \\n \\", "-x", "--", "-",
      "",
      " lead and trail ", "é ü \u{1F600} \u{202E}evil", "\u{1B}[31mred\u{7}\u{8}\r\u{7F}\u{85}",
      "a: b # c", "- x", "{a: [b]}", "yes", "no", "~", "1e3", "0x1", "12:30", "!!str", "&a *a",
      "%a",
      "@a", "|", ">", "tab\there", "a=b=c", "*", "#", ";|&<>()", "\u{2028}", "$$", "%s%d", "!",
    ]
    var flags: [String] = []
    for (index, text) in texts.enumerated() {
      flags += ["-e", "V\(index)=\(text)", "-l", "l\(index)=\(text)"]
    }
    flags += ["--device-cgroup-rule", "c 42:* rwm"]
    flags += ["-e", "we ird.na-me=x y", "-e", "E$(id)=1"]
    try await scene.expectAgain(flags, ["sh", "-c"] + texts)
    try await scene.end()
  }

  @Test(.needs(.dockersOwnClient)) func whatWasRedactedIsSupplied() async throws {
    let scene = try await ReproductionScene()
    let secrets = [
      "DB_PASSWORD": "s3 cr'3t $x", "API_TOKEN": "api-Value9", "PASSWORD": "given-Word9",
      "ADDRESS_SECRET": "ann:long-enough-Pass9",
      "CONTAINER_DOCKER_AUTH_TOKEN": "client-Token9",
    ]
    try await scene.expectAgain(
      [
        "-e", "DB_PASSWORD=s3 cr'3t $x", "-l", "api.token=api-Value9",
        "-e", "ADDRESS=http://ann:long-enough-Pass9@host/", "-e", "SECOND_PASSWORD=s3 cr'3t $x",
        "-e", "DOCKER_AUTH_TOKEN=client-Token9",
      ], ["run", "--password", "given-Word9", "--password=given-Word9"], supplying: secrets)
    for form in ["run", "script"] {
      let text = try await scene.written(as: form)
      #expect(!text.output.contains("redacted:"))
      for secret in secrets.values { #expect(!text.output.contains(secret)) }
      #expect(text.error.contains("Config.Env DB_PASSWORD was redacted: set the"))
      let refused = try await scene.bench.run(["sh", "-c", text.output])
      #expect(refused.status != 0)
      #expect(refused.error.contains("is missing: it was redacted"), "\(refused.error)")
    }
    try await scene.end()
  }

  @Test(.needs(.dockersOwnClient)) func imagesOwnConfigurationIsLeftOut() async throws {
    let scene = try await ReproductionScene(changes: [
      "ENV A=image", "ENV B=image", "LABEL from=image", "EXPOSE 99", "VOLUME /kept", "WORKDIR /tmp",
      "USER nobody", "ENTRYPOINT [\"env\",\"-i\"]", "CMD [\"sh\",\"-c\",\"true\"]",
    ])
    try await scene.expectAgain([], [])
    #expect(
      try await scene.written(as: "run").output.hasSuffix(
        """
        docker create \\
          --name \(scene.name) \\
          --cgroupns \(scene.cgroups()) \\
          \(scene.image)

        """))
    try await scene.expectAgain(["-e", "A=own", "-l", "own", "-p", "99"], ["own"])
    try await scene.expectAgain(["--entrypoint", "echo"], [])
    try await scene.expectAgain(["--entrypoint="], ["sh"])
    try await scene.expectAgain(["--entrypoint", "echo", "-e", "B", "-e", "NOWHERE"], ["x"])
    try await scene.end()
  }

  @Test(.needs(.dockersOwnClient)) func networksThatWereJoinedAndLeftAreAgain() async throws {
    let scene = try await ReproductionScene()
    let other = Workbench.name("other")
    try await scene.bench.check("network", "create", "--internal", "--label", "a=b c", other)
    try await scene.expectAgain(["--network", "NETWORK"], ["true"]) { name in
      try await scene.bench.check(
        "network", "connect", "--alias", "x", "--link", "\(scene.volumes):y", other, name)
    }
    try await scene.expectAgain([], ["true"]) { name in
      try await scene.bench.check("network", "connect", other, name)
      try await scene.bench.check("network", "disconnect", "bridge", name)
    }
    // The script makes what is missing as it was.
    let before = try await scene.network(other)
    try await scene.docker(["network", "rm", other])
    try await scene.reproduce(as: "script", [:])
    #expect(try await scene.network(other) == before)
    try await scene.docker(["rm", scene.name])
    try await scene.docker(["network", "rm", other])
    try await scene.end()
  }
}
