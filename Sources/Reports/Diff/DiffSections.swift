/// A part of what is said about one configuration, for any layout.
struct DiffSection {
    var title: String
    var style: Paint.Style?
    var items: [String] = []
    var picture: Picture?

    /// What is drawn below.
    enum Picture {
        case counterexample(Counterexample)
        case witness(BehaviourDiff.Witness, title: String)
    }
}

extension ConfigurationDiff {
    /// What a reviewer reads first comes first.
    var sections: [DiffSection] {
        [rescoped].compactMap { $0 } + failures + [repairs, doubts, dropped].compactMap { $0 } + events + runs
            + statements.sections + [sizes] + remarks
    }

    private var rescoped: DiffSection? {
        let changes = scope.map { "\($0.name) = \($0.old ?? "not set") → \($0.new ?? "not set")" }
        return changes.isEmpty
            ? nil
            : DiffSection(
                title: "compared in different scopes: \(changes.joined(separator: ", "))", style: .doubtful)
    }

    // MARK: Properties

    private var failures: [DiffSection] {
        properties.filter(\.newlyFails).map { property in
            let before: String =
                switch property.old {
                case .absent: " (the old spec does not have it)"
                case .unknown: " (whether it held before is not known)"
                case .holds, .fails: ""
                }
            return DiffSection(
                title: "newly fails: \(property.name)\(before)", style: .bad,
                picture: property.counterexample.map { .counterexample($0) })
        }
    }

    private var repairs: DiffSection? {
        let names = properties.filter(\.newlyHolds).map(\.name)
        return names.isEmpty ? nil : DiffSection(title: "newly holds: \(names.joined(separator: ", "))", style: .good)
    }

    private var doubts: DiffSection? {
        let names = properties.filter { $0.new == .unknown }.map(\.name)
        return names.isEmpty
            ? nil
            : DiffSection(title: "not known whether it holds now: \(names.joined(separator: ", "))", style: .doubtful)
    }

    /// Nobody asks for them any more, so nothing can fail.
    private var dropped: DiffSection? {
        let names = properties.filter { $0.new == .absent }.map(\.name)
        return names.isEmpty
            ? nil : DiffSection(title: "no longer asked for: \(names.joined(separator: ", "))", style: .doubtful)
    }

    // MARK: Events

    private var events: [DiffSection] {
        var result: [DiffSection] = []
        if !behaviours.newEvents.isEmpty {
            result.append(
                DiffSection(title: "can happen now:", style: .bold, items: behaviours.newEvents.map { $0.words("old") })
            )
        }
        if !behaviours.goneEvents.isEmpty {
            result.append(
                DiffSection(
                    title: "can no longer happen:", style: .bold, items: behaviours.goneEvents.map { $0.words("new") }))
        }
        return result
    }

    private var runs: [DiffSection] {
        witnesses(behaviours.newEvents, "can happen now", behaviours.new, "new order of events")
            + witnesses(behaviours.goneEvents, "can no longer happen", behaviours.gone, "order of events that is gone")
    }

    private func witnesses(
        _ changes: [BehaviourDiff.EventChange], _ words: String, _ inclusion: BehaviourDiff.Inclusion, _ order: String
    ) -> [DiffSection] {
        var result = changes.compactMap { change -> DiffSection? in
            guard let witness = change.witness else { return nil }
            let title = "\(change.event.words) \(words)"
            return DiffSection(title: "", picture: .witness(witness, title: title))
        }
        guard case .missing(let trace, let witness) = inclusion, let last = trace.last,
            !changes.contains(where: { $0.event == last })
        else { return result }
        var section = DiffSection(title: "\(order):", style: .bold, items: trace.map(\.words))
        section.picture = witness.map { .witness($0, title: "a run with it") }
        result.append(section)
        return result
    }

    // MARK: Sizes

    private var sizes: DiffSection {
        DiffSection(
            title: "states \(old.states.grouped) → \(new.states.grouped), depth \(old.depth.grouped) → "
                + "\(new.depth.grouped); behaviours compared over \(old.comparedStates.grouped) and "
                + "\(new.comparedStates.grouped) states, \(behaviours.eventCount.counted("event"))",
            style: .dim)
    }

    private var remarks: [DiffSection] {
        var lines: [String] = []
        for (name, side) in [("old", old), ("new", new)] {
            if let reason = side.reason {
                lines.append(
                    "\(name): \(reason.words); its properties are known up to depth \(side.depth.grouped) only")
            }
            if let reason = side.comparedReason {
                let depth =
                    side.comparedDepth < 0
                    ? "no run" : "only runs of at most \(side.comparedDepth.counted("step"))"
                lines.append("\(name): \(reason.words) while behaviours were compared; \(depth) can be spoken for")
            }
        }
        for (inclusion, what) in [(behaviours.new, "is new"), (behaviours.gone, "is gone")] {
            guard case .unknown(let reason) = inclusion else { continue }
            lines.append("whether an order of events \(what) is not known: \(reason.words)")
        }
        if !behaviours.leftOut.isEmpty {
            let names = behaviours.leftOut.joined(separator: ", ")
            lines.append("left out, as only one version has the handler: \(names)")
        }
        if behaviours.eventCount == 0 { lines.append("no process shows anything: there was nothing to compare") }
        return lines.map { DiffSection(title: $0, style: .dim) }
    }
}

extension StatementDiff {
    fileprivate var sections: [DiffSection] {
        guard isKnown else { return [] }
        let all = [
            ("no longer reached:", noLongerReached), ("reached now:", newlyReached),
            ("new, and never reached:", neverReached),
        ]
        return all.filter { !$1.isEmpty }.map { title, places in
            DiffSection(title: title, items: places.map { "\($0.file):\($0.line): \($0.text)" })
        }
    }
}

extension BehaviourDiff.Event {
    /// `user[T0]: ideal.load(P0, 1)`
    var words: String { "\(process): \(text)" }
}

extension BehaviourDiff.EventChange {
    fileprivate func words(_ other: String) -> String {
        isCertain ? event.words : "\(event.words)   (as far as the \(other) one was looked at)"
    }
}

extension BehaviourDiff.Witness {
    /// `step  3: user[T0]: ideal.load(P0, 1)`, a line each.
    var eventLines: [String] {
        let width = String(run.steps.count).count
        return events.map { "step \(Layout.paddedLeft(String($0.step), to: width)) shows \($0.event.words)" }
    }
}

extension ConfigurationDiff.Verdict {
    var style: Paint.Style {
        switch self {
        case .equal, .refines: .good
        case .differs: .bad
        case .inconclusive: .doubtful
        }
    }
}

extension ConfigurationDiff {
    /// What the verdict means, in a few words.
    var meaning: String {
        switch verdict {
        case .equal: "equal: nothing that can be seen is new, and nothing is gone"
        case .refines:
            if case .unknown = behaviours.gone {
                "refines: nothing that can be seen is new; what is gone is not known"
            } else {
                "refines: nothing that can be seen is new, and something is gone"
            }
        case .differs: "differs: something that can be seen is new"
        case .inconclusive: "inconclusive: whether something that can be seen is new is not known"
        }
    }
}

extension DiffResult {
    var title: String { "\(old) → \(new)" }

    /// `2 configurations: 1 differs, 1 equal; 1 property newly fails`
    var summary: String {
        let verdicts = ConfigurationDiff.Verdict.allCases.reversed().compactMap { verdict -> String? in
            let count = configurations.count { $0.verdict == verdict }
            return count == 0 ? nil : "\(count) \(verdict.rawValue)"
        }
        let failures = configurations.reduce(0) { $0 + $1.properties.count(where: \.newlyFails) }
        let failing =
            failures == 0 ? "" : "; \(failures == 1 ? "1 property newly fails" : "\(failures) properties newly fail")"
        return "\(configurations.count.counted("configuration")): \(verdicts.joined(separator: ", "))\(failing)"
    }

    var onlyLines: [String] {
        [("only in the old spec", onlyOld), ("only in the new spec", onlyNew)].filter { !$1.isEmpty }
            .map { "\($0): \($1.joined(separator: ", "))" }
    }
}
