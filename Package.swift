// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "faultline",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "faultline", targets: ["faultline"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
    ],
    targets: [
        // A target may depend only on targets of the same or a lower layer that are listed above it.
        // `LayeringTests` reads this file and fails on an upward edge.

        // MARK: Base
        /// Source text, spans, codes, notes, fix-its, and the one renderer.
        .target(name: "Diagnostics"),
        /// SHA-256.
        .target(name: "Digests"),

        // MARK: Layer 0: the language
        /// Tokens, the error-tolerant tree, the parser, the formatter.
        .target(name: "Syntax", dependencies: ["Diagnostics"]),
        /// The checked program as data: one configuration, fully resolved and typed.
        .target(name: "Program", dependencies: ["Diagnostics"]),
        /// Modules, names, types: from trees to a checked program.
        .target(name: "Semantics", dependencies: ["Diagnostics", "Syntax", "Program"]),
        /// The static discipline: accesses, guards, locks, ghost flow.
        .target(name: "Rules", dependencies: ["Diagnostics", "Program"]),
        /// Removes what a configuration has switched off.
        .target(name: "Slicing", dependencies: ["Diagnostics", "Program"]),
        /// The interpreter of the checked program. It defines the meaning and replays every counterexample.
        .target(name: "Reference", dependencies: ["Diagnostics", "Program"]),

        // MARK: Layer 1: the model
        /// The action model: plain, versioned data with a textual form, and the bytecode machine that runs it.
        .target(name: "Model"),

        // MARK: Layer 1: lowering
        /// The control-flow graph of each process with handlers inlined.
        .target(name: "Flow", dependencies: ["Diagnostics", "Program"]),
        /// From the checked program to the action model.
        .target(name: "Lowering", dependencies: ["Diagnostics", "Program", "Flow", "Model"]),

        // MARK: Layer 2: engines
        /// What the store of a search needs of the machine: prefetches, atomic slots, reserved memory. A C header.
        .target(name: "CMemory"),
        /// Explicit search: state store, frontier, symmetry, shortest traces, budgets.
        .target(name: "Exploration", dependencies: ["Model", "CMemory"]),
        /// C for the steps of a model: emits it, compiles it with the compiler that is there, caches and loads it.
        .target(name: "NativeCode", dependencies: ["Digests", "Model"]),

        /// Terms over bits and truth, shared and simplified; SMT-LIB text; what a solver is.
        .target(name: "SMT"),
        /// libz3, loaded when it is asked for.
        .target(name: "Z3", dependencies: ["SMT"]),
        /// Models as formulas: bounded search, proofs.
        .target(name: "Symbolic", dependencies: ["Model", "SMT"]),

        // MARK: Layer 3: results
        /// One result value in, one rendering out.
        .target(name: "Reports", dependencies: ["Diagnostics", "Digests"]),
        /// The C that specs cite: finds functions in a source tree and notices when they change.
        .target(name: "Anchors", dependencies: ["Diagnostics", "Digests", "Semantics"]),
        /// From a spec to a judged result: prepares, searches, replays, describes.
        .target(
            name: "Analysis",
            dependencies: [
                "Diagnostics", "Digests", "Syntax", "Program", "Semantics", "Rules", "Slicing", "Reference", "Model",
                "Flow", "Lowering", "Exploration", "NativeCode", "SMT", "Symbolic", "Reports",
            ]),
        /// Many runs: in parallel, against known failures and a baseline.
        .target(name: "Suites", dependencies: ["Diagnostics", "Model", "Reports", "Analysis"]),

        // MARK: Layer 4: commands
        /// One command a file, and the exit-status table.
        .target(
            name: "Commands",
            dependencies: [
                "Diagnostics", "Digests", "Syntax", "Semantics", "Reference", "Model", "SMT", "Z3", "Anchors",
                "Analysis",
                "Reports", "Suites",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        // MARK: Layer 5: executables
        .executableTarget(name: "faultline", dependencies: ["Commands"]),

        // MARK: Tests
        .testTarget(
            name: "SyntaxTests", dependencies: ["Syntax", "Diagnostics"], resources: [.copy("Fixtures")]),
        .testTarget(
            name: "SemanticsTests",
            dependencies: ["Semantics", "Rules", "Slicing", "Syntax", "Diagnostics", "Program"], exclude: ["Fixtures"]),
        /// Builds programs by hand.
        .target(name: "ProgramBuilding", dependencies: ["Program", "Diagnostics"], path: "Tests/ProgramBuilding"),
        .testTarget(name: "RulesTests", dependencies: ["Rules", "ProgramBuilding", "Program", "Diagnostics"]),
        .testTarget(name: "SlicingTests", dependencies: ["Slicing", "ProgramBuilding", "Program", "Diagnostics"]),
        .testTarget(name: "ReferenceTests", dependencies: ["Reference", "Program", "Diagnostics"]),
        /// Models by hand and at random, and an evaluator of models that shares nothing with the bytecode machine.
        .target(name: "ModelTestSupport", dependencies: ["Model"], path: "Tests/ModelTestSupport"),
        .testTarget(name: "ModelTests", dependencies: ["Model", "ModelTestSupport"]),
        .testTarget(
            name: "LoweringTests", dependencies: ["Lowering", "Flow", "Model", "Program", "Reference", "Diagnostics"]),
        .testTarget(
            name: "NativeCodeTests",
            dependencies: [
                "NativeCode", "Exploration", "Model", "ModelTestSupport", "Analysis", "Lowering", "Semantics",
                "Diagnostics", "Digests",
            ]),
        .testTarget(name: "SMTTests", dependencies: ["SMT", "Z3", "ModelTestSupport"]),
        .testTarget(name: "SymbolicTests", dependencies: ["Symbolic", "SMT", "Z3", "Model", "ModelTestSupport"]),
        .testTarget(name: "ExplorationTests", dependencies: ["Exploration", "Model", "ModelTestSupport"]),
        /// Any JSON, and a validator for the schemas in `docs/schemas`.
        .target(name: "SchemaTestSupport", path: "Tests/SchemaTestSupport"),
        .testTarget(name: "ReportsTests", dependencies: ["Reports", "SchemaTestSupport", "Diagnostics"]),
        /// Random specs as text, through the whole pipeline, against the reference interpreter.
        .testTarget(
            name: "DifferentialTests",
            dependencies: [
                "Analysis", "Semantics", "Syntax", "Rules", "Slicing", "Reference", "Lowering", "Exploration", "Model",
                "ModelTestSupport", "Program", "Diagnostics", "SMT", "Z3", "Reports",
            ]),
        .testTarget(name: "AnchorsTests", dependencies: ["Anchors", "Semantics", "Syntax", "Diagnostics"]),
        .testTarget(name: "SuitesTests", dependencies: ["Suites", "Reports", "Diagnostics"]),
        /// The built executable as users call it: options, exit statuses, exact figures, counterexamples, documents.
        .testTarget(
            name: "CommandsTests",
            dependencies: ["Commands", "Model", "Diagnostics", "SchemaTestSupport", "faultline"]),
        /// Reads this file and the sources.
        .testTarget(name: "LayeringTests"),
    ],
    swiftLanguageModes: [.v6]
)
