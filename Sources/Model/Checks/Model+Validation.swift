extension Model {
    /// Everything that would make an engine stumble: references that lead nowhere, widths, overlapping places,
    /// registers that are read before they are set, paths without a jump. Empty for a model that can run.
    ///
    /// A run can still meet a ``MachineFault``: where a computed index or value leaves its range.
    public func validate() -> [ModelProblem] {
        var check = ModelCheck(model: self)
        check.sorts()
        check.variables()
        check.events()
        // What follows looks into variables and their types.
        guard check.problems.isEmpty else { return check.problems }
        check.placements()
        check.processes()
        guard check.problems.isEmpty else { return check.problems }
        check.code()
        return check.problems
    }
}

struct ModelCheck {
    let model: Model
    private(set) var problems: [ModelProblem] = []

    init(model: Model) { self.model = model }

    mutating func report(_ place: String, _ message: String) {
        problems.append(ModelProblem(place: place, message: message))
    }

    mutating func sorts() {
        for sort in model.sorts where !(0...ModelLimits.sortSize).contains(sort.size) {
            report("sort \(sort.name)", "size \(sort.size) is outside 0...\(ModelLimits.sortSize)")
        }
    }

    // MARK: Variables

    mutating func variables() {
        for variable in model.variables {
            let place = "variable \(variable.name)"
            if let problem = model.problem(with: variable.type) { report(place, problem) }
            for dimension in variable.dimensions { self.dimension(dimension, at: place) }
            if !(0...ModelLimits.cells).contains(variable.count) {
                report(place, "\(variable.count) cells are outside 0...\(ModelLimits.cells)")
            }
            if let payload = variable.payload, !payload.cases.allSatisfy({ isTag($0.tag, of: variable) }) {
                report(place, "a tag of its payload is no variable with as many elements")
            }
            if let process = variable.process, !model.processes.indices.contains(process) {
                report(place, "process \(process) does not exist")
            }
            switch variable.role {
            case .programCounter, .local: if variable.process == nil { report(place, "belongs to no process") }
            case .shared, .ghost, .constant: if variable.process != nil { report(place, "belongs to a process") }
            }
        }
    }

    private func isTag(_ tag: VariableID, of variable: Variable) -> Bool {
        model.variables.indices.contains(tag.index) && model[tag].dimensions == variable.dimensions
    }

    private mutating func dimension(_ dimension: Dimension, at place: String) {
        if let problem = model.problem(with: dimension.type) { return report(place, "index: \(problem)") }
        if dimension.count != dimension.type.valueCount(sorts: model.sorts) {
            report(place, "a dimension of \(dimension.count) is indexed by a type with another number of values")
        }
        if let sort = dimension.sort, dimension.type != .element(sort: sort) {
            report(place, "a dimension of sort \(sort) is indexed by another type")
        }
    }

    mutating func events() {
        for event in model.events {
            for type in event.arguments {
                if let problem = model.problem(with: type) { report("event \(event.name)", problem) }
            }
        }
    }

    mutating func placements() {
        var used: [Int: UInt64] = [:]
        for variable in model.variables {
            let width = variable.type.width(sorts: model.sorts)
            let place = variable.placement
            guard place.word >= 0, place.shift >= 0, place.perWord > 0, place.word < ModelLimits.cells,
                place.shift.saturatingSum(min(place.perWord, variable.count).saturatingProduct(width)) <= 64,
                place.word + (variable.count - 1) / place.perWord < ModelLimits.cells
            else {
                report("variable \(variable.name)", "its place in the state is impossible")
                continue
            }
            guard width > 0 else { continue }
            for element in 0..<variable.count {
                let word = place.word + element / place.perWord
                let bits = UInt64.lowBits(width) << UInt64(place.shift + element % place.perWord * width)
                if used[word, default: 0] & bits != 0 {
                    report("variable \(variable.name)", "its place in the state is taken; was the model packed?")
                    break
                }
                used[word, default: 0] |= bits
            }
        }
    }

    // MARK: Processes

    mutating func processes() {
        for (number, process) in model.processes.enumerated() {
            let place = "process \(process.name)"
            if process.instanceCount > ModelLimits.instances || process.instanceCount < 1 {
                report(place, "\(process.instanceCount) instances are outside 1...\(ModelLimits.instances)")
            }
            if !(1...ModelLimits.locations).contains(process.locations.count) {
                report(place, "\(process.locations.count) locations are outside 1...\(ModelLimits.locations)")
            }
            programCounter(of: number, at: place)
        }
        for variable in model.variables {
            guard let process = variable.process else { continue }
            if variable.dimensions != model.processes[process].dimensions {
                report("variable \(variable.name)", "its dimensions are not those of its process")
            }
        }
    }

    private mutating func programCounter(of number: Int, at place: String) {
        let process = model.processes[number]
        guard model.variables.indices.contains(process.programCounter.index) else {
            return report(place, "its program counter does not exist")
        }
        let variable = model[process.programCounter]
        if variable.role != .programCounter || variable.process != number
            || variable.type != .location(count: process.locations.count)
        {
            report(place, "\(variable.name) is not its program counter")
        }
    }

    // MARK: Code

    mutating func code() {
        for process in model.processes {
            for (number, location) in process.locations.enumerated() {
                for held in location.held {
                    var check = CodeCheck(model: model, place: "process \(process.name), location \(number)")
                    check.process = process
                    _ = check.access(held.lock, held.indices, 0)
                    take(check)
                }
            }
        }
        for (number, action) in model.actions.enumerated() {
            let place = "action \(number)"
            guard model.processes.indices.contains(action.process),
                model.processes[action.process].locations.indices.contains(action.location)
            else {
                report(place, "its process or location does not exist")
                continue
            }
            var check = CodeCheck(model: model, place: place, registers: action.registerCount)
            check.process = model.processes[action.process]
            check.statementCount = action.origins.count
            check.wayCount = action.ways.count
            check.action(action.body)
            take(check)
        }
        var check = CodeCheck(model: model, place: "initial state", registers: model.initialRegisterCount)
        check.statementCount = model.initialOrigins.count
        check.initial(model.start)
        take(check)
        for property in model.properties {
            for conjunct in property.conjuncts {
                let place = "property \(property.name)"
                var check = CodeCheck(model: model, place: place, registers: conjunct.registerCount)
                check.allowsOld = property.kind == .transition
                check.property(conjunct.condition)
                take(check)
            }
        }
        for witness in model.witnesses {
            var check = CodeCheck(
                model: model, place: "witness of \(witness.name)", registers: witness.condition.registerCount)
            check.allowsOld = witness.moment == .step
            check.property(witness.condition.condition)
            take(check)
        }
    }

    private mutating func take(_ check: CodeCheck) { problems += check.problems }
}
