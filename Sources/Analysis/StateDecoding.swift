import Lowering
import Program
import Reference

extension PreparedRun {
    /// The shared variables, ghost variables and symbolic constants of a state of the model, as values of the program.
    func shared(_ words: [UInt64]) throws(InternalError) -> [VariableID: [Value]] {
        guard let decoder = StateDecoder(program: program, model: model, widestCode: widestCode) else {
            throw InternalError("the model does not fit its program")
        }
        let values = decoder.values(in: words)
        return Dictionary(uniqueKeysWithValues: values.map { (VariableID($0.key), $0.value) })
    }

    /// The process instances in the order in which engines count them.
    var instances: [ProcessInstance] { Interpreter(program).processInstances }
}
