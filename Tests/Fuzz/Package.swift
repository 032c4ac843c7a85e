// swift-tools-version: 6.2
//
// Every parser under libFuzzer: `deploy/fuzz` builds and runs this. A package of its own, because all that it depends
// on is built with a sanitizer and coverage counters. The checks are shared with the ordinary tests, which replay the
// seeds.

import PackageDescription

let package = Package(
  name: "softbounce-fuzz",
  dependencies: [
    .package(name: "softbounce", path: "../.."),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: [
    .target(
      name: "ParserChecks",
      dependencies: [
        .product(name: "SoftbounceRooms", package: "softbounce"),
        .product(name: "Logging", package: "swift-log"),
      ],
      exclude: ["SeedReplayTests.swift"]),
    // libFuzzer brings `main`.
    .executableTarget(
      name: "softbounce-fuzz",
      dependencies: ["ParserChecks", .product(name: "SoftbounceRooms", package: "softbounce")],
      path: "Sources/Fuzz",
      swiftSettings: [.unsafeFlags(["-parse-as-library"])]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .enableUpcomingFeature("ExistentialAny"),  // SE-0335
      .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
      .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
      .treatAllWarnings(as: .error),  // SE-0443
    ]
}
