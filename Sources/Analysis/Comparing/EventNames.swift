import Exploration
import Lowering
import Model
import Program
import Reference
import Reports

import struct Model.Location

/// Labels for events. Both sides of a comparison share them, so events are the same where they read the same.
final class EventNames {
    private var events: [BehaviourDiff.Event] = []
    private var labels: [BehaviourDiff.Event: Int32] = [:]

    func label(_ event: BehaviourDiff.Event) -> Int32 {
        if let known = labels[event] { return known }
        events.append(event)
        labels[event] = Int32(events.count)
        return Int32(events.count)
    }

    subscript(label: Int32) -> BehaviourDiff.Event { events[Int(label) - 1] }
}

/// What a step of one side shows, from what the model tells of and, independently, from what the interpreter did.
struct EventTeller: Sendable {
    /// The same in both versions, whatever other domains each of them has.
    let naming: Naming
    private let program: CheckedProgram
    private let instances: [ProcessInstance]
    private let decoder: StateDecoder
    private let selection: EventSelection
    /// Ghost handlers that the other version has too.
    private let shared: Set<String>

    init(
        _ run: PreparedRun, beside other: PreparedRun, _ selection: EventSelection, shared: Set<String>
    ) throws(InternalError) {
        guard let decoder = StateDecoder(program: run.program, model: run.model) else {
            throw InternalError("the model does not fit its program")
        }
        naming = Naming(run.program, besideDomains: other.program.domains.map(\.name))
        program = run.program
        instances = Interpreter(run.program).processInstances
        self.decoder = decoder
        self.selection = selection
        self.shared = shared
    }

    /// As the model has it.
    func events(_ actor: Int, _ observed: [ObservedEvent], _ location: Location) -> [BehaviourDiff.Event] {
        let commits = observed.compactMap { decoder.commit($0) }
        return events(instances[actor], commits.map { ($0.handler, $0.arguments) }) {
            location.isFinal ? .end : location.isRest ? .rest : .none
        }
    }

    /// As the interpreter has it: what some steps of one process have done.
    func events(_ steps: [Step], _ interpreter: Interpreter) -> [BehaviourDiff.Event] {
        guard let last = steps.last, let next = last.next else { return [] }
        return events(last.instance, steps.flatMap(\.commits).map { ($0.handler, $0.arguments) }) {
            let point = interpreter.controlPoint(of: last.instance, in: next)
            return point?.isFinal == true ? .end : point?.isRest == true ? .rest : .none
        }
    }

    private enum Arrival {
        case none, rest, end
    }

    private func events(
        _ instance: ProcessInstance, _ commits: [(HandlerID, [Value])], arrival: () -> Arrival
    ) -> [BehaviourDiff.Event] {
        let process = naming.process(instance.process, instance.indices)
        var result = commits.compactMap { handler, arguments -> BehaviourDiff.Event? in
            let name = program[handler].name
            guard selection.contains(handler: name), shared.contains(name) else { return nil }
            let values = arguments.map { naming.text($0) }.joined(separator: ", ")
            return BehaviourDiff.Event(process: process, text: "\(name)(\(values))")
        }
        guard selection.hasReturns, program[instance.process].kind == .ordinary else { return result }
        switch arrival() {
        case .none: break
        case .rest: result.append(BehaviourDiff.Event(process: process, text: "returns"))
        case .end: result.append(BehaviourDiff.Event(process: process, text: "ends"))
        }
        return result
    }
}
