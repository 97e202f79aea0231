// swift-tools-version: 6.0
import PackageDescription

// A package of its own: Faultline does not depend on it, and it runs Faultline only as a command.
let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "benchmarks", targets: ["benchmarks"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
    ],
    targets: [
        /// Runs commands and measures them; reads what the tools print; statistics and tables.
        .target(name: "Measuring"),
        /// Which tools run on which sizes, and how each is called.
        .target(name: "Contenders", dependencies: ["Measuring"]),
        .executableTarget(
            name: "benchmarks",
            dependencies: [
                "Contenders", "Measuring", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .testTarget(name: "MeasuringTests", dependencies: ["Measuring"]),
        .testTarget(name: "ContendersTests", dependencies: ["Contenders", "Measuring"]),
    ],
    swiftLanguageModes: [.v6]
)
