/// What a reader sees below the verdict: a few lines at the end of a budget, all of it where it was asked for.
extension Explosion {
    struct Line: Hashable {
        /// In columns, below the verdict's own lines.
        var indent = 0
        var text: String
        /// A command is to be copied: it stays on one line.
        var isCommand = false
    }

    var lines: [Line] { isFull ? fullLines : briefLines }

    private static let fewPlaces = 2
    private static let mostPlaces = 8
    private static let mostVariables = 10

    private var briefLines: [Line] {
        var lines = [Line(text: underWayWords)]
        if !places.isEmpty {
            let shares = places.prefix(Self.fewPlaces).map { "\($0.words) (\($0.states.share(of: extent.states)))" }
            lines.append(Line(text: "most often under way: \(shares.joined(separator: ", "))"))
        }
        if let trials, let first = trials.bounds.first {
            lines.append(Line(text: "lower \(first.name) first: \(first.words(trials))"))
        }
        lines.append(Line(text: "--explain-states says which variables, bounds and reductions matter most"))
        return lines
    }

    private var fullLines: [Line] {
        [Line(text: underWayWords)] + placeLines + variableLines + boundLines + reductionLines
    }

    /// `of the 12,331 states up to depth 7, processes under way: 0 in 2 %, 1 in 98 %`
    private var underWayWords: String {
        let shares = underWay.enumerated().filter { $0.element > 0 }.map { number, states in
            "\(number) in \(states.share(of: extent.states))"
        }
        return "of \(extent.words), processes under way: \(shares.joined(separator: ", "))"
    }

    private var placeLines: [Line] {
        places.prefix(Self.mostPlaces).map {
            let share = Layout.paddedLeft($0.states.share(of: extent.states), to: 5)
            return Line(indent: 2, text: "\(share)  \($0.words): \(Layout.cut($0.text, to: 48))")
        }
    }

    private var variableLines: [Line] {
        guard let variables, let variablesExtent else { return [] }
        let multiplying = variables.filter { $0.statesWithout < variablesExtent.states }.prefix(Self.mostVariables)
        guard !multiplying.isEmpty else {
            return [Line(text: "of \(variablesExtent.words), none would go with one variable")]
        }
        let names = multiplying.map(\.name.count).max() ?? 0
        let numbers = multiplying.map(\.statesWithout.grouped.count).max() ?? 0
        return [Line(text: "of \(variablesExtent.words), so many would be left without one variable:")]
            + multiplying.map {
                let left = Layout.paddedLeft($0.statesWithout.grouped, to: numbers)
                return Line(indent: 2, text: "\(Layout.padded($0.name, to: names))  \(left)  \($0.words)")
            }
    }

    private var boundLines: [Line] {
        guard let trials, !trials.bounds.isEmpty else { return [] }
        let most = trials.mostStates.counted("state")
        return [Line(text: "what to lower first, by searches of at most \(most):")]
            + trials.bounds.flatMap { bound in
                [
                    Line(indent: 2, text: bound.words(trials)),
                    Line(indent: 4, text: bound.command, isCommand: true),
                ]
            }
    }

    private var reductionLines: [Line] {
        guard let reductions = trials?.reductions, !reductions.isEmpty else { return [] }
        return [Line(text: "what each reduction gives:")] + reductions.map { Line(indent: 2, text: $0.words) }
    }
}

extension Explosion.Extent {
    /// `the 12,331 states up to depth 7`, `60,012 of the 1,234,567 states`
    fileprivate var words: String {
        let all = among.counted("state") + (depth.map { " up to depth \($0.grouped)" } ?? "")
        return states == among ? "the \(all)" : "\(states.grouped) of the \(all)"
    }
}

extension Explosion.Place {
    /// `user in do_swap_page at mm.fl:88`
    fileprivate var words: String { "\(process)\(handler.map { " in \($0)" } ?? "") at \(file):\(line)" }
}

extension Explosion.Variable {
    /// `8 values; at most 2 in one of 3 elements`
    fileprivate var words: String {
        values.counted("value")
            + (elements > 1 ? "; at most \(elementValues.grouped) in one of \(elements.grouped) elements" : "")
    }
}

extension Explosion.Count {
    /// `12,331 states`, `more than 200,000 states`
    fileprivate var words: String { isAll ? states.counted("state") : "more than \(states.counted("state"))" }
    fileprivate var number: String { isAll ? states.grouped : "more than \(states.grouped)" }
}

extension Explosion.Bound {
    /// `Frame = 2 instead of 3: 12,331 states instead of more than 200,000`
    fileprivate func words(_ trials: Explosion.Trials) -> String {
        let change = "\(name) = \(lowered) instead of \(value)"
        guard let atDepth else { return "\(change): \(count.words) instead of \(trials.count.number)" }
        return "\(change): \(atDepth.other.counted("state")) instead of \(atDepth.states.grouped) up to depth "
            + "\(atDepth.depth.grouped), \(count.number) in all"
    }
}

extension Explosion.Reduction {
    /// `symmetry: 1,204 states with it, 7,001 without`
    fileprivate var words: String {
        let title = name + (isOn ? "" : " (off)") + (scope.map { ", at \($0.name) = \($0.value)" } ?? "")
        if let atDepth {
            return
                "\(title): \(atDepth.states.counted("state")) with it, \(atDepth.other.grouped) without, up to depth "
                + "\(atDepth.depth.grouped)"
        }
        guard with.isAll || without.isAll else {
            return "\(title): not measured, \(with.words) with it and without it"
        }
        if with == without { return "\(title): \(with.words) with it and without it" }
        return "\(title): \(with.words) with it, \(without.number) without"
    }
}

extension Int {
    /// `37 %`, `< 1 %`
    fileprivate func share(of all: Int) -> String {
        let rounded = (self * 200 + all) / Swift.max(1, all * 2)
        return self > 0 && rounded == 0 ? "< 1 %" : "\(rounded) %"
    }
}
