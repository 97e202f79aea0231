import Model
import ModelTestSupport

/// A random model in which some indices and values are off by something, and `transition` properties look back.
struct CarelessModel {
    private(set) var model: Model
    private var random: SeededNumbers
    private let percent: Int
    /// Whether expressions may read the state before the step.
    private var looksBack = false

    init(seed: UInt64, percent: Int = 4) {
        model = RandomModel.make(seed: seed, sorts: Int(seed % 3), largest: 4)
        random = SeededNumbers(seed &+ 1)
        self.percent = percent
        model.actions = model.actions.map { action in
            Action(
                process: action.process, location: action.location, origins: action.origins, ways: action.ways,
                callStack: action.callStack, registerCount: action.registerCount, body: careless(action.body))
        }
        model.properties = model.properties.map { property in
            looksBack = property.kind == .transition
            return Property(
                name: property.name, kind: property.kind,
                conjuncts: property.conjuncts.map { conjunct in
                    Conjunct(
                        condition: careless(conjunct.condition), registerCount: conjunct.registerCount,
                        origin: conjunct.origin)
                })
        }
    }

    private mutating func careless(_ body: [Instruction]) -> [Instruction] {
        body.map { instruction in
            switch instruction {
            case .require(let test): .require(careless(test))
            case .assign(let id, let indices, let value): .assign(id, off(indices), off(careless(value)))
            case .set(let register, let value): .set(register: register, careless(value))
            case .branch(let test, let yes, let no): .branch(careless(test), careless(yes), careless(no))
            case .check(let test, let violation): .check(careless(test), violation)
            case .choose, .statement, .way, .observe, .jump: instruction
            }
        }
    }

    private mutating func off(_ expr: Expr) -> Expr {
        guard Int.random(in: 0..<100, using: &random) < percent else { return expr }
        return add(expr, c(Int.random(in: 1...3, using: &random)))
    }

    private mutating func off(_ indices: [Expr]) -> [Expr] { indices.map { off(careless($0)) } }

    private mutating func careless(_ expr: Expr) -> Expr {
        switch expr {
        case .constant, .processIndex, .register: return expr
        case .read(let id, let indices):
            return looksBack && Bool.random(using: &random) ? .readOld(id, off(indices)) : .read(id, off(indices))
        case .readOld(let id, let indices): return .readOld(id, off(indices))
        case .unary(let symbol, let inner): return .unary(symbol, careless(inner))
        case .binary(let symbol, let left, let right): return .binary(symbol, careless(left), careless(right))
        case .conditional(let test, let yes, let no): return .conditional(careless(test), careless(yes), careless(no))
        case .bind(let register, let inner, let body): return .bind(register: register, careless(inner), careless(body))
        case .quantified(let quantifier, let register, let count, let body):
            return .quantified(quantifier, register: register, count: count, careless(body))
        }
    }
}
