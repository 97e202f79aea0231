import Diagnostics
import Program
import Semantics

extension PreparedRun {
    /// The same configuration with other values or other reductions; nil where the spec is wrong then.
    func varied(_ settings: [(name: String, value: String)], without: Set<Reduction>) -> PreparedRun? {
        let texts = (sweep.map { ($0.name, String($0.value)) } + settings).map { "\($0)=\($1)" }
        let varied = workspace.adding(overrides: texts)
        guard !varied.diagnostics.hasErrors else { return nil }
        let requests = Configurations(of: varied.root, overrides: varied.overrides).requests
        let configuration = program.configuration
        guard
            let request = requests.first(where: {
                $0.scenario == configuration.scenario && $0.variant == configuration.variant
            })
        else { return nil }
        return Preparation.prepare(varied, request, path: path, overrides: overrides, without: without).run
    }

    /// The sizes and constants that can be made smaller: each with its value, and the next smaller one.
    ///
    /// What is unbounded is tried as 1. The type of a constant may not allow the smaller value.
    var bounds: [(name: String, value: String, lowered: String)] {
        let configuration = program.configuration
        var seen: Set<String> = []
        return configuration.settings.compactMap { name, value in
            guard seen.insert(name).inserted else { return nil }
            if value == "unbounded" { return (name, value, "1") }
            guard let number = Int64(value), number > 1 else { return nil }
            return (name, value, String(number - 1))
        }
    }

    /// The command that checks this configuration with one more value.
    ///
    /// - Parameter mostSwitches: the bound of the search; nil for one of all runs.
    func command(setting name: String, to value: String, mostSwitches: Int?) -> String {
        let configuration = program.configuration
        var words = ["faultline", "check"]
        if let variant = configuration.variant {
            words += ["--variant", variant]
        } else if let scenario = configuration.scenario {
            words += ["--scenario", scenario]
        }
        let coordinates = sweep.filter { $0.name != name }.map { "\($0.name)=\($0.value)" }
        let given = overrides.filter { !$0.hasPrefix("\(name)=") && !$0.hasPrefix("\(name) ") }
        for setting in given + coordinates + ["\(name)=\(value)"] { words += ["--set", setting] }
        if !without.isEmpty { words += ["--without", without.map(\.rawValue).sorted().joined(separator: ",")] }
        if let mostSwitches { words += ["--max-switches", "\(mostSwitches)"] }
        return (words + [path]).map(Self.quoted).joined(separator: " ")
    }

    /// A word as a shell takes it.
    private static func quoted(_ word: String) -> String {
        let isPlain = word.allSatisfy { $0.isLetter || $0.isNumber || "-_=./,".contains($0) }
        guard !isPlain || word.isEmpty else { return word }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
