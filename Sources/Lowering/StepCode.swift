import Flow
import Model

/// Instructions whose paths may still lead somewhere.
struct StepCode {
    var instructions: [Instruction] = []
    var end: End = .done

    indirect enum End {
        /// Jumped.
        case done
        /// Never goes on: a violation without a result.
        case dead
        /// Goes on at a node, with the groups of locals that may be other than 0.
        case goes(NodeID, StepMode, dirty: Set<Int>)
        case branch(Code, StepCode, StepCode)
    }

    struct Exit {
        let mode: StepMode
        let dirty: Set<Int>
    }

    /// The exits that lead to a node.
    func exits(to node: NodeID) -> [Exit] {
        switch end {
        case .done, .dead: []
        case .goes(let target, let mode, let dirty): target == node ? [Exit(mode: mode, dirty: dirty)] : []
        case .branch(_, let a, let b): a.exits(to: node) + b.exits(to: node)
        }
    }

    /// Whether all paths that go on lead to the node.
    func leadsOnly(to node: NodeID) -> Bool {
        switch end {
        case .done: false
        case .dead: true
        case .goes(let target, _, dirty: _): target == node
        case .branch(_, let a, let b): a.leadsOnly(to: node) && b.leadsOnly(to: node)
        }
    }

    /// The instructions of code that leads to one node only.
    var flattened: [Instruction] {
        switch end {
        case .done, .dead, .goes: instructions
        case .branch(let condition, let a, let b):
            instructions + Self.branch(condition, a.flattened, b.flattened)
        }
    }

    /// The same with every exit to a node replaced by what comes there.
    func grafted(at node: NodeID, _ continuations: [StepMode: StepCode]) -> StepCode {
        switch end {
        case .done, .dead: return self
        case .goes(let target, let mode, dirty: _):
            guard target == node, let rest = continuations[mode] else { return self }
            return StepCode(instructions: instructions + rest.instructions, end: rest.end)
        case .branch(let condition, let a, let b):
            let ways = (a.grafted(at: node, continuations), b.grafted(at: node, continuations))
            return StepCode(instructions: instructions, end: .branch(condition, ways.0, ways.1))
        }
    }

    /// All of it, each path with its end.
    var finished: [Instruction] {
        switch end {
        case .done, .goes: instructions
        case .dead: endsInViolation ? instructions : instructions + [.require(.zero)]
        case .branch(let condition, let a, let b): instructions + [.branch(condition, a.finished, b.finished)]
        }
    }

    private var endsInViolation: Bool {
        switch instructions.last {
        case .check(.zero, _), .require(.zero): true
        case .check, .require, .assign, .set, .choose, .branch, .statement, .way, .observe, .jump, nil: false
        }
    }

    static func branch(_ condition: Code, _ a: [Instruction], _ b: [Instruction]) -> [Instruction] {
        a.isEmpty && b.isEmpty ? [] : [.branch(condition, a, b)]
    }
}
