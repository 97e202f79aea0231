import Foundation

/// The targets of `Package.swift` as text says them, in their order.
struct PackageTargets {
    struct Target: Hashable {
        let name: String
        /// The last `// MARK:` above it.
        let layer: String
        let dependencies: [String]
        let isTest: Bool
    }

    let targets: [Target]

    init(_ text: String) {
        var targets: [Target] = []
        var layer = ""
        var open: (kind: String, text: String)?
        for line in text.split(separator: "\n") {
            let trimmed = line.trimmingCharacters(in: .whitespaces)
            if trimmed.hasPrefix("//") {
                if trimmed.hasPrefix("// MARK: ") { layer = String(trimmed.dropFirst("// MARK: ".count)) }
                continue
            }
            if open == nil, let match = trimmed.firstMatch(of: /^\.(target|executableTarget|testTarget)\(/) {
                open = (String(match.1), "")
            }
            guard let current = open else { continue }
            let whole = current.text + " " + trimmed
            open = (current.kind, whole)
            guard whole.count(where: { $0 == "(" }) == whole.count(where: { $0 == ")" }) else { continue }
            open = nil
            if let name = whole.firstMatch(of: /name: "([^"]+)"/)?.1 {
                let isTest = current.kind == "testTarget" || layer == "Tests"
                targets.append(
                    Target(name: String(name), layer: layer, dependencies: Self.dependencies(whole), isTest: isTest))
            }
        }
        self.targets = targets
    }

    /// The names in the list of dependencies; products of other packages are left out.
    private static func dependencies(_ text: String) -> [String] {
        guard let start = text.range(of: "dependencies: [")?.upperBound else { return [] }
        let list = text[start...].replacing(/\.product\([^)]*\)/, with: "").prefix { $0 != "]" }
        return list.matches(of: /"([^"]+)"/).map { String($0.1) }
    }

    /// What is wrong: a dependency on a target that is not listed above.
    var problems: [String] {
        var above: Set<String> = []
        var problems: [String] = []
        for target in targets {
            for dependency in target.dependencies where !above.contains(dependency) {
                problems.append("\(target.name) depends on \(dependency), which is not listed above it")
            }
            above.insert(target.name)
        }
        return problems
    }
}
