import Foundation
import Testing

struct LayeringTests {
    private static let root: URL = {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { folder.deleteLastPathComponent() }
        return folder
    }()

    private func package() throws -> PackageTargets {
        PackageTargets(
            try String(contentsOf: Self.root.appendingPathComponent("Package.swift"), encoding: .utf8))
    }

    @Test("each target depends only on targets that are listed above it")
    func layers() throws {
        let package = try package()
        let names = package.targets.map(\.name)
        for name in ["Diagnostics", "Syntax", "Model", "Exploration", "Analysis", "Commands", "faultline"] {
            #expect(names.contains(name))
        }
        #expect(package.problems == [])
        let analysis = try #require(package.targets.first { $0.name == "Analysis" })
        #expect(analysis.dependencies.count > 5)
    }

    @Test("layers are listed from the base upwards")
    func order() throws {
        let layers = try package().targets.filter { !$0.isTest }.map(\.layer)
        let numbers = layers.map { layer in
            layer.firstMatch(of: /^Layer (\d+)/).flatMap { Int($0.1) } ?? (layer == "Base" ? -1 : Int.max)
        }
        #expect(numbers == numbers.sorted())
        #expect(!numbers.contains(Int.max))
    }

    @Test("engines know nothing of the language")
    func engines() throws {
        let targets = try package().targets
        let model = try #require(targets.first { $0.name == "Model" })
        let exploration = try #require(targets.first { $0.name == "Exploration" })
        #expect(model.dependencies == [])
        #expect(exploration.dependencies == ["Model", "CMemory"])
        let native = try #require(targets.first { $0.name == "NativeCode" })
        #expect(Set(native.dependencies) == ["Digests", "Model"])
    }

    @Test("the interpreter and the engines share no evaluator")
    func reference() throws {
        let reference = try #require(try package().targets.first { $0.name == "Reference" })
        #expect(Set(reference.dependencies) == ["Diagnostics", "Program"])
    }

    @Test("an upward edge is found")
    func upward() {
        let text = """
            // MARK: Base
            .target(name: "Low", dependencies: ["High"]),
            // MARK: Layer 1
            .target(
                name: "High",
                dependencies: [
                    "Low", .product(name: "Other", package: "other"),
                ]),
            """
        #expect(PackageTargets(text).problems == ["Low depends on High, which is not listed above it"])
        #expect(PackageTargets(text).targets.map(\.dependencies) == [["High"], ["Low"]])
    }

    @Test("a source imports only what its target declares")
    func imports() throws {
        let targets = try package().targets
        let names = Set(targets.map(\.name))
        for target in targets where !target.isTest {
            let folder = Self.root.appendingPathComponent("Sources/\(target.name)")
            let files = try sources(folder)
            let headers = try sources(folder, suffixes: [".h"])
            #expect(!files.isEmpty || !headers.isEmpty, "\(target.name)")
            for (file, text) in files {
                for line in text.split(separator: "\n") {
                    guard
                        let match = line.firstMatch(
                            of: /^(?:@\w+ )*(?:public |package |internal )?import (?:\w+ )?(\w+)/)
                    else { continue }
                    let module = String(match.1)
                    guard names.contains(module) else { continue }
                    #expect(target.dependencies.contains(module), "\(file) imports \(module)")
                }
            }
        }
    }

    @Test("no source is too long to read")
    func length() throws {
        for (file, text) in try sources(Self.root.appendingPathComponent("Sources")) {
            #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 500, "\(file)")
        }
    }

    @Test("no source can trap on purpose, and none knows the machine it was written on")
    func forbidden() throws {
        let traps = ["fatalError(", "try!", "as!", "preconditionFailure("]
        let places = ["/work/", "/home/", "/Users/", "/root/", "/tmp/"]
        for (file, text) in try sources(Self.root.appendingPathComponent("Sources")) {
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                for word in traps + places where line.contains(word) {
                    Issue.record("\(file):\(number + 1) has `\(word)`")
                }
            }
        }
    }

    @Test("no document or script knows the machine it was written on")
    func documents() throws {
        for folder in ["docs", "specs", "scripts", "Tests", "counterexamples", "Benchmarks"] {
            let found = try sources(
                Self.root.appendingPathComponent(folder), suffixes: [".md", ".fl", ".json", ".sh", ".swift"])
            for (file, text) in found where !file.hasPrefix("LayeringTests/") {
                for word in ["/work/", "/home/"] { #expect(!text.contains(word), "\(folder)/\(file) has `\(word)`") }
            }
        }
    }

    private func sources(_ folder: URL, suffixes: [String] = [".swift"]) throws -> [(String, String)] {
        let all = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        let written = all.filter { !$0.hasPrefix(".build/") }
        return try written.filter { path in suffixes.contains { path.hasSuffix($0) } }.sorted().map {
            ($0, try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8))
        }
    }
}
