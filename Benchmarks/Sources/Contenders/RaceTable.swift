import Measuring

/// The results of a race as a table. A ratio is that of a contender to the first one in the same round.
public func raceTable(_ lanes: [Race.Lane], kind: Comparison.Kind, smallestKnownPeak: Int) -> Table {
    switch kind {
    case .search: searchTable(lanes, smallestKnownPeak: smallestKnownPeak)
    case .prompt: promptTable(lanes)
    }
}

private func searchTable(_ lanes: [Race.Lane], smallestKnownPeak: Int) -> Table {
    var table = Table([
        "tool", "states", "CPU s", "CPU ratio", "wall s", "wall ratio", "1000 states/CPU s", "peak MB", "bytes/state",
    ])
    for lane in lanes {
        let states = lane.outcome?.states?.value
        let peak = lane.usages.map(\.peakBytes).max() ?? 0
        let isKnown = peak > smallestKnownPeak
        let speed = Spread(lane.usages.filter { $0.cpu > 0 }.map { Double(states ?? 0) / $0.cpu / 1000 })
        table.append([
            lane.name,
            states.map(grouped) ?? "",
            spread(lane, \.cpu), ratio(lane, lanes, \.cpu), spread(lane, \.wall), ratio(lane, lanes, \.wall),
            speed.map { grouped(Int($0.median.rounded())) } ?? "",
            (isKnown ? "" : "< ") + grouped(max(peak, smallestKnownPeak) / 1_000_000),
            isKnown ? states.map { decimal(Double(peak) / Double(max($0, 1))) } ?? "" : "",
        ])
    }
    return table
}

private func promptTable(_ lanes: [Race.Lane]) -> Table {
    var table = Table(["tool", "verdict", "steps", "CPU s", "CPU ratio", "wall s", "wall ratio"])
    for lane in lanes {
        table.append([
            lane.name, lane.outcome.map { verdictText($0.verdict) } ?? "",
            lane.outcome?.steps.map { grouped($0.value) } ?? "", spread(lane, \.cpu), ratio(lane, lanes, \.cpu),
            spread(lane, \.wall), ratio(lane, lanes, \.wall),
        ])
    }
    return table
}

private func verdictText(_ verdict: Outcome.Verdict) -> String {
    switch verdict {
    case .holds: "holds"
    case .violated: "violated"
    case .incomplete: "incomplete"
    }
}

private func spread(_ lane: Race.Lane, _ figure: KeyPath<Usage, Double>) -> String {
    Spread(lane.usages.map { $0[keyPath: figure] })?.text ?? ""
}

private func ratio(_ lane: Race.Lane, _ lanes: [Race.Lane], _ figure: KeyPath<Usage, Double>) -> String {
    guard let base = lanes.first else { return "" }
    let ratios = zip(lane.usages, base.usages).filter { $0.1[keyPath: figure] > 0 }.map {
        $0.0[keyPath: figure] / $0.1[keyPath: figure]
    }
    return Spread(ratios)?.text ?? ""
}
