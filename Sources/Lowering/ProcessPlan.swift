import Diagnostics
import Flow
import Model
import Program

/// Locals that share a variable of the model: instances of one local in several inlined copies of a handler.
struct LocalGroup {
    let path: String
    let type: Type
    var members: [LocalID]
    var firstCell = 0
}

/// The control points of a process and what it keeps at them.
struct ProcessPlan {
    let number: Int
    let process: SourceProcess
    let graph: FlowGraph
    let rules: StepRules
    /// By location; entry 0 is the start.
    private(set) var locations: [NodeID] = []
    private(set) var steps: [StepRules.Step] = []
    private(set) var numbers: [NodeID: Int] = [:]
    /// The locals that are kept between steps.
    var groups: [LocalGroup] = []
    private(set) var groupOf: [LocalID: Int] = [:]
    var programCounter = CellID(0)
    var dimensions: [Dimension] = []
    /// Locks of which two may be held at once, so that names may be aliases.
    private(set) var aliased: Set<SourceVariableID> = []

    init(_ number: Int, _ process: SourceProcess, _ graph: FlowGraph, _ rules: StepRules) {
        self.number = number
        self.process = process
        self.graph = graph
        self.rules = rules
        findLocations()
        findGroups()
        for held in graph.heldIn {
            let variables = held.map(\.place.variable)
            for (index, variable) in variables.enumerated() where variables[..<index].contains(variable) {
                aliased.insert(variable)
            }
        }
    }

    var finalLocation: Int? {
        locations.firstIndex { id in
            if case .end = graph[id].operation { return true }
            return false
        }
    }

    private mutating func findLocations() {
        locations = [graph.start]
        numbers[graph.start] = 0
        var next = 0
        while next < locations.count {
            let step = rules.step(from: locations[next])
            steps.append(step)
            for stop in step.stops.map(rules.location) where numbers[stop] == nil {
                numbers[stop] = locations.count
                locations.append(stop)
            }
            next += 1
        }
    }

    private mutating func findGroups() {
        let kept = locations.reduce(into: Set<LocalID>()) { $0.formUnion(graph.liveIn[$1.index]) }
        for local in kept.sorted() {
            let own = graph.locals[local.raw]
            let known = groups.firstIndex { group in
                group.path == own.path && group.type == own.type
                    && group.members.allSatisfy { !liveTogether($0, local) }
            }
            if let known {
                groups[known].members.append(local)
                groupOf[local] = known
            } else {
                groupOf[local] = groups.count
                groups.append(LocalGroup(path: own.path, type: own.type, members: [local]))
            }
        }
    }

    private func liveTogether(_ a: LocalID, _ b: LocalID) -> Bool {
        graph.liveIn.contains { $0.contains(a) && $0.contains(b) }
    }

    /// The groups whose value matters at a location.
    func liveGroups(at node: NodeID) -> Set<Int> {
        Set(graph.liveIn[node.index].compactMap { groupOf[$0] })
    }

    /// The groups that keep their value before or after the step from a location; others are registers in it.
    func keptGroups(from location: Int) -> Set<Int> {
        steps[location].stops.map(rules.location).reduce(into: liveGroups(at: locations[location])) {
            $0.formUnion(liveGroups(at: $1))
        }
    }
}
