extension Model {
    /// Whether there are more values than engines can try one by one that visit states.
    public var isSolverOnly: Bool { hasFreeVariables || hasWideChoices }

    /// Whether a step chooses among more values than can be tried one by one.
    public var hasWideChoices: Bool {
        ([initial] + actions.map(\.body)).contains { $0.contains(where: \.choosesWidely) }
    }

    /// The same where free variables, and choices among too many values, have only a few codes: so that states can be
    /// visited one by one. Every run of it is a run of the model.
    ///
    /// - Parameter codes: what is chosen from; those that are no code of a type are left out. Types with few values keep them.
    public func restricted(to codes: [UInt64]) -> Model { choosing(among: codes).settingFree(among: codes) }

    /// The same where choices among too many values are among a few codes.
    ///
    /// - Parameter most: bits and numbers of more values than these are too many.
    public func choosing(among codes: [UInt64], above most: Int = .max) -> Model {
        var model = self
        model.actions = actions.map { action in
            Action(
                process: action.process, location: action.location, origins: action.origins, ways: action.ways,
                callStack: action.callStack, registerCount: action.registerCount,
                body: action.body.flatMap { $0.narrowed(to: codes, above: most) })
        }
        model.initial = initial.flatMap { $0.narrowed(to: codes, above: most) }
        return model
    }

    private func settingFree(among codes: [UInt64]) -> Model {
        var model = self
        var first: [Instruction] = []
        for (number, variable) in variables.enumerated() where variable.isFree {
            let known = variable.type.codes(sorts: sorts, limit: 64) ?? variable.type.valid(among: codes, sorts: sorts)
            for element in 0..<variable.count {
                let register = model.initialRegisterCount
                model.initialRegisterCount += 1
                first.append(.choose(register: register, count: known.count, label: variable.name, type: variable.type))
                let indices = variable.indices(of: element).map { Expr.constant($0) }
                first.append(.assign(VariableID(number), indices, Self.selected(register, known)))
                // Here already: with many cells most of what could be chosen is no value.
                if let isPart = partCondition(of: VariableID(number), element: element) {
                    first.append(.require(isPart))
                }
            }
            model.variables[number].isFree = false
        }
        model.initial = first + initial
        return model
    }

    /// The code with a number.
    fileprivate static func selected(_ register: Int, _ codes: [UInt64]) -> Expr {
        codes.enumerated().reversed().dropFirst().reduce(.constant(codes.last ?? 0)) { rest, code in
            .conditional(
                .binary(.equal, .register(register), .constant(UInt64(code.offset))), .constant(code.element), rest)
        }
    }
}

extension Instruction {
    /// More values than ``ModelLimits/choices``.
    static func isWide(_ count: Int) -> Bool { count > ModelLimits.choices }

    fileprivate var choosesWidely: Bool {
        switch self {
        case .choose(_, let count, _, _): Self.isWide(count)
        case .branch(_, let yes, let no): yes.contains(where: \.choosesWidely) || no.contains(where: \.choosesWidely)
        case .require, .assign, .set, .check, .statement, .observe, .way, .jump: false
        }
    }

    /// With fewer choices.
    fileprivate func narrowed(to codes: [UInt64], above most: Int) -> [Instruction] {
        switch self {
        case .choose(let register, let count, let label, let type):
            guard Self.isWide(count) || count > most && type.isNumber else { return [self] }
            let known = codes.filter { count == .max || $0 < UInt64(count) }.filter {
                $0 & ~.lowBits(type.width(sorts: [])) == 0
            }
            return [
                .choose(register: register, count: known.count, label: label, type: type),
                .set(register: register, Model.selected(register, known)),
            ]
        case .branch(let condition, let yes, let no):
            func narrowed(_ body: [Instruction]) -> [Instruction] {
                body.flatMap { $0.narrowed(to: codes, above: most) }
            }
            return [.branch(condition, narrowed(yes), narrowed(no))]
        case .require, .assign, .set, .check, .statement, .observe, .way, .jump: return [self]
        }
    }
}

extension CellType {
    /// Whether what is chosen is a code as it stands.
    fileprivate var isNumber: Bool {
        switch self {
        case .range, .bits: true
        case .unit, .bool, .rangeOrUnbounded, .element, .tagged, .tuple, .set, .optional, .exclusiveLock, .sharedLock,
            .location:
            false
        }
    }

    /// Those of some codes that are codes of a value.
    fileprivate func valid(among codes: [UInt64], sorts: [Sort]) -> [UInt64] {
        let width = width(sorts: sorts)
        return codes.filter {
            $0 & ~.lowBits(width) == 0 && describe($0, names: SortNames(sorts)).hasPrefix("invalid") == false
        }
    }
}

extension Variable {
    /// The index in each dimension of an element, which counts row by row.
    func indices(of element: Int) -> [UInt64] {
        var rest = element
        var result: [UInt64] = []
        for dimension in dimensions.reversed() {
            result.append(UInt64(rest % max(1, dimension.count)))
            rest /= max(1, dimension.count)
        }
        return result.reversed()
    }
}
