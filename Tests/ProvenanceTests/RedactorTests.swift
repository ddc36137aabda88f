import Canonical
import Testing

@testable import Provenance

@Suite struct RedactorTests {
  static let secret = "hunter2-ünd+more"

  private func redactor(_ policy: Redactor.Policy = .matching) -> Redactor {
    Redactor(key: Fixture.key, policy: policy)
  }

  @Test(arguments: [
    "PASSWORD", "DB_PASSWORD", "MYSQL_ROOT_PASSWORD", "PGPASSWORD", "dbPassword", "passwd",
    "PASSPHRASE", "DB_PASS", "DB_PWD", "SECRET", "CLIENT_SECRET", "SECRET_KEY_BASE", "TOKEN",
    "GITHUB_TOKEN", "AUTHTOKEN", "accessToken", "API_KEY", "APIKEY", "apiKey", "x-api-key",
    "AWS_SECRET_ACCESS_KEY", "ACCESS_KEY", "PRIVATE_KEY", "SSH_KEY", "CREDENTIALS",
    "registry.credential", "AUTH", "BASIC_AUTH", "GITHUB_PAT", "SENTRY_DSN", "REDIS_AUTH",
    "ENCRYPTION_KEY", "com.example.token", "SECRET_NAME",
  ])
  func replacesWhatTheNameCallsSecret(name: String) {
    var redactor = redactor()
    let redacted = redactor.redact(environment: ["\(name)=\(Self.secret)"])
    #expect(!redacted.joined().contains("hunter2"))
    #expect(redacted.joined().hasPrefix("\(name)=redacted:hmac-sha256:"))
  }

  @Test(arguments: [
    "PATH=/usr/bin:/bin", "AUTHOR=Josiah", "AUTHORS=a, b", "KEYBOARD=de",
    "TOKENIZER_PATH=/m/t.json",
    "TOKENIZERS_PARALLELISM=false", "PWD=/work", "OLDPWD=/work", "PASS_COUNT=3", "COMPASS=north",
    "PATTERN=x", "PAT=postman", "MONKEY=banana", "KEY=left", "PUBLIC_KEY=AAAAB3NzaC1yc2EAAAADAQAB",
    "PASSWORD_FILE=/run/secrets/db", "AUTH_ENABLED=true", "TOKEN_TTL=3600", "PASSWORD=", "PASSWORD",
    "HOME=/root", "SSH_AUTH_SOCK=/run/agent.sock", "LANG=C.UTF-8", "BASIC=true", "TOKENIZER=bpe",
    "SESSION=gnome", "GPG_KEYSERVER=hkps://keys.openpgp.org", "DSNAME=x", "OLD_PWD=/x",
  ])
  func leavesWhatIsNoSecret(entry: String) {
    var redactor = redactor()
    #expect(redactor.redact(environment: [entry]) == [entry])
  }

  /// Written in parts, so that no scanner takes this file for a leak.
  static let shapes: [String] = [
    "AKIA" + "IOSFODNN7EXAMPLE", "ghp" + "_16C7e42F292c6912E7710c838347Ae178B4a",
    "github" + "_pat_11ABCDEFG0aBcDeFgHiJkL_abcdef", "glpat" + "-abcDEF123456ghiJKL78",
    "xoxb" + "-123456789012-abcdefghijkl",
    "eyJ" + "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P",
    "-----BEGIN " + "RSA PRIVATE KEY-----\nMIIEow\nABC=\n-----END RSA PRIVATE KEY-----",
    "-----BEGIN " + "PRIVATE KEY-----\nMIIEow cut off",
  ]

  @Test(arguments: shapes)
  func replacesWhatHasTheFormOfASecret(secret: String) {
    var redactor = redactor()
    let text = redactor.redact(text: "x '\(secret)")
    #expect(text.hasPrefix("x 'redacted:hmac-sha256:"), "\(text)")
    #expect(!text.contains(secret.dropFirst(6)))
    #expect(redactor.redact(environment: ["NOTE=\(secret)"]).joined().hasPrefix("NOTE=redacted:"))
  }

  @Test(arguments: [
    ("https://user:hunter2@example.org/a?b=c", "https://", "@example.org/a?b=c"),
    ("postgres://app:p@hunter2@db:5432/x", "postgres://", "@db:5432/x"),
    ("redis://:hunter2@cache", "redis://", "@cache"),
    ("amqp://u:hunter2/slash@mq/v", "amqp://", "@mq/v"),
    (
      "see https://hunter2:x-oauth-basic@github.com/o/r.git now", "see https://",
      "@github.com/o/r.git now"
    ),
  ])
  func replacesOnlyTheCredentialsOfAURL(url: String, start: String, end: String) {
    for policy in Redactor.Policy.allCases {
      var redactor = redactor(policy)
      let text = redactor.redact(text: url)
      #expect(!text.contains("hunter2"), "\(text)")
      #expect(text.hasPrefix(start + "redacted:hmac-sha256:") && text.hasSuffix(end), "\(text)")
    }
  }

  @Test(arguments: [
    "https://example.org/a@b", "ssh://git@github.com/o/r", "http://host:8080/path@x", "a:b@c",
    "http://[::1]:80/x@y", "Basic authentication failed", "a bearer of news", "busybox:1.36",
    "invalid password: try again", "TOKEN=${TOKEN} PASSWORD=$(cat x)", "image: busybox",
    "sha256:" + String(repeating: "5dac", count: 16),
    "export PASSWORD=$OTHER", "task-force", "mask-abcdefghijklmnopqrstuvwxyz",
  ])
  func leavesOrdinaryText(text: String) {
    var redactor = redactor()
    #expect(redactor.redact(text: text) == text)
  }

  @Test(arguments: [
    ["--password", "hunter2"], ["--password=hunter2"], ["-e", "DB_PASSWORD=hunter2 and more"],
    ["--env=TOKEN=hunter2 x"], ["--env", "TOKEN=hunter2"], ["-eTOKEN=hunter2"],
    ["--token", "hunter2"],
    ["--build-arg", "API_KEY=hunter2"], ["--label", "auth=hunter2"],
    ["--log-opt", "splunk-token=hunter2"],
    ["sh", "-c", "export PASSWORD=hunter2; run"], ["sh", "-c", "mysql --password hunter2 -h db"],
    ["sh", "-c", "curl -H 'Authorization: Basic aHVudGVy hunter2'"],
    ["sh", "-c", "curl -H \"X-Registry-Auth: hunter2\""], ["curl", "http://h/?token=hunter2&x=1"],
    ["--config", "{\"password\": \"hunter2\"}"],
    ["sh", "-c", "echo {\\\"password\\\":\\\"hunter2\\\"}"],
    ["--opt", "o=username=u,password=hunter2,vers=3"], ["PASSWORD='hunter2 x' cmd"],
    ["sh", "-c", "PASSWORD=a\\ hunter2 run"], ["sh", "-c", "PASSWORD='$hunter2' run"],
    ["cat <<E\nuser: me\n  password: hunter2\nE"], ["PASSWORD=redacted:hunter2"],
    ["ENV PASSWORD hunter2"], ["RUN PASSWORD=\"hun\\\"ter2 hunter2\" cmd"],
  ])
  func redactsArguments(arguments: [String]) {
    var redactor = redactor()
    let redacted = redactor.redact(arguments: arguments)
    #expect(!redacted.joined(separator: " ").contains("hunter2"), "\(redacted)")
    #expect(redacted.joined().contains("redacted:hmac-sha256:"))
    #expect(redacted.count == arguments.count)
    #expect(redactor.redact(arguments: redacted) == redacted, "not idempotent")
  }

  @Test(arguments: [
    ["sc", "container", "create", "--name", "web", "-p", "80:80", "busybox", "sh"],
    ["mysql", "-pSECRET"], ["login", "--password-stdin", "registry.example.org"],
    ["build", "--secret", "id=npm,src=/home/u/.npmrc", "."], ["--tokenizer", "bpe"],
    ["--user", "1000:1000"], ["--token-ttl", "3600"], ["--auth", "--verbose"],
  ])
  func leavesOtherArguments(arguments: [String]) {
    var redactor = redactor()
    #expect(redactor.redact(arguments: arguments) == arguments)
  }

  @Test func redactsARequestBodyInEveryPlace() {
    let secret: JSONValue = "hunter2"
    let body: JSONValue = [
      "Image": "busybox", "Env": ["A=b", "PASSWORD=hunter2"],
      "Labels": ["token": secret, "a": "b"],
      "Cmd": ["login", "--password", secret], "Entrypoint": ["sh", "-c", "TOKEN=hunter2 x"],
      "Healthcheck": ["Test": ["CMD-SHELL", "curl -u $U --token hunter2"]],
      "HostConfig": [
        "LogConfig": ["Type": "splunk", "Config": ["splunk-token": secret, "max-size": "1m"]],
        "Mounts": [["VolumeOptions": ["DriverConfig": ["Options": ["o": "u=a,password=hunter2"]]]]],
      ],
      "AuthConfig": ["username": "u", "password": secret],
    ]
    var redactor = redactor()
    let redacted = redactor.redact(json: body)
    #expect(!redacted.text().contains("hunter2"), "\(redacted.text(.pretty))")
    #expect(redacted["Image"] == "busybox" && redacted["Env"]?.strings?.first == "A=b")
    #expect(redacted["HostConfig"]?["LogConfig"]?["Config"]?["max-size"] == "1m")
    #expect(redacted["AuthConfig"] == nil)
    #expect(redactor.secrets.contains("hunter2"))
  }

  @Test(arguments: Redactor.Policy.allCases)
  func neverRecordsRegistryCredentials(policy: Redactor.Policy) {
    var redactor = redactor(policy)
    let login: JSONValue = [
      "username": "u", "password": "hunter2", "serveraddress": "registry.example.org",
      "identitytoken": "hunter3",
    ]
    let redacted = redactor.redact(json: login)
    #expect(redacted == ["username": "u", "serveraddress": "registry.example.org"])
    #expect(redactor.redact(query: [QueryItem("authconfig", "hunter2")]).isEmpty)
    #expect(!redactor.scrub("denied for hunter2, hunter3").contains("hunter"))
  }

  @Test func redactsTheQuery() {
    var redactor = redactor()
    let query = redactor.redact(query: [
      QueryItem("buildargs", #"{"NPM_TOKEN":"hunter2","MODE":"fast"}"#),
      QueryItem("labels", #"{"password":"hunter2"}"#), QueryItem("t", "web:1"),
      QueryItem("remote", "https://u:hunter2@example.org/x.git"),
      QueryItem("changes", "ENV PASSWORD hunter2\nENV TOKEN=hunter2\nCMD [\"x\"]"),
    ])
    #expect(!query.map(\.value).joined().contains("hunter2"), "\(query)")
    #expect(query[0].value.contains(#""MODE":"fast""#) && query[2].value == "web:1")
    #expect(query[4].value.hasSuffix("\nCMD [\"x\"]"))
  }

  @Test func scrubsWhatTheEngineQuotes() {
    var redactor = redactor()
    _ = redactor.redact(environment: ["PASSWORD=correct horse", "PIN_TOKEN=abc"])
    let text = redactor.scrub("bad value correct horse near abc, not abcd")
    #expect(!text.contains("horse") && text.contains("not abcd") && !text.contains("near abc,"))
    #expect(redactor.scrub(text) == text)
  }

  @Test func scrubsASecretInOtherForms() {
    var redactor = redactor()
    _ = redactor.redact(environment: ["PASSWORD=a \"b\" c&d", "spring.db[0].password=one two"])
    let text = redactor.scrub(#"at h/?p=a%20%22b%22%20c%26d: "a \"b\" c&d" one two"#)
    #expect(!text.contains("c&d") && !text.contains("c%26d") && !text.contains("two"), "\(text)")
  }

  @Test func scrubsThePasswordOfAURLByItself() {
    var redactor = redactor()
    _ = redactor.redact(text: "https://me:hunter2@example.org/")
    #expect(!redactor.scrub("login of me with hunter2 failed").contains("hunter2"))
  }

  @Test func hidesRegistryHeadersUnderEveryPolicy() {
    for policy in Redactor.Policy.allCases {
      var redactor = redactor(policy)
      for header in ["X-Registry-Auth: aHVudGVy", "Authorization: Basic aHVudGVy"] {
        let text = redactor.redact(arguments: ["curl", "-H", header]).joined()
        #expect(!text.contains("aHVudGVy"), "\(text)")
      }
    }
  }

  @Test func policiesDecideAboutTheEnvironment() {
    var all = redactor(.all)
    var none = redactor(.none)
    #expect(
      all.redact(environment: ["MODE=x", "UNSET"]).first?.hasPrefix("MODE=redacted:") == true)
    #expect(all.redact(arguments: ["-e", "MODE=x"]).last?.hasPrefix("MODE=redacted:") == true)
    #expect(all.redact(buildArguments: ["MODE": "x"])["MODE"]?.hasPrefix("redacted:") == true)
    #expect(none.redact(environment: ["PASSWORD=x1"]) == ["PASSWORD=x1"])
    #expect(none.redact(arguments: ["--password", "x1"]) == ["--password", "x1"])
  }

  @Test func commitmentShowsAChangeUnderOneKeyOnly() throws {
    var one = redactor()
    var other = Redactor(key: Array("another".utf8))
    let first = one.commit("a")
    #expect(first == one.commit("a") && first != one.commit("b"))
    let commitment = try #require(Commitment(first))
    let foreign = try #require(Commitment(other.commit("a")))
    #expect(commitment.keyID == one.keyID && commitment.keyID != foreign.keyID)
    #expect(commitment.description == first && commitment.code != foreign.code)
    #expect(one.commit(first) == first)
    #expect(!one.commit("").contains("redacted"))
  }
}
