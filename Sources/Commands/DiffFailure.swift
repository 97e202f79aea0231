import ArgumentParser
import Reports

/// What a change may do that its author has to answer for.
enum DiffFailure: String, CaseIterable {
    /// Something can be seen that could not be seen before.
    case newBehaviour = "new-behaviour"
    /// Something can no longer be seen.
    case goneBehaviour = "gone-behaviour"
    /// A property fails that held, or that was not there.
    case newFailure = "new-failure"
    /// A configuration is gone.
    case lostConfiguration = "lost-configuration"

    func applies(to result: DiffResult) -> Bool {
        switch self {
        case .newBehaviour: result.configurations.contains { $0.verdict == .differs }
        case .goneBehaviour: result.configurations.contains { $0.behaviours.losesSomething }
        case .newFailure: result.configurations.contains { $0.properties.contains(where: \.newlyFails) }
        case .lostConfiguration: !result.onlyOld.isEmpty
        }
    }
}

extension BehaviourDiff {
    fileprivate var losesSomething: Bool {
        if case .missing = gone { return true }
        return goneEvents.contains(where: \.isCertain)
    }
}

/// Failures, separated by commas; `none` for none.
struct DiffFailureList: ExpressibleByArgument {
    let failures: Set<DiffFailure>

    static let standard = DiffFailureList(failures: [.newBehaviour, .newFailure])

    private init(failures: Set<DiffFailure>) { self.failures = failures }

    init?(argument: String) {
        var all: Set<DiffFailure> = []
        for part in argument.split(separator: ",") where argument != "none" {
            guard let failure = DiffFailure(rawValue: String(part)) else { return nil }
            all.insert(failure)
        }
        guard !all.isEmpty || argument == "none" else { return nil }
        failures = all
    }

    var defaultValueDescription: String {
        DiffFailure.allCases.filter { failures.contains($0) }.map(\.rawValue).joined(separator: ",")
    }

    /// Those that apply, in the order of their declaration.
    func failures(in result: DiffResult) -> [DiffFailure] {
        DiffFailure.allCases.filter { failures.contains($0) && $0.applies(to: result) }
    }
}

/// Names, separated by commas.
struct NameList: ExpressibleByArgument {
    let names: [String]

    init?(argument: String) {
        names = argument.split(separator: ",").map(String.init)
        if names.isEmpty { return nil }
    }
}
