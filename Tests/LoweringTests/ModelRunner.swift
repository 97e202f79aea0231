import Model

/// A slow and simple interpreter of models, to see what lowered programs do.
struct ModelRunner {
    typealias Cells = [[UInt64]]

    struct Successor: Hashable {
        let state: Cells
        let violations: [String]
    }

    let model: Model

    /// What a run of instructions has come to.
    private struct Run {
        var state: Cells
        var registers: [Int: UInt64] = [:]
        var violations: [String] = []
        var isOver = false
    }

    var empty: Cells { model.variables.map { Array(repeating: 0, count: $0.count) } }

    func initialStates() -> [Cells] {
        run(model.initial[...], Run(state: empty), process: nil, []).map(\.state)
    }

    /// The instances of all processes.
    var instances: [(process: Int, indices: [Int])] {
        model.processes.enumerated().flatMap { number, process in
            process.dimensions.reduce([[]]) { prefixes, dimension in
                prefixes.flatMap { prefix in (0..<dimension.count).map { prefix + [$0] } }
            }.map { (number, $0) }
        }
    }

    func location(of instance: (process: Int, indices: [Int]), _ state: Cells) -> Int {
        let counter = model.processes[instance.process].programCounter
        return Int(state[counter.index][offset(counter, instance.indices.map { UInt64($0) })])
    }

    /// The steps of an instance. Paths that end in a violation without a result have a nil state.
    func steps(_ instance: (process: Int, indices: [Int]), _ state: Cells) -> [(state: Cells?, violations: [String])] {
        let here = location(of: instance, state)
        return model.actions.filter { $0.process == instance.process && $0.location == here }.flatMap { action in
            run(action.body[...], Run(state: state), process: instance.process, instance.indices).map {
                ($0.isOver ? nil : $0.state, $0.violations)
            }
        }
    }

    // MARK: Instructions

    private func run(_ code: ArraySlice<Instruction>, _ start: Run, process: Int?, _ indices: [Int]) -> [Run] {
        var run = start
        var rest = code
        while let next = rest.first {
            rest = rest.dropFirst()
            switch next {
            case .require(let e): if value(e, run, indices) == 0 { return [] }
            case .assign(let cell, let at, let e):
                let place = offset(cell, at.map { value($0, run, indices) })
                run.state[cell.index][place] = value(e, run, indices)
            case .set(register: let register, let e): run.registers[register] = value(e, run, indices)
            case .choose(register: let register, count: let count, label: _, type: _):
                return (0..<count).flatMap { choice -> [Run] in
                    var copy = run
                    copy.registers[register] = UInt64(choice)
                    return self.run(rest, copy, process: process, indices)
                }
            case .branch(let e, let yes, let no):
                return self.run((value(e, run, indices) != 0 ? yes : no) + rest, run, process: process, indices)
            case .check(let e, let violation):
                guard value(e, run, indices) == 0 else { continue }
                run.violations.append(model[violation].name)
                if !model[violation].isResumable {
                    run.isOver = true
                    return [run]
                }
            case .statement, .way, .observe: continue
            case .jump(location: let location):
                guard let process else { continue }
                let counter = model.processes[process].programCounter
                run.state[counter.index][offset(counter, indices.map { UInt64($0) })] = UInt64(location)
                return [run]
            }
        }
        return [run]
    }

    private func offset(_ cell: VariableID, _ indices: [UInt64]) -> Int {
        zip(model[cell].dimensions, indices).reduce(0) { $0 * $1.0.count + Int($1.1) }
    }

    // MARK: Expressions

    private func value(_ e: Expr, _ run: Run, _ indices: [Int]) -> UInt64 {
        switch e {
        case .constant(let value): return value
        case .read(let cell, let at), .readOld(let cell, let at):
            return run.state[cell.index][offset(cell, at.map { value($0, run, indices) })]
        case .processIndex(let number): return UInt64(indices[number])
        case .register(let register): return run.registers[register] ?? 0
        case .unary(let operation, let operand): return unary(operation, value(operand, run, indices))
        case .binary(.and, let a, let b): return value(a, run, indices) != 0 ? value(b, run, indices) : 0
        case .binary(.or, let a, let b): return value(a, run, indices) != 0 ? 1 : value(b, run, indices)
        case .binary(.implies, let a, let b): return value(a, run, indices) == 0 ? 1 : value(b, run, indices)
        case .binary(let operation, let a, let b):
            return binary(operation, value(a, run, indices), value(b, run, indices))
        case .conditional(let c, let a, let b): return value(value(c, run, indices) != 0 ? a : b, run, indices)
        case .bind(register: let register, let bound, let body):
            var inner = run
            inner.registers[register] = value(bound, run, indices)
            return value(body, inner, indices)
        case .quantified(let quantifier, register: let register, count: let count, let body):
            let hits = (0..<count).filter { number in
                var inner = run
                inner.registers[register] = UInt64(number)
                return value(body, inner, indices) != 0
            }
            switch quantifier {
            case .all: return hits.count == count ? 1 : 0
            case .some: return hits.isEmpty ? 0 : 1
            case .count: return UInt64(hits.count)
            case .collect: return hits.reduce(0) { $0 | 1 << UInt64($1) }
            }
        }
    }

    private func unary(_ operation: UnaryOperator, _ a: UInt64) -> UInt64 {
        switch operation {
        case .not: a == 0 ? 1 : 0
        case .negate: 0 &- a
        case .complement: ~a
        case .populationCount: UInt64(a.nonzeroBitCount)
        }
    }

    private func binary(_ operation: BinaryOperator, _ a: UInt64, _ b: UInt64) -> UInt64 {
        switch operation {
        case .add: a &+ b
        case .subtract: a &- b
        case .multiply: a &* b
        case .bitAnd: a & b
        case .bitOr: a | b
        case .bitXor: a ^ b
        case .shiftLeft: b >= 64 ? 0 : a << b
        case .shiftRight: b >= 64 ? 0 : a >> b
        case .equal: a == b ? 1 : 0
        case .notEqual: a != b ? 1 : 0
        case .less: Int64(bitPattern: a) < Int64(bitPattern: b) ? 1 : 0
        case .lessOrEqual: Int64(bitPattern: a) <= Int64(bitPattern: b) ? 1 : 0
        case .below: a < b ? 1 : 0
        case .belowOrEqual: a <= b ? 1 : 0
        case .and, .or, .implies: 0
        }
    }
}

/// What a breadth-first search of a model finds.
struct Explored: Equatable {
    var states = 0
    var transitions = 0
    /// The violations on each level, sorted, each once.
    var violations: [[String]] = []
}

extension ModelRunner {
    func explore(limit: Int = 20_000) -> Explored {
        var result = Explored()
        var seen = Set(initialStates())
        var level = Array(seen)
        while !level.isEmpty && seen.count < limit {
            var next: [Cells] = []
            var found: Set<String> = []
            for state in level {
                for instance in instances {
                    for step in steps(instance, state) {
                        result.transitions += 1
                        found.formUnion(step.violations)
                        if let after = step.state, seen.insert(after).inserted { next.append(after) }
                    }
                }
            }
            result.violations.append(found.sorted())
            level = next
        }
        result.states = seen.count
        return result
    }
}
