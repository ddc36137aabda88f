// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target is compiled with.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

/// A library module. The arrows of the architecture are its `dependencies`; `ArchitectureTests`
/// holds the imports against them.
///
/// - Parameter embedding: files whose bytes are part of the code.
func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], embedding: [String] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, resources: embedding.map { .embedInCode($0) },
    swiftSettings: strict)
}

/// The tests of one module.
func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["TestSupport"], exclude: exclude,
    swiftSettings: strict)
}

/// A C library of the system, found by pkg-config, and the shim through which Swift sees it.
func shim(_ name: String, of library: Target, linking others: [String] = []) -> [Target] {
  [
    library,
    .target(
      name: name, dependencies: [.target(name: library.name)],
      linkerSettings: others.map { .linkedLibrary($0) }),
  ]
}

/// What the executable shows to the libraries that it loads: see CGit2.c.
let exported = ["mbedtls_x509_crt_parse_file", "mbedtls_x509_crt_parse_path"]
  .map { "--export-dynamic-symbol=" + $0 }

let package = Package(
  name: "SmartContainers",
  products: [
    .library(name: "SmartContainers", targets: ["SmartContainers"]),
    .library(name: "JSONLD", targets: ["JSONLD", "RDF"]),
    .executable(name: "sc", targets: ["sc"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    shim(
      "CCurl",
      of: .systemLibrary(
        // Without pkg-config, whose -lcurl would make every command load it: CCurl does when
        // it is used.
        name: "LibCurl", path: "Sources/System/LibCurl",
        providers: [.apt(["libcurl4-openssl-dev"])])),
    shim(
      "CGit2",
      of: .systemLibrary(
        // Loaded by CGit2 when it is used.
        name: "LibGit2", path: "Sources/System/LibGit2",
        providers: [.apt(["libgit2-dev", "zlib1g-dev"])]), linking: ["z"]),
    shim(
      "CArchive",
      of: .systemLibrary(
        // Loaded by CArchive when it is used, as libcurl is.
        name: "LibArchive", path: "Sources/System/LibArchive",
        providers: [.apt(["libarchive-dev"])])),
    // Declares what it looks up in libraptor2-0 when it is used; see CRaptor.h.
    [.target(name: "CRaptor")],
    [
      module("Canonical", [crypto]),
      module("RDF", [crypto]),
      module("JSONLD", ["RDF"]),
      module("Contexts", ["JSONLD"]),
      module("HTTP", [system]),
      module("Curl", ["HTTP", "CCurl", system]),
      module("DockerEngine", ["HTTP", "Canonical", system]),
      module("Provenance", ["Canonical", "JSONLD", "RDF", crypto]),
      module("Processes", [system]),
      module("Git", ["CGit2", "Canonical", "Processes", crypto, cryptoExtras, system]),
      module(
        "History", ["Git", "Canonical", crypto, system], embedding: ["Resources/pre-receive"]),
      module("Archive", ["CArchive", "Canonical", crypto, system]),
      module("Raptor", ["CRaptor", "RDF"]),
      module(
        "SmartContainers",
        [
          "DockerEngine", "HTTP", "Curl", "Provenance", "History", "Git", "Archive", "JSONLD",
          "Contexts", "Canonical", "RDF", "Raptor", "Processes", system,
        ]),
      module("Arguments"),
      module("Commands", ["SmartContainers", "Arguments", system]),
      .executableTarget(
        name: "sc", dependencies: ["Commands"], swiftSettings: strict,
        linkerSettings: [.unsafeFlags(exported.flatMap { ["-Xlinker", $0] })]),
      .target(
        name: "TestSupport", dependencies: ["Canonical", system], path: "Tests/TestSupport",
        swiftSettings: strict),
      tests("CanonicalTests", ["Canonical"]),
      tests("RDFTests", ["RDF"]),
      tests("JSONLDTests", ["JSONLD", "RDF"]),
      tests("ContextsTests", ["Contexts", "JSONLD"]),
      tests("CurlTests", ["Curl", "HTTP"]),
      tests("DockerEngineTests", ["DockerEngine", "HTTP", "Canonical"]),
      tests(
        "ProvenanceTests", ["Provenance", "Canonical", "JSONLD", "RDF"],
        exclude: ["Golden", "Inspections", "check_rdf.py", "check_standards.py"]),
      tests("HistoryTests", ["History", "Git", "Canonical"]),
      tests("ArchiveTests", ["Archive"]),
      tests("RaptorTests", ["Raptor", "RDF"]),
      tests(
        "SmartContainersTests",
        [
          "SmartContainers", "DockerEngine", "HTTP", "History", "Provenance", "JSONLD", "Contexts",
          "Canonical", "sc",
        ]),
      tests("ArgumentsTests", ["Arguments"]),
      tests("CommandsTests", ["Commands", "Arguments"], exclude: ["ORCID", "check_crate.py"]),
      tests("TestSupportTests", []),
      tests("ArchitectureTests", []),
      tests("FailureTests", []),
    ],
  ].flatMap { $0 }
)
