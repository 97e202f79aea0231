/// What an expression of the model is in C: a constant, or text of type `U`, with the largest value it can have.
struct CValue {
    let text: String
    /// Nil where it is known only at run time.
    let constant: UInt64?
    let bound: UInt64
    /// A name or a number: repeating it costs nothing.
    let isSimple: Bool

    init(_ constant: UInt64) {
        text = "\(constant)ull"
        self.constant = constant
        bound = constant
        isSimple = true
    }

    init(text: String, bound: UInt64, isSimple: Bool = false) {
        self.text = text
        constant = nil
        self.bound = bound
        self.isSimple = isSimple
    }

    /// Evaluating it is a fault.
    static let fault = CValue(text: "({ goto fault; 0ull; })", bound: 0)

    /// The same as far as is known after either of two ways: a name that holds both, with the larger bound.
    func joined(with other: CValue, name: String) -> CValue {
        if let constant, constant == other.constant { return self }
        return CValue(text: name, bound: max(bound, other.bound), isSimple: true)
    }
}

/// A condition in C, of any integer type.
enum CCondition {
    case always(Bool)
    case text(String)

    var negated: CCondition {
        switch self {
        case .always(let truth): .always(!truth)
        case .text(let text): .text("!(\(text))")
        }
    }

    /// 1 or 0.
    var value: CValue {
        switch self {
        case .always(let truth): CValue(truth ? 1 : 0)
        case .text(let text): CValue(text: "((U)!!(\(text)))", bound: 1)
        }
    }

    /// As an operand of C.
    var text: String {
        switch self {
        case .always(let truth): truth ? "1" : "0"
        case .text(let text): text
        }
    }
}

extension UInt64 {
    /// The lowest `width` bits set.
    static func ones(_ width: Int) -> UInt64 { width >= 64 ? .max : width <= 0 ? 0 : (1 << UInt64(width)) &- 1 }

    var bitsNeeded: Int { 64 - leadingZeroBitCount }

    /// As text of C.
    var literal: String { self < 1 << 16 ? "\(self)ull" : "0x\(String(self, radix: 16))ull" }
}
