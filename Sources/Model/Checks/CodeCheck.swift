/// Checks the code of one action, property or the initial state.
struct CodeCheck {
    let model: Model
    let place: String
    private let registerCount: Int
    /// The process whose indices the code may read.
    var process: Process?
    /// Whether the state before the step may be read.
    var allowsOld = false
    /// How many statements the action names.
    var statementCount = 0
    /// How many ways it names.
    var wayCount = 0
    private(set) var problems: [ModelProblem] = []
    /// Registers that have a value on every path.
    private var set: Set<Int> = []

    init(model: Model, place: String, registers: Int = 0) {
        self.model = model
        self.place = place
        registerCount = registers
        if !(0...ModelLimits.registers).contains(registers) { report("\(registers) registers") }
    }

    private mutating func report(_ message: String) {
        problems.append(ModelProblem(place: place, message: message))
    }

    mutating func action(_ body: [Instruction]) {
        if visit(body, depth: 0) { report("a path does not end with a jump") }
    }

    mutating func initial(_ body: [Instruction]) { _ = visit(body, depth: 0) }

    mutating func property(_ condition: Expr) { visit(condition, 0) }

    // MARK: Instructions

    /// Whether a path reaches the end.
    private mutating func visit(_ body: [Instruction], depth: Int) -> Bool {
        guard depth < ModelLimits.depth else {
            report("instructions are nested too deep")
            return false
        }
        var goesOn = true
        for instruction in body {
            if !goesOn {
                report("instructions behind the end of a path")
                return false
            }
            goesOn = visit(instruction, depth)
        }
        return goesOn
    }

    private mutating func visit(_ instruction: Instruction, _ depth: Int) -> Bool {
        switch instruction {
        case .require(let condition):
            visit(condition, 0)
            return condition != .constant(0)
        case .assign(let id, let indices, let expr):
            visit(expr, 0)
            if access(id, indices, 0), model[id].role == .programCounter { report("assigns a program counter") }
        case .set(let register, let expr):
            visit(expr, 0)
            define(register)
        case .choose(let register, let count, _, _):
            bounds(count)
            define(register)
        case .branch(let condition, let yes, let no):
            visit(condition, 0)
            return branch(yes, no, depth)
        case .check(let condition, let violation):
            visit(condition, 0)
            guard model.violations.indices.contains(violation.index) else {
                report("violation \(violation.index) does not exist")
                return true
            }
            return condition != .constant(0) || model[violation].isResumable
        case .statement(let number):
            if !(0..<statementCount).contains(number) { report("statement \(number) does not exist") }
        case .observe(let event, let arguments):
            for argument in arguments { visit(argument, 0) }
            if process == nil { report("tells of an event outside a process") }
            guard model.events.indices.contains(event) else {
                report("event \(event) does not exist")
                return true
            }
            let count = model.events[event].arguments.count
            if count != arguments.count { report("event \(event) with \(arguments.count) arguments") }
        case .way(let number):
            if !(0..<wayCount).contains(number) { report("way \(number) does not exist") }
        case .jump(let location):
            guard let process else {
                report("jumps outside a process")
                return false
            }
            if !process.locations.indices.contains(location) { report("location \(location) does not exist") }
            return false
        }
        return true
    }

    private mutating func branch(_ yes: [Instruction], _ no: [Instruction], _ depth: Int) -> Bool {
        let before = set
        let yesGoesOn = visit(yes, depth: depth + 1)
        let afterYes = set
        set = before
        let noGoesOn = visit(no, depth: depth + 1)
        switch (yesGoesOn, noGoesOn) {
        case (true, true): set.formIntersection(afterYes)
        case (true, false): set = afterYes
        case (false, _): break
        }
        return yesGoesOn || noGoesOn
    }

    private mutating func bounds(_ count: Int) {
        if !(0...ModelLimits.choices).contains(count) { report("a choice of \(count) values") }
    }

    private mutating func define(_ register: Int) {
        if !(0..<max(0, registerCount)).contains(register) { report("register \(register) does not exist") }
        set.insert(register)
    }

    // MARK: Expressions

    /// Whether the variable exists and is accessed with the right number of indices.
    @discardableResult
    mutating func access(_ id: VariableID, _ indices: [Expr], _ depth: Int) -> Bool {
        for index in indices { visit(index, depth + 1) }
        guard model.variables.indices.contains(id.index) else {
            report("variable \(id.index) does not exist")
            return false
        }
        if model[id].dimensions.count != indices.count { report("\(model[id].name) with \(indices.count) indices") }
        return true
    }

    private mutating func visit(_ expr: Expr, _ depth: Int) {
        guard depth < ModelLimits.depth else { return report("expressions are nested too deep") }
        switch expr {
        case .constant: break
        case .read(let id, let indices): access(id, indices, depth)
        case .readOld(let id, let indices):
            if !allowsOld { report("reads the state before the step") }
            access(id, indices, depth)
        case .processIndex(let index):
            if !(process?.dimensions.indices.contains(index) ?? false) { report("process index \(index)") }
        case .register(let register):
            if !set.contains(register) { report("register \(register) is read before it is set") }
        case .unary(_, let inner): visit(inner, depth + 1)
        case .binary(_, let left, let right):
            visit(left, depth + 1)
            visit(right, depth + 1)
        case .conditional(let condition, let yes, let no):
            visit(condition, depth + 1)
            visit(yes, depth + 1)
            visit(no, depth + 1)
        case .bind(let register, let inner, let body):
            visit(inner, depth + 1)
            scope(register, body, depth)
        case .quantified(_, let register, let count, let body):
            bounds(count)
            scope(register, body, depth)
        }
    }

    /// A body in which a register is bound. It must be free: registers have no scopes when the code runs.
    private mutating func scope(_ register: Int, _ body: Expr, _ depth: Int) {
        if set.contains(register) { report("register \(register) is bound while it is in use") }
        let before = set
        define(register)
        visit(body, depth + 1)
        set = before
    }
}
