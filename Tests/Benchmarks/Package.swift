// swift-tools-version: 6.2
//
// Speed, measured: benchmarks of single rooms (`swift run -c release softbounce-benchmarks`), and the programs that
// deploy/bench compares with others. A package of its own, so that nobody who builds softbounce builds these.

import PackageDescription

let package = Package(
  name: "softbounce-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "softbounce", path: "../.."),
    .package(url: "https://github.com/google/swift-benchmark", from: "0.1.2"),
  ],
  targets: [
    // Deterministic logs, and the joins that the programs below run over them.
    .target(name: "Workloads", dependencies: [.product(name: "SoftbounceRooms", package: "softbounce")]),
    .executableTarget(
      name: "softbounce-benchmarks",
      dependencies: [
        "Workloads", .product(name: "SoftbounceRooms", package: "softbounce"),
        .product(name: "Benchmark", package: "swift-benchmark"),
      ],
      path: "Sources/Benchmarks"),
    .executableTarget(
      name: "workload",
      dependencies: ["Workloads", .product(name: "SoftbounceRooms", package: "softbounce")]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
    .treatAllWarnings(as: .error),  // SE-0443
  ]
}
