/// Emits bytecode for the expressions and instructions of one validated model.
///
/// Code is made per process instance, so that its indices are constants and most cells have a fixed place.
struct CodeBuilder {
    enum Operand {
        case constant(UInt64)
        case register(UInt16)
    }

    struct Label {
        fileprivate let number: Int
    }

    let model: Model
    private let widths: [Int]
    private(set) var operations: [Operation] = []
    /// The indices of the process instance the code is for.
    var instance: [UInt64] = []
    /// Registers whose value is known: of unrolled quantifiers and constant `let`s.
    var known: [Int: UInt64] = [:]
    private var nextTemporary = 0
    /// How many registers the machine needs.
    private(set) var registerCount = 1
    private var labels: [Int] = []
    private var jumps: [(operation: Int, label: Label)] = []
    private var lastBound = 0

    init(_ model: Model) {
        self.model = model
        widths = model.variables.map { $0.type.width(sorts: model.sorts) }
    }

    func width(_ id: VariableID) -> Int { widths[id.index] }

    /// Starts a stretch of code with so many model registers; gives its entry.
    mutating func begin(registers: Int, instance indices: [UInt64]) -> Int {
        instance = indices
        known = [:]
        nextTemporary = registers
        registerCount = max(registerCount, registers)
        lastBound = operations.count
        return operations.count
    }

    // MARK: Temporaries

    var mark: Int { nextTemporary }

    mutating func release(to mark: Int) { nextTemporary = mark }

    mutating func allocate() -> UInt16 {
        defer { nextTemporary += 1 }
        registerCount = max(registerCount, nextTemporary + 1)
        return UInt16(truncatingIfNeeded: nextTemporary)
    }

    // MARK: Emission

    mutating func emit(_ operation: Operation) { operations.append(operation) }

    mutating func newLabel() -> Label {
        labels.append(-1)
        return Label(number: labels.count - 1)
    }

    mutating func bind(_ label: Label) {
        labels[label.number] = operations.count
        lastBound = operations.count
    }

    mutating func emitJump(_ operation: Operation, to label: Label) {
        jumps.append((operations.count, label))
        operations.append(operation)
    }

    mutating func jump(to label: Label) { emitJump(Operation(code: .jump), to: label) }

    /// Puts an operand into a register of its choice: the operation that made a temporary writes there at once.
    mutating func move(_ operand: Operand, into register: UInt16, temporariesFrom mark: Int) {
        switch operand {
        case .constant(let value):
            emit(Operation(code: .constant, d: register, i: value))
        case .register(let source):
            guard source != register else { return }
            if Int(source) >= mark, lastBound < operations.count, let last = operations.last, last.d == source,
                last.code.writesOnlyItsResult
            {
                operations[operations.count - 1].d = register
            } else {
                emit(Operation(code: .move, d: register, a: source))
            }
        }
    }

    /// The operand in a register.
    mutating func inRegister(_ operand: Operand) -> UInt16 {
        switch operand {
        case .register(let register): return register
        case .constant(let value):
            let register = allocate()
            emit(Operation(code: .constant, d: register, i: value))
            return register
        }
    }

    /// The finished code: every jump has its target.
    mutating func link() -> [Operation] {
        for jump in jumps { operations[jump.operation].target = labels[jump.label.number] }
        jumps = []
        return operations
    }
}

extension OperationCode {
    /// Writes register `d` and does nothing else.
    var writesOnlyItsResult: Bool {
        switch self {
        case .constant, .move, .load, .loadOld, .loadElement, .loadOldElement, .add, .subtract, .multiply, .bitAnd,
            .bitOr, .bitXor, .shiftLeft, .shiftRight, .equal, .notEqual, .less, .lessOrEqual, .below, .belowOrEqual,
            .addConstant, .subtractConstant, .multiplyConstant, .bitAndConstant, .bitOrConstant, .bitXorConstant,
            .shiftLeftConstant, .shiftRightConstant, .equalConstant, .notEqualConstant, .lessConstant,
            .lessOrEqualConstant, .belowConstant, .belowOrEqualConstant, .not, .negate, .complement, .populationCount:
            true
        case .store, .storeConstant, .storeElement, .checkBelow, .jump, .jumpIfZero, .jumpIfNotZero, .jumpEqual,
            .jumpNotEqual, .jumpLess, .jumpLessOrEqual, .jumpBelow, .jumpBelowOrEqual, .jumpEqualConstant,
            .jumpNotEqualConstant, .jumpLessConstant, .jumpLessOrEqualConstant, .jumpBelowConstant,
            .jumpBelowOrEqualConstant, .fault, .accept, .reject, .choose, .violation, .statement,
            .argument, .event, .way:
            false
        }
    }
}
