import Model

/// Where the successors of a model's states come from: the bytecode machine, or code compiled for the model. All
/// sources give the same successors in the same order.
public protocol SuccessorSource: AnyObject {
    func expand(_ state: UnsafePointer<UInt64>, into buffer: SuccessorBuffer)
}

extension Machine: SuccessorSource {}
