import Canonical
import Testing

@testable import Provenance

@Suite struct SnapshotTests {
  static let inspection: JSONValue = [
    "Id": .string(Fixture.containerID), "Created": "2026-11-23T19:05:01.123456789Z",
    "Path": "sh", "Args": [], "Name": "/web", "Image": "sha256:5dac", "RestartCount": 0,
    "State": ["Status": "running", "Pid": 4711], "LogPath": "/var/lib/x.log", "Platform": "linux",
    "ResolvConfPath": "/r", "HostnamePath": "/h", "HostsPath": "/o", "Driver": "overlay2",
    "AppArmorProfile": "docker-default", "ExecIDs": ["e1"], "GraphDriver": ["Name": "overlay2"],
    "SizeRw": 12,
    "Config": [
      "Hostname": "8a61192da2b3", "Env": ["Z=1", "A=1", "PASSWORD=hunter2", "A=2"],
      "Cmd": ["b", "a"],
      "Labels": ["empty": "", "a": "b"], "ExposedPorts": ["80/tcp": [:]], "Tty": false,
      "Entrypoint": nil, "StopTimeout": 0,
    ],
    "HostConfig": [
      "Binds": ["/z:/b", "/y:/a:ro"], "Memory": 134_217_728, "CpuShares": 0,
      "ConsoleSize": [24, 80],
      "RestartPolicy": ["Name": "no", "MaximumRetryCount": 0], "Dns": ["9.9.9.9", "1.1.1.1"],
      "PortBindings": ["80/tcp": [["HostIp": "", "HostPort": "8080"]], "81/tcp": nil],
      "CapAdd": ["SYS_TIME", "NET_ADMIN"], "MemorySwappiness": nil,
    ],
    "Mounts": [
      [
        "Type": "volume", "Name": "d", "Source": "/var/lib/docker/volumes/d", "Destination": "/z",
        "RW": true,
      ],
      ["Type": "bind", "Source": "/y", "Destination": "/a", "RW": false],
    ],
    "NetworkSettings": [
      "SandboxID": "s", "IPAddress": "172.17.0.2",
      "Networks": [
        "net": [
          "IPAddress": "172.17.0.2", "MacAddress": "02:42", "EndpointID": "e", "NetworkID": "n",
          "Aliases": ["www", "8a61192da2b3", "app", "8a"],
        ]
      ],
    ],
  ]

  private func snapshot(_ inspection: JSONValue) -> JSONValue {
    var redactor = Redactor(key: Fixture.key)
    return Snapshot.container(inspection: inspection, redactor: &redactor)
  }

  @Test func keepsConfigurationAndLeavesStateOut() {
    let snapshot = snapshot(Self.inspection)
    #expect(
      Set((snapshot.object ?? [:]).keys) == [
        "Config", "Created", "HostConfig", "Id", "Image", "Mounts", "Name", "Networks", "Platform",
      ])
    let text = snapshot.text()
    for state in [
      "172.17", "4711", "02:42", "docker/volumes", "hunter2", "docker-default", "Console",
    ] {
      #expect(!text.contains(state), "\(state)")
    }
    #expect(snapshot["Name"] == "web")
  }

  @Test func sortsOnlyWhatIsASet() {
    let snapshot = snapshot(Self.inspection)
    let names = snapshot["Config"]?["Env"]?.strings?.map { $0.prefix { $0 != "=" } }
    #expect(names == ["A", "A", "PASSWORD", "Z"])
    #expect(snapshot["Config"]?["Env"]?.strings?.prefix(2) == ["A=1", "A=2"])
    #expect(snapshot["Config"]?["Cmd"] == ["b", "a"])
    #expect(snapshot["HostConfig"]?["Dns"] == ["9.9.9.9", "1.1.1.1"])
    #expect(snapshot["HostConfig"]?["Binds"] == ["/y:/a:ro", "/z:/b"])
    #expect(snapshot["HostConfig"]?["CapAdd"] == ["NET_ADMIN", "SYS_TIME"])
    #expect(snapshot["Mounts"]?.array?.compactMap { $0["Destination"]?.string } == ["/a", "/z"])
    #expect(snapshot["Networks"]?["net"]?["Aliases"] == ["8a", "app", "www"])
  }

  @Test func unifiesNullEmptyAndAbsent() {
    let snapshot = snapshot(Self.inspection)
    #expect(snapshot["HostConfig"]?["RestartPolicy"] == nil)
    #expect(snapshot["HostConfig"]?["PortBindings"] == ["80/tcp": [["HostPort": "8080"]]])
    #expect(snapshot["Config"]?["Tty"] == nil && snapshot["Config"]?["StopTimeout"] == 0)
    #expect(snapshot["Config"]?["Labels"] == ["a": "b", "empty": ""])
    #expect(snapshot["Config"]?["ExposedPorts"] == ["80/tcp": [:]])
  }

  @Test func imageIsTheSameOnBothStoresAndUnderAnyName() {
    let classic: JSONValue = [
      "Id": "sha256:1", "RepoTags": ["a:1"], "RepoDigests": [], "Parent": "", "Comment": "",
      "Created": "0001-01-01T00:00:00Z", "Container": "c", "ContainerConfig": ["Cmd": ["x"]],
      "DockerVersion": "20.10.24", "Author": "", "Architecture": "amd64", "Os": "linux", "Size": 5,
      "VirtualSize": 5, "GraphDriver": ["Name": "vfs"], "Metadata": ["LastTagTime": "now"],
      "Config": [
        "Hostname": "", "AttachStdin": false, "Env": ["PATH=/bin", "PASSWORD=hunter2"],
        "Cmd": ["sh"],
        "Image": "sha256:0", "Volumes": nil, "WorkingDir": "", "Entrypoint": nil, "Labels": nil,
      ],
      "RootFS": ["Type": "layers", "Layers": ["sha256:b", "sha256:a"]],
    ]
    let containerd: JSONValue = [
      "Id": "sha256:2", "RepoTags": ["b:1"], "Architecture": "amd64", "Os": "linux", "Size": 9,
      "Config": ["Env": ["PATH=/bin", "PASSWORD=hunter2"], "Cmd": ["sh"], "Labels": [:]],
      "RootFS": ["Type": "layers", "Layers": ["sha256:b", "sha256:a"]], "Descriptor": ["size": 3],
    ]
    let snapshot = Snapshot.image(inspection: classic)
    #expect(snapshot.bytes(.pretty) == Snapshot.image(inspection: containerd).bytes(.pretty))
    #expect(
      snapshot == [
        "Architecture": "amd64", "Os": "linux",
        "Config": ["Cmd": ["sh"], "Env": ["PATH=/bin", "PASSWORD=redacted:unkeyed"]],
        "RootFS": ["Type": "layers", "Layers": ["sha256:b", "sha256:a"]],
      ])
  }

  @Test func volumeHasNoPlaceOfTheEngine() {
    var redactor = Redactor(key: Fixture.key)
    let snapshot = Snapshot.volume(
      inspection: [
        "Name": "data", "Driver": "local", "Mountpoint": "/var/lib", "Labels": nil,
        "Scope": "local",
        "CreatedAt": "2026", "Options": ["o": "username=u,password=hunter2"],
      ], redactor: &redactor)
    #expect(snapshot["Mountpoint"] == nil && snapshot["Name"] == "data")
    #expect(snapshot["Options"]?["o"]?.string?.hasPrefix("username=u,password=redacted:") == true)
  }

  @Test func networkHasNobodyInIt() {
    var redactor = Redactor(key: Fixture.key)
    let snapshot = Snapshot.network(
      inspection: [
        "Name": "lab", "Id": "69ff", "Created": "2026", "Scope": "local", "Driver": "bridge",
        "EnableIPv6": false, "Internal": true, "ConfigFrom": ["Network": ""],
        "IPAM": ["Driver": "default", "Options": nil, "Config": [["Subnet": "10.99.0.0/24"]]],
        "Containers": ["8a": ["Name": "web", "IPv4Address": "10.99.0.2/24"]],
        "Options": ["o": "password=hunter2"], "Labels": ["a": ""],
      ], redactor: &redactor)
    #expect(
      Set((snapshot.object ?? [:]).keys) == [
        "Created", "Driver", "IPAM", "Id", "Internal", "Labels", "Name", "Options", "Scope",
      ])
    #expect(snapshot["IPAM"] == ["Driver": "default", "Config": [["Subnet": "10.99.0.0/24"]]])
    #expect(snapshot["Labels"] == ["a": ""] && !snapshot.text().contains("hunter2"))
    #expect(Snapshot.path(network: "69ff") == "networks/69/69ff.json")
  }

  @Test func pathsAreAsTheHistoryLaysThemOut() {
    #expect(
      Snapshot.path(container: Fixture.containerID)
        == "containers/8a/\(Fixture.containerID).json")
    let digest = Fixture.digest("x")
    #expect(
      Snapshot.path(image: digest)
        == "images/\(digest.hexadecimal.prefix(2))/\(digest.hexadecimal).json")
    #expect(
      Snapshot.path(volume: Volume(name: "da-ta.1", engine: "7TRN:IPZB"))
        == "volumes/7TRN%3AIPZB/da-ta.1.json")
    #expect(
      Snapshot.path(volume: Volume(name: "../x", engine: "..")) == "volumes/%2E./%2E.%2Fx.json")
  }
}
