// swift-tools-version: 6.2
import PackageDescription

/// Swift 6 language mode is the default of this tools version; every warning is an error.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// C in debug builds is optimised too: the kernels are the program, and unoptimised tests would crawl.
let optimisedC: [CSetting] = [.unsafeFlags(["-O3"]), .treatAllWarnings(as: .error)]

/// Swift whose loops run over every pixel and sample is optimised in debug builds as well, for the same reason; and
/// what promises to allocate nothing is tested as it will run.
let optimised: [SwiftSetting] = strict + [.unsafeFlags(["-O"])]

let package = Package(
  name: "gantui",
  products: [.executable(name: "gantui", targets: ["gantui"])],
  dependencies: [.package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")],
  targets: [
    // C: kernels, and the libraries that Swift cannot import as they are.
    .target(name: "CKernels", cSettings: optimisedC),
    .target(name: "CNCurses", cSettings: optimisedC),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CPNG", providers: [.apt(["libpng-dev"])]),

    // The engine.
    .target(name: "Autograd", dependencies: ["CKernels"], swiftSettings: optimised),
    .target(name: "NeuralNetwork", dependencies: ["Autograd"], swiftSettings: optimised),

    // The models.
    .target(name: "Figures", swiftSettings: optimised),
    .target(name: "Datasets", dependencies: ["CZlib"], swiftSettings: optimised),
    .target(name: "Metrics", swiftSettings: optimised),
    .target(
      name: "GenerativeModels", dependencies: ["NeuralNetwork", "Autograd", "Figures", "Datasets", "Metrics"],
      swiftSettings: optimised),
    .target(name: "RunFiles", dependencies: ["CPNG"], swiftSettings: optimised),
    .target(
      name: "Training", dependencies: ["GenerativeModels", "Figures", "Datasets", "Metrics", "RunFiles"],
      swiftSettings: strict),

    // The screen.
    .target(name: "TerminalUI", swiftSettings: strict),
    .target(name: "NCursesBackend", dependencies: ["TerminalUI", "CNCurses"], swiftSettings: strict),
    .target(name: "Dashboard", dependencies: ["Training", "Figures", "RunFiles", "TerminalUI"], swiftSettings: strict),
    .executableTarget(
      name: "gantui",
      dependencies: [
        "Dashboard", "NCursesBackend", "Training", "GenerativeModels", "Figures", "RunFiles",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      // The manual, a part of the program.
      resources: [.embedInCode("Help")],
      swiftSettings: strict),

    .testTarget(name: "AutogradTests", dependencies: ["Autograd", "CKernels"], swiftSettings: strict),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter", cSettings: optimisedC),
    .testTarget(
      name: "NeuralNetworkTests", dependencies: ["NeuralNetwork", "Autograd"], exclude: ["Reference"],
      swiftSettings: strict),
    .testTarget(
      name: "GenerativeModelsTests",
      dependencies: ["GenerativeModels", "Figures", "NeuralNetwork", "Autograd", "Datasets", "CAllocationCounter"],
      swiftSettings: strict),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets"], swiftSettings: strict),
    .testTarget(name: "MetricsTests", dependencies: ["Metrics", "Datasets", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "RunFilesTests", dependencies: ["RunFiles", "TestSupport", "CAllocationCounter"], exclude: ["Reference"],
      swiftSettings: strict),
    .testTarget(
      name: "TrainingTests",
      dependencies: ["Training", "GenerativeModels", "Figures", "RunFiles", "TestSupport"], exclude: ["Reference"],
      swiftSettings: strict),
    .testTarget(name: "TerminalUITests", dependencies: ["TerminalUI", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "NCursesBackendTests", dependencies: ["NCursesBackend", "CNCurses"], swiftSettings: strict),
    .testTarget(
      name: "DashboardTests", dependencies: ["Dashboard", "Training", "Figures", "RunFiles", "TestSupport"],
      exclude: ["Golden"],
      swiftSettings: strict),
    .testTarget(
      name: "gantuiTests", dependencies: ["gantui", "GenerativeModels", "Figures", "TestSupport"],
      exclude: ["Reference"], swiftSettings: strict),
  ]
)
