/// What a step does, in order, on a working copy of the state.
public indirect enum Instruction: Hashable, Sendable {
    /// The step is not enabled (with the choices made so far) where this is 0.
    case require(Expr)
    case assign(VariableID, [Expr], Expr)
    case set(register: Int, Expr)
    /// Any of `0..<count`: one successor each; `Int.max` stands for all codes of the type, which is one of bits or a range.
    /// Engines that visit states one by one take no more than 2^24. `label` and `type` are for people.
    case choose(register: Int, count: Int, label: String, type: CellType)
    case branch(Expr, [Instruction], [Instruction])
    /// A violation where this is 0. Then a resumable one goes on, another ends the step without a successor.
    case check(Expr, ViolationID)
    /// What follows belongs to statement `n` of ``Action/origins``. It changes nothing; coverage reads it.
    case statement(Int)
    /// Tells of event `n` of ``Model/events``, with the codes of its arguments. It changes nothing; who compares the
    /// behaviours of models reads it.
    case observe(Int, [Expr])
    /// The path has taken way `n` of ``Action/ways``. It changes nothing; coverage reads it.
    case way(Int)
    /// The process goes to a location; the last instruction on every path of an action.
    case jump(location: Int)
}
