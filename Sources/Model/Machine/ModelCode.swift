/// A model compiled to bytecode: immutable, shared by any number of ``Machine``s.
public struct ModelCode: Sendable {
    public let model: Model
    public let wordCount: Int
    /// All process instances, processes in order, instances row by row. An *actor* is an index into this.
    public let actors: [Actor]

    let operations: [Operation]
    let registerCount: Int
    /// By ``Actor/firstLocation`` + location: where the entries of that location start; one more at the end.
    let locationStarts: [Int32]
    let entries: [Entry]
    let initialEntry: Int
    /// By property and conjunct.
    let conjunctEntries: [[Int]]
    let kindEntries: KindEntries
    /// The most choices and resumable checks that one step can meet.
    let mostChoices: Int
    let mostChecks: Int

    /// An instance of a process.
    public struct Actor: Hashable, Sendable, BitwiseCopyable {
        public let process: Int
        public let instance: Int
        /// Where its program counter is.
        public let word: Int
        public let shift: Int
        public let mask: UInt64
        let firstLocation: Int
        let locationCount: Int
    }

    struct Entry: Sendable {
        let action: Int32
        let operation: Int32
    }

    /// Compiles a packed model. Only code that marks statements can tell which were executed and which ways taken, and
    /// only code that marks events can tell of them.
    ///
    /// - Throws: ``InvalidModel`` with every reason why no engine can run it.
    public init(_ model: Model, marks: CodeMarks = []) throws(InvalidModel) {
        let problems = model.validate()
        guard problems.isEmpty else { throw InvalidModel(problems: problems) }
        var compilation = Compilation(model, marks: marks)
        compilation.run()
        self.model = model
        wordCount = model.wordCount
        actors = compilation.actors
        locationStarts = compilation.locationStarts
        entries = compilation.entries
        initialEntry = compilation.initialEntry
        conjunctEntries = compilation.conjunctEntries
        kindEntries = compilation.kindEntries
        operations = compilation.builder.link()
        registerCount = compilation.builder.registerCount
        mostChoices = ([model.initial] + model.actions.map(\.body)).map(\.choiceCount).max() ?? 0
        mostChecks = ([model.initial] + model.actions.map(\.body)).map(\.checkCount).max() ?? 0
    }

    /// The actor of a process instance.
    public func actor(process: Int, instance: Int) -> Int? {
        actors.firstIndex { $0.process == process && $0.instance == instance }
    }

    /// The location of an actor in a state.
    public func location(of actor: Actor, in words: UnsafePointer<UInt64>) -> Int {
        Int(truncatingIfNeeded: words[actor.word] >> UInt64(actor.shift) & actor.mask)
    }
}

/// What code tells of besides what it does.
public struct CodeMarks: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }

    public static let statements = CodeMarks(rawValue: 1)
    public static let events = CodeMarks(rawValue: 2)
}

/// Where the stretches start that judge all properties of a kind.
struct KindEntries: Sendable {
    var invariant = 0
    var atRest = 0
    var transition = 0
    var reachable = 0
}

/// Why no engine can run a model.
public struct InvalidModel: Error, Hashable, Sendable {
    public let problems: [ModelProblem]

    /// For engines that visit states one by one.
    public static let freeVariables = InvalidModel(
        problems: [ModelProblem(place: "free variables", message: "states can't be visited one by one")])
}

/// What ``ModelCode`` gathers while it is made.
private struct Compilation {
    let model: Model
    private let marks: CodeMarks
    var builder: CodeBuilder
    var actors: [ModelCode.Actor] = []
    var locationStarts: [Int32] = []
    var entries: [ModelCode.Entry] = []
    var initialEntry = 0
    var conjunctEntries: [[Int]] = []
    var kindEntries = KindEntries()

    init(_ model: Model, marks: CodeMarks) {
        self.model = model
        self.marks = marks
        builder = CodeBuilder(model)
    }

    mutating func run() {
        let model = model
        let code = code
        let actions = Dictionary(grouping: model.actions.indices) { model.actions[$0].process }
        for process in model.processes.indices {
            for instance in 0..<model.processes[process].instanceCount {
                compile(process, instance, actions[process] ?? [])
            }
        }
        locationStarts.append(Int32(entries.count))
        initialEntry = stretch(registers: model.initialRegisterCount, instance: []) { builder, rejected in
            builder.instructions(code(model.initial), jumpTo: nil, rejected: rejected)
        }
        conjunctEntries = model.properties.map { property in
            property.conjuncts.map { conjunct in
                stretch(registers: conjunct.registerCount, instance: []) { builder, rejected in
                    builder.jump(conjunct.condition, when: false, to: rejected)
                }
            }
        }
        kindEntries.invariant = stretch(of: .invariant)
        kindEntries.atRest = stretch(of: .atRest)
        kindEntries.transition = stretch(of: .transition)
        kindEntries.reachable = stretch(of: .reachable)
    }

    /// The instructions that code is made for.
    private var code: ([Instruction]) -> [Instruction] {
        { [marks] body in body.keeping(marks) }
    }

    /// All conjuncts of a kind.
    private mutating func stretch(of kind: PropertyKind) -> Int {
        let conjuncts = model.properties.filter { $0.kind == kind }.flatMap(\.conjuncts)
        return stretch(registers: conjuncts.map(\.registerCount).max() ?? 0, instance: []) { builder, rejected in
            for conjunct in conjuncts { builder.jump(conjunct.condition, when: false, to: rejected) }
        }
    }

    private mutating func compile(_ number: Int, _ instance: Int, _ actions: [Int]) {
        let model = model
        let code = code
        let process = model.processes[number]
        let variable = model[process.programCounter]
        let width = variable.type.width(sorts: model.sorts)
        let place = variable.placement
        actors.append(
            ModelCode.Actor(
                process: number, instance: instance, word: place.word + instance / place.perWord,
                shift: width == 0 ? 0 : place.shift + instance % place.perWord * width, mask: .lowBits(width),
                firstLocation: locationStarts.count, locationCount: process.locations.count))
        let byLocation = Dictionary(grouping: actions) { model.actions[$0].location }
        for location in process.locations.indices {
            locationStarts.append(Int32(entries.count))
            for action in byLocation[location] ?? [] {
                let entry = stretch(
                    registers: model.actions[action].registerCount, instance: process.indices(of: instance)
                ) { builder, rejected in
                    builder.instructions(
                        code(model.actions[action].body), jumpTo: process.programCounter, rejected: rejected)
                }
                entries.append(ModelCode.Entry(action: Int32(action), operation: Int32(entry)))
            }
        }
    }

    /// A stretch of code that ends in `accept` or, from the given label, in `reject`.
    private mutating func stretch(
        registers: Int, instance: [UInt64], _ body: (inout CodeBuilder, CodeBuilder.Label) -> Void
    ) -> Int {
        let entry = builder.begin(registers: registers, instance: instance)
        let rejected = builder.newLabel()
        body(&builder, rejected)
        builder.emit(Operation(code: .accept))
        builder.bind(rejected)
        builder.emit(Operation(code: .reject))
        return entry
    }
}

extension Process {
    /// The indices of an instance, row by row.
    public func indices(of instance: Int) -> [UInt64] {
        var rest = instance
        return dimensions.reversed().map { dimension in
            let count = max(1, dimension.count)
            defer { rest /= count }
            return UInt64(rest % count)
        }.reversed()
    }
}

extension [Instruction] {
    /// The most choices on a path, or more.
    fileprivate var choiceCount: Int {
        reduce(0) { sum, instruction in
            switch instruction {
            case .choose: sum + 1
            case .branch(_, let yes, let no): sum + Swift.max(yes.choiceCount, no.choiceCount)
            case .require, .assign, .set, .check, .statement, .way, .observe, .jump: sum
            }
        }
    }

    /// The most checks on a path, or more.
    fileprivate var checkCount: Int {
        reduce(0) { sum, instruction in
            switch instruction {
            case .check: sum + 1
            case .branch(_, let yes, let no): sum + Swift.max(yes.checkCount, no.checkCount)
            case .require, .assign, .set, .choose, .statement, .way, .observe, .jump: sum
            }
        }
    }
}
