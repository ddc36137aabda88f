import SmartContainers
import TestSupport
import Testing

@testable import Commands

struct ArgumentValueTests {
  @Test(arguments: [
    ("1024", 1024), ("128m", 134_217_728), ("1.5g", 1_610_612_736), ("2GiB", 2_147_483_648),
    ("10kb", 10240), ("-1", -1), ("0", 0), ("1 k", 1024), ("7b", 7),
  ])
  func readsSizes(text: String, bytes: Int64) {
    #expect(ByteSize(argument: text)?.bytes == bytes)
  }

  @Test(arguments: ["", "x", "12q", "-2", "1..5", "99999999p", "nan", "5mm"])
  func refusesWhatIsNoSize(text: String) {
    #expect(ByteSize(argument: text) == nil)
  }

  @Test func refusesAnEmptyPath() {
    #expect(PathArgument(argument: "") == nil)
    #expect(PathArgument(argument: ".")?.text == ".")
  }

  @Test(arguments: [
    (["run", "-o", "", "tool:1"], 125, "'' for '-o'"),
    (["run", "--input", "", "tool:1"], 125, "'' for '--input'"),
    (["rerun", "--in", "", "HEAD"], 2, "'' for '--in'"),
    (["archive", "restore", "--into", "", "paper.tar.zst"], 2, "'' for '--into'"),
  ])
  func anEmptyPathIsNotTheWorkingFolder(line: [String], status: Int, word: String) async throws {
    let bench = try await Workbench()
    let result = try await bench.run([try Project.executable("sc").string] + line)
    #expect(Int(result.status) == status && result.error.contains(word), "\(result.error)")
  }

  @Test(
    arguments: [
      ("30s", 30_000_000_000), ("1m30s", 90_000_000_000), ("500ms", 500_000_000),
      ("1.5h", 5_400_000_000_000), ("0s", 0), ("", nil), ("5", nil), ("s", nil), ("1m x", nil),
      ("-1s", nil), ("1d", nil),
    ] as [(String, Int64?)])
  func readsDurations(text: String, nanoseconds: Int64?) {
    #expect(EngineDuration(argument: text)?.nanoseconds == nanoseconds)
  }

  @Test(arguments: [
    ("80", ["80/tcp::"]), ("8080:80", ["80/tcp::8080"]),
    ("127.0.0.1:8080:80/UDP", ["80/udp:127.0.0.1:8080"]),
    ("[::1]:8080:80", ["80/tcp:::1:8080"]), ("127.0.0.1::84", ["84/tcp:127.0.0.1:"]),
    ("8000-8001:80-81", ["80/tcp::8000", "81/tcp::8001"]),
    ("9000-9005:85", ["85/tcp::9000-9005"]), ("80-81", ["80/tcp::", "81/tcp::"]),
  ])
  func readsPorts(text: String, bindings: [String]) throws {
    let read = try PortSpecification(text).bindings
    #expect(read.map { "\($0.containerPort):\($0.hostAddress):\($0.hostPort)" } == bindings)
  }

  @Test(arguments: [
    "", "x", "0", "99999:80", "80/foo", "1:2:3:4", "8000-8002:80-81", "81-80", "8080:80:90",
    "[::x]:1:2",
  ])
  func refusesWhatIsNoPort(text: String) {
    #expect(throws: UsageError.self) { try PortSpecification(text) }
  }

  @Test func readsMounts() throws {
    let bind = try MountSpecification("type=bind,src=/data,dst=/d,ro,bind-propagation=rslave")
    #expect(
      bind.json == [
        "Type": "bind", "Source": "/data", "Target": "/d", "ReadOnly": true,
        "BindOptions": ["Propagation": "rslave"],
      ])
    let memory = try MountSpecification("type=tmpfs,target=/t,tmpfs-size=1m")
    #expect(memory.json["TmpfsOptions"] == ["SizeBytes": 1_048_576])
    let volume = try MountSpecification("source=v,destination=/v,volume-nocopy=true,readonly=0")
    #expect(volume.json["Type"] == "volume")
    #expect(volume.json["VolumeOptions"] == ["NoCopy": true])
    #expect(volume.json["ReadOnly"] == false)
  }

  @Test(arguments: [
    "type=bind,src=/x", "type=bind,dst=/x", "dst=/x,colour=red", "dst=/x,ro=maybe",
    "type=tmpfs,dst=/x,tmpfs-size=big",
  ])
  func refusesWhatIsNoMount(text: String) {
    #expect(throws: UsageError.self) { try MountSpecification(text) }
  }

  private let now = Timestamp(millisecondsSince1970: 1_795_460_701_000)  // 2026-11-23T19:05:01Z

  @Test(arguments: [
    ("2026-11-23", "2026-11-23T00:00:00.000Z"),
    ("2026-11-23T10:00:00Z", "2026-11-23T10:00:00.000Z"),
    ("2026-11-23T10:00:00", "2026-11-23T10:00:00.000Z"),
    ("1795460701", "2026-11-23T19:05:01.000Z"), ("now", "2026-11-23T19:05:01.000Z"),
    ("today", "2026-11-23T00:00:00.000Z"), ("yesterday", "2026-11-22T19:05:01.000Z"),
    ("10m", "2026-11-23T18:55:01.000Z"), ("2 hours ago", "2026-11-23T17:05:01.000Z"),
    ("2.weeks.ago", "2026-11-09T19:05:01.000Z"), ("last week", "2026-11-16T19:05:01.000Z"),
    ("2026-11-23 10:00", "2026-11-23T10:00:00.000Z"), ("@1795460701", "2026-11-23T19:05:01.000Z"),
    ("2026-11-23 10:00:01", "2026-11-23T10:00:01.000Z"),
  ])
  func readsTimes(text: String, time: String) throws {
    #expect(try TimeArgument.parse(text, now: now).description == time)
  }

  @Test(arguments: [
    "", "bogus", "10 parsecs ago", "2026-13-01", "inf", "last", "@", "2026-11-23 x",
  ])
  func refusesWhatIsNoTime(text: String) {
    #expect(throws: UsageError.self) { try TimeArgument.parse(text, now: now) }
  }
}
