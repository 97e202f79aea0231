/// What one operation of the bytecode does. `d`, `a` and `b` are the fields of ``Operation``; `i` its immediate value.
///
/// `…Constant` forms take `i` instead of register `b`. A jump that compares takes its second operand from register
/// `i`, or `i` itself, and its target from `d` and `b` together.
enum OperationCode: UInt8 {
    // Registers
    case constant, move
    // Fields of the state: word `a`, from bit `b`, mask `i`. The stored value is in `d`.
    case load, loadOld, store
    /// Word `a`, `b` = shift << 8 | width, the value already shifted in `i`.
    case storeConstant
    // Elements of an array: the index is in register `a`, the first word is `b`, `i` an ``ElementGeometry``.
    case loadElement, loadOldElement, storeElement
    /// A fault where register `a` is not below `i`.
    case checkBelow
    // d = a op b
    case add, subtract, multiply, bitAnd, bitOr, bitXor, shiftLeft, shiftRight
    case equal, notEqual, less, lessOrEqual, below, belowOrEqual
    case addConstant, subtractConstant, multiplyConstant, bitAndConstant, bitOrConstant, bitXorConstant
    case shiftLeftConstant, shiftRightConstant
    case equalConstant, notEqualConstant, lessConstant, lessOrEqualConstant, belowConstant, belowOrEqualConstant
    // d = op a
    case not, negate, complement, populationCount
    // Jumps
    case jump, jumpIfZero, jumpIfNotZero
    case jumpEqual, jumpNotEqual, jumpLess, jumpLessOrEqual, jumpBelow, jumpBelowOrEqual
    case jumpEqualConstant, jumpNotEqualConstant, jumpLessConstant, jumpLessOrEqualConstant
    case jumpBelowConstant, jumpBelowOrEqualConstant
    /// A constant that does not fit the cell it is stored to.
    case fault
    // Ends of a stretch that the driver deals with
    case accept, reject
    /// Register `d` gets each of `0..<i`.
    case choose
    /// Violation `i`; `a` is 1 where it is resumable.
    case violation
    /// Statement `i` of the action; only in code that is traced.
    case statement
    /// The next argument of an event is in register `a`; only in code that tells of events.
    case argument
    /// Event `i` of the model, with the arguments before it.
    case event
    /// Way `i` of the action; only in code that is traced.
    case way
}

/// 16 bytes of bytecode.
struct Operation: Sendable {
    var code: OperationCode
    var d: UInt16 = 0
    var a: UInt16 = 0
    var b: UInt16 = 0
    var i: UInt64 = 0

    var target: Int {
        get { Int(d) | Int(b) << 16 }
        set {
            d = UInt16(truncatingIfNeeded: newValue)
            b = UInt16(truncatingIfNeeded: newValue >> 16)
        }
    }
}

/// Where the elements of an array lie, in one word: width, shift of the first, elements a word, how many.
struct ElementGeometry {
    let bits: UInt64

    init(bits: UInt64) { self.bits = bits }

    /// Widths from 1 to 64; validation bounds the rest.
    init(_ placement: Placement, width: Int, count: Int) {
        bits = UInt64(width) | UInt64(placement.shift) << 7 | UInt64(placement.perWord) << 14 | UInt64(count) << 21
    }

    var width: UInt64 { bits & 127 }
    var shift: UInt64 { bits >> 7 & 127 }
    var perWord: UInt64 { bits >> 14 & 127 }
    var count: UInt64 { bits >> 21 }
}

/// A model that breaks its own promises while it runs: a defect of what made it, never of the spec.
public enum MachineFault: Hashable, Sendable, Error {
    /// An index is outside the array, or a value does not fit its cell. No action: in the initial state or a property.
    case outOfRange(action: Int?)
    /// A program counter that is no location of its process.
    case noSuchLocation(process: Int, instance: Int)
    /// A run that a search had found could not be followed again.
    case unstableSuccessors
}
