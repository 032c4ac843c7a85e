// swift-tools-version: 6.2
//
// softbounce: a sidecar that watches temporary failures beside Postfix or Sendmail, and its reporter.
//
// Rooms are listed bottom up; imports run only upwards in this file, never downwards.

import PackageDescription

let package = Package(
  name: "softbounce",
  products: [
    .executable(name: "softbounced", targets: ["softbounced"]),
    .executable(name: "softbounce", targets: ["softbounce"]),
    // For Tests/Benchmarks and Tests/Fuzz, which are packages of their own.
    .library(
      name: "SoftbounceRooms",
      targets: [
        "Bytes", "SMTPTypes", "Milter", "MailLog", "MailQueue", "DeliveryStatus", "Classification", "Journal", "Intake",
        "Reporting", "Alerting", "Sidecar", "LogFiles", "Privacy", "SystemJournal",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // System libraries: a module map each, and a shim only for what a map can't say.
    .systemLibrary(name: "CMilter", path: "Modules/CMilter", pkgConfig: "milter", providers: [.apt(["libmilter-dev"])]),
    .systemLibrary(name: "CLinux", path: "Modules/CLinux"),
    .systemLibrary(
      name: "CZstd", path: "Modules/CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(
      name: "CPCRE2", path: "Modules/CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(name: "CZlib", path: "Modules/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CLZMA", path: "Modules/CLZMA", pkgConfig: "liblzma", providers: [.apt(["liblzma-dev"])]),
    .systemLibrary(name: "CBzip2", path: "Modules/CBzip2", providers: [.apt(["libbz2-dev"])]),
    .systemLibrary(
      name: "CSodium", path: "Modules/CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
    .systemLibrary(
      name: "CIDN2", path: "Modules/CIDN2", pkgConfig: "libidn2", providers: [.apt(["libidn2-dev"])]),
    .systemLibrary(name: "CPSL", path: "Modules/CPSL", pkgConfig: "libpsl", providers: [.apt(["libpsl-dev"])]),
    .systemLibrary(
      name: "CSystemd", path: "Modules/CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),

    // Bytes: borrowed views, and the few containers that every hot path shares.
    .target(name: "Bytes", dependencies: ["CLinux"]),
    .testTarget(name: "BytesTests", dependencies: ["Bytes"]),

    // Files of lines as they lie on a disk: compressed, rotated.
    .target(name: "LogFiles", dependencies: ["Bytes", "CZlib", "CZstd", "CLZMA", "CBzip2"]),
    .testTarget(name: "LogFilesTests", dependencies: ["LogFiles", "Bytes"]),

    // The vocabulary of RFC 5321, 3463 and 3464; no input or output.
    .target(name: "SMTPTypes", dependencies: ["Bytes", "CIDN2"]),
    .testTarget(name: "SMTPTypesTests", dependencies: ["SMTPTypes", "Bytes"]),

    // libmilter, and nothing above it.
    .target(name: "Milter", dependencies: ["CMilter", "Bytes", "SMTPTypes"]),
    .testTarget(name: "MilterTests", dependencies: ["Milter", "Bytes", "CMilter", "MilterClient", "SMTPTypes"]),

    // What the machine says of itself.
    .target(name: "Machine"),

    // The systemd journal's entries as log lines; the only place with libsystemd's pointers.
    .target(name: "SystemJournal", dependencies: ["Bytes", "SMTPTypes", "CSystemd"]),

    // The MTA's side of the milter protocol, for tests.
    .target(name: "MilterClient", path: "Tests/Support/MilterClient"),

    // Mail log lines, bytes to values.
    .target(name: "MailLog", dependencies: ["Bytes", "SMTPTypes", "CLinux"]),
    .testTarget(name: "MailLogTests", dependencies: ["MailLog", "Bytes", "SMTPTypes"]),

    // What lies in Postfix's queue, lines of postqueue(1) to values.
    .target(name: "MailQueue", dependencies: ["Bytes", "SMTPTypes"]),
    .testTarget(name: "MailQueueTests", dependencies: ["MailQueue", "Bytes", "SMTPTypes"]),

    // Delivery status notifications, bytes to values.
    .target(name: "DeliveryStatus", dependencies: ["Bytes", "SMTPTypes"]),
    .testTarget(name: "DeliveryStatusTests", dependencies: ["DeliveryStatus", "Bytes", "SMTPTypes"]),

    // Rules to causes; providers.
    .target(
      name: "Classification",
      dependencies: ["Bytes", "SMTPTypes", "CPCRE2", "CPSL", .product(name: "Yams", package: "Yams")]),
    .testTarget(name: "ClassificationTests", dependencies: ["Classification", "Bytes", "SMTPTypes"]),

    // Addresses that are not to be stored as they are.
    .target(name: "Privacy", dependencies: ["Bytes", "CSodium", "SMTPTypes"]),
    .testTarget(name: "PrivacyTests", dependencies: ["Privacy", "Bytes", "SMTPTypes"]),

    // The event and where it is kept.
    .target(name: "Journal", dependencies: ["Bytes", "CLinux", "CZstd", "SMTPTypes", "Classification", "Privacy"]),
    .testTarget(
      name: "JournalTests", dependencies: ["Journal", "Bytes", "CLinux", "Classification", "Privacy", "SMTPTypes"]),

    // What the windows saw, joined into events.
    .target(
      name: "Intake",
      dependencies: ["Bytes", "SMTPTypes", "MailLog", "MailQueue", "DeliveryStatus", "Classification", "Journal"]),
    .testTarget(
      name: "IntakeTests",
      dependencies: [
        "Intake", "Bytes", "Classification", "DeliveryStatus", "Journal", "MailLog", "MailQueue", "Privacy", "SMTPTypes"
      ]),

    // Questions to the journal, and how the answers look.
    .target(name: "Reporting", dependencies: ["Bytes", "SMTPTypes", "Classification", "Journal", "Privacy"]),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["Reporting", "Bytes", "Classification", "Journal", "Privacy", "SMTPTypes"]),

    // Thresholds and those who are told.
    .target(name: "Alerting", dependencies: ["Bytes", "CLinux", "SMTPTypes", "Classification", "Journal"]),
    .testTarget(name: "AlertingTests", dependencies: ["Alerting", "Bytes", "Classification", "Journal", "SMTPTypes"]),

    // The daemon's wiring.
    .target(
      name: "Sidecar",
      dependencies: [
        "Bytes", "SMTPTypes", "Milter", "MailLog", "MailQueue", "DeliveryStatus", "Classification", "Journal", "Intake",
        "Alerting", "CLinux", "LogFiles", "Machine", "Privacy", "SystemJournal",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "Yams", package: "Yams"),
      ]),
    .testTarget(
      name: "SidecarTests",
      dependencies: [
        "Sidecar", "Alerting", "Bytes", "Classification", "DeliveryStatus", "Intake", "Journal", "LogFiles", "MailLog",
        "Milter", "MilterClient", "Privacy", "SMTPTypes", "SystemJournal",
        .product(name: "Logging", package: "swift-log"),
      ]),

    // The reporter's commands.
    .target(
      name: "SoftbounceCommands",
      dependencies: [
        "Bytes", "SMTPTypes", "LogFiles", "Machine", "SystemJournal", "MailLog", "DeliveryStatus", "Classification",
        "CLinux", "Journal", "Intake", "Privacy", "Reporting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Yams", package: "Yams"),
      ]),
    .testTarget(
      name: "SoftbounceCommandsTests",
      dependencies: [
        "SoftbounceCommands", "Bytes", "Classification", "Journal", "Privacy", "Reporting", "SMTPTypes",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Yams", package: "Yams"),
      ]),

    .executableTarget(
      name: "softbounced",
      dependencies: ["Sidecar", .product(name: "ArgumentParser", package: "swift-argument-parser")]),
    .executableTarget(name: "softbounce", dependencies: ["SoftbounceCommands"]),

    // What must hold of every parser, on the seeds that Tests/Fuzz starts from.
    .testTarget(
      name: "ParserChecks",
      dependencies: [
        "Bytes", "SMTPTypes", "Milter", "MailLog", "MailQueue", "DeliveryStatus", "Classification", "Journal", "Intake",
        "Reporting", "Sidecar", "LogFiles", "Privacy", "SystemJournal",
        .product(name: "Logging", package: "swift-log"),
      ],
      path: "Tests/Fuzz/Sources/ParserChecks"),

    // The programs as built, beside a real Postfix (deploy/test).
    .testTarget(name: "IntegrationTests", path: "Tests/Integration"),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
    .treatAllWarnings(as: .error),  // SE-0443
    // Accesses are checked at run time in debug builds, which is what the tests run; in a release they would cost a
    // twentieth of a report.
    .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
  ]
}
