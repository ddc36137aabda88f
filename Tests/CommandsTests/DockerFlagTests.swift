import Canonical
import Foundation
import TestSupport
import Testing

/// Docker's own client creates a container, `sc` creates one with the same flags, and the engine
/// shows both: every field must be the same.
@Suite(.enabled(if: TestEngine.isAvailable))
struct DockerFlagTests {
  static let groups: [String] = [
    """
    -e A=B -e HOME -e NOWHERE -eC=D=E --env F= --env-file variables -l a=b -lc=d --label e \
    --label-file labels -w /tmp -u 1:2 --hostname h1 --domainname d1 --stop-signal SIGINT \
    --stop-timeout 7 --health-cmd true --health-interval 1m30s --health-timeout=500ms \
    --health-start-period 2s --health-retries 4
    """,
    """
    --cpuset-mems 0 --cpu-period 50000 --cpu-quota 25000 --memory-swappiness 40 \
    --oom-kill-disable --oom-score-adj 100 --blkio-weight 300 \
    --blkio-weight-device /dev/null:200 --device-read-bps /dev/zero:1mb \
    --device-write-bps /dev/zero:2mb --device-read-iops /dev/zero:100 \
    --device-write-iops /dev/zero:200 --cgroupns private \
    --cgroup-parent /parent --volume-driver local --gpus all
    """,
    "--gpus 2", "--gpus count=1,capabilities=utility", "--link VOLUMES:other",
    """
    --network NETWORK --ip6 fd00::9 --link VOLUMES \
    --link-local-ip 169.254.1.1 --network-alias x1
    """,
    "--entrypoint /bin/echo -it --no-healthcheck", "-i --entrypoint=", "--network none",
    "--net host",
    """
    -v /tmp:/a:ro -v /b -v first:/c -vsecond:/c2:ro \
    --mount type=bind,source=/tmp,target=/d,readonly --mount type=volume,src=third,dst=/e \
    --mount type=tmpfs,target=/f,tmpfs-size=64m --mount dst=/anonymous \
    --mount type=bind,src=/tmp,dst=/g,bind-propagation=rslave --tmpfs /i \
    --tmpfs /j:size=1m,noexec --volumes-from VOLUMES:ro
    """,
    """
    -p 80 -p8080:81 -p 127.0.0.1:8082:82/udp -p [::1]:8083:83 -p 8090-8092:90-92 \
    -p 127.0.0.1::84 -p 9000-9005:85 -P --expose 1000 --expose 1001/udp --expose 1002-1004
    """,
    """
    --dns 1.1.1.1 --dns 8.8.8.8 --dns-option ndots:2 --dns-search a.b --add-host h:1.2.3.4 \
    --device /dev/null --device /dev/zero:/dev/z:r --device /dev/full:rw \
    --log-driver json-file --log-opt max-size=1m
    """,
    """
    -m64m --memory-swap -1 --memory-reservation 32m --cpus 1.5 -c 512 --cpuset-cpus 0 \
    --pids-limit 100 --shm-size 1g --ulimit nofile=10:20 --ulimit nproc=5 --restart on-failure:3
    """,
    """
    --restart always --privileged=true --read-only --init --cap-add NET_ADMIN --cap-drop ALL \
    --group-add 5 --security-opt no-new-privileges --sysctl net.ipv4.ip_forward=1 --ipc host \
    --pid host --uts host --userns host --runtime runc
    """,
    """
    --restart unless-stopped --ipc shareable --pids-limit -1 --security-opt seccomp=profile \
    --network NETWORK --network-alias x1 --network-alias x2
    """,
  ]

  @Test(.needs(.dockersOwnClient), arguments: groups.indices)
  func everyFlagReachesTheEngineAsDockersDoes(group: Int) async throws {
    let engine = try await TestEngine.shared()
    let bench = try await Workbench(engine: engine)
    let image = try await engine.image("flags")
    try bench.folder.write("# comment\nFROMFILE=1\n\nWITH=a=b c\nHOME\nNO\n", to: "variables")
    try bench.folder.write("lf=1\nlg\n", to: "labels")
    try bench.folder.write(
      "{ \"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": [] }\n", to: "profile")
    let (network, volumes) = (Workbench.name("network"), Workbench.name("volumes"))
    try await docker(bench, ["network", "create", network])
    try await docker(bench, ["create", "--name", volumes, "-v", "/anon", image])
    let flags = Self.groups[group].split(separator: " ").map {
      $0.replacingOccurrences(of: "NETWORK", with: network)
        .replacingOccurrences(of: "VOLUMES", with: volumes)
    }
    let arguments = ["create"] + flags + [image, "echo", "-n", "--x"]
    let theirs = try await docker(bench, arguments)
    let result = try await bench.run(
      [try Project.executable("sc").string, "container"] + arguments)
    try #require(result.status == 0, "\(result.error)")
    let ours = result.output.trimmingCharacters(in: .newlines)
    let expected = try await ContainerFields.of(theirs, bench)
    let found = try await ContainerFields.of(ours, bench)
    for name in Set(expected.keys).union(found.keys).sorted() {
      #expect(found[name] == expected[name], "\(name)")
    }
    try await docker(bench, ["rm", "--force", "--volumes", theirs, ours, volumes])
    try await docker(bench, ["network", "rm", network])
  }

  @discardableResult
  private func docker(_ bench: Workbench, _ arguments: [String]) async throws -> String {
    let result = try await bench.run(["docker"] + arguments)
    try #require(result.status == 0, "\(arguments): \(result.error)")
    return result.lines.last ?? ""
  }
}
