// swift-tools-version: 6.2
import PackageDescription

/// Another project that uses the JSON-LD processor, and nothing else of SmartContainers.
let package = Package(
  name: "NQuads",
  dependencies: [.package(name: "SmartContainers", path: "../..")],
  targets: [
    .executableTarget(
      name: "NQuads", dependencies: [.product(name: "JSONLD", package: "SmartContainers")])
  ])
