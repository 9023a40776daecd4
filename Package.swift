// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableExperimentalFeature("Lifetimes"),
]

/// A room of the house: its sources, and the rooms and libraries below it that it may use.
func room(_ name: String, _ uses: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: uses, swiftSettings: strict)
}

/// The tests of one room; they may use what the room uses.
func tests(_ name: String, _ uses: [Target.Dependency]) -> Target {
  .testTarget(name: "\(name)Tests", dependencies: uses, swiftSettings: strict)
}

let package = Package(
  name: "taffrail",
  products: [.executable(name: "taffrail", targets: ["taffrail"])],
  targets: [
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(
      name: "CCodecs", pkgConfig: "liblz4",
      providers: [
        .apt(["liblz4-dev", "zlib1g-dev", "libzstd-dev", "liblzma-dev", "libbz2-dev"])
      ]),
    .target(
      name: "CScan", cSettings: [.unsafeFlags(["-O3"])]),
    .target(name: "CMapping"),
    .target(name: "CSystemd"),
    .target(
      name: "CSimdJSON", cxxSettings: [.unsafeFlags(["-O3"])],
      linkerSettings: [.linkedLibrary("simdjson"), .linkedLibrary("stdc++")]),

    room("Bytes", ["CScan", "CSimdJSON", "CMapping"]),
    room("PatternMatching", ["CPCRE2", "Bytes"]),
    room("Model", ["Bytes"]),
    room("YAML", ["CYAML", "Model"]),
    room("Flow", ["Bytes", "Model"]),
    room("Ingest", ["CCodecs", "CSystemd", "Bytes", "Model", "Flow"]),
    room("Masking", ["Bytes", "PatternMatching", "Model", "YAML", "Flow"]),
    room("Packs", ["Bytes", "PatternMatching", "Model", "YAML", "Flow"]),
    room("Correlation", ["Bytes", "Model", "Flow"]),
    room("Grouping", ["Bytes", "Model", "Flow"]),
    room("Detection", ["Bytes", "Model", "Flow"]),
    room("Triage", ["Bytes", "Model", "Flow"]),
    room("Security", ["Bytes", "PatternMatching", "Model", "YAML", "Flow"]),
    room("Alerting", ["Bytes", "Model", "Flow"]),
    room("Output", ["Bytes", "Model", "Flow"]),
    room("Reporting", ["Bytes", "Model"]),
    room("Sampling", ["Bytes", "Model", "Flow"]),
    room("Trading", ["Bytes", "Model", "Flow"]),
    room("Generation", ["Bytes", "Model"]),
    room("Store", ["CSQLite", "Bytes", "Model", "Flow"]),
    room(
      "App",
      [
        "Bytes", "PatternMatching", "Model", "YAML", "Flow", "Ingest", "Masking", "Packs",
        "Correlation", "Grouping", "Detection", "Triage", "Security", "Alerting", "Output",
        "Reporting", "Sampling", "Trading", "Generation", "Store",
      ]),
    .executableTarget(name: "taffrail", dependencies: ["App"], swiftSettings: strict),
    room("GroupingTrial", ["Bytes", "Model", "Masking", "Grouping"]),
    .executableTarget(
      name: "grouping-bench",
      dependencies: ["GroupingTrial", "Bytes", "Model", "Flow", "Ingest", "Masking", "Grouping"],
      swiftSettings: strict),
    .target(name: "CAllocations"),
    .executableTarget(
      name: "taffrail-bench",
      dependencies: [
        "App", "CAllocations", "Bytes", "Model", "Flow", "Detection", "Triage", "Output",
        "Generation",
      ], swiftSettings: strict),

    tests("Bytes", ["Bytes"]),
    tests("PatternMatching", ["PatternMatching", "Bytes"]),
    tests("Model", ["Model", "Bytes"]),
    tests("YAML", ["YAML", "Model"]),
    tests("Flow", ["Flow", "Model", "Bytes"]),
    tests("Ingest", ["Ingest", "Flow", "Model", "Bytes"]),
    tests("Masking", ["Masking", "PatternMatching", "YAML", "Flow", "Model", "Bytes"]),
    tests("Packs", ["Packs", "Masking", "PatternMatching", "YAML", "Flow", "Model", "Bytes"]),
    tests("Correlation", ["Correlation", "Flow", "Model", "Bytes"]),
    tests("Grouping", ["Grouping", "GroupingTrial", "Masking", "Flow", "Model", "Bytes"]),
    tests("Detection", ["Detection", "Flow", "Model", "Bytes"]),
    tests("Triage", ["Triage", "Flow", "Model", "Bytes"]),
    tests("Security", ["Security", "PatternMatching", "YAML", "Flow", "Model", "Bytes"]),
    tests("Alerting", ["Alerting", "Flow", "Model", "Bytes"]),
    tests("Output", ["Output", "Flow", "Model", "Bytes"]),
    tests("Reporting", ["Reporting", "Model", "Bytes"]),
    tests("Sampling", ["Sampling", "Flow", "Model", "Bytes"]),
    tests("Trading", ["Trading", "Flow", "Model", "Bytes"]),
    tests("Generation", ["Generation", "Model", "Bytes"]),
    tests("Store", ["Store", "Flow", "Model", "Bytes"]),
    tests(
      "App",
      [
        "App", "Generation", "Output", "Ingest", "Packs", "Triage", "Store", "Flow", "Model",
        "Bytes",
      ]),
  ],
  cxxLanguageStandard: .cxx17
)
