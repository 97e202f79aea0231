import Model

/// Writes the C of one function: of the steps of an actor, or of properties.
///
/// Expressions become expressions of C; `let`s and loops in them are statement expressions. A fault is a
/// `goto fault`, a violation a `goto violation`: the function has those labels.
struct CodeWriter {
    let model: Model
    let widths: [Int]
    let wordCount: Int
    /// The indices of the process instance the code is for.
    let instance: [CValue]
    let limits: EmissionLimits
    /// Where code of the function is gathered.
    var text = ""
    /// The names that hold the words now, and the values of registers.
    var scope: Scope
    /// Of the state before the step.
    var oldWords: WordNames
    private var lastName = 0

    struct Scope {
        var words: WordNames
        var registers: [Int: CValue] = [:]
        /// The C variables of registers that code may write to.
        var variables: [Int: String] = [:]
        /// The choices so far as one number.
        var choices = CValue(0)
        /// Nothing of the actor runs behind the end of this path.
        var isLast = false
    }

    init(
        _ model: Model, widths: [Int], wordCount: Int, instance: [CValue], words: WordNames, oldWords: WordNames,
        limits: EmissionLimits
    ) {
        self.model = model
        self.widths = widths
        self.wordCount = wordCount
        self.instance = instance
        self.limits = limits
        self.oldWords = oldWords
        scope = Scope(words: words)
    }

    func width(_ id: VariableID) -> Int { widths[id.index] }

    mutating func newName(_ prefix: String) -> String {
        lastName += 1
        return "\(prefix)\(lastName)"
    }

    mutating func line(_ code: String) {
        text += code
        text += "\n"
    }
}

/// What C calls the words of a state.
enum WordNames {
    /// A variable each: the compiler keeps them in registers.
    case variables([String])
    case array(String)

    func word(_ number: Int) -> String {
        switch self {
        case .variables(let names): names[number]
        case .array(let name): "\(name)[\(number)]"
        }
    }
}

/// Bounds on what is emitted.
struct EmissionLimits: Hashable, Sendable {
    /// Quantifiers of at most so many nodes are unrolled: their indices become constants.
    var unrolledNodes = 512
    /// Choices of at most so many values that decide branches are unrolled.
    var unrolledChoices = 32
    /// States of at most so many words are kept in variables.
    var variableWords = 12
    /// A process whose code for all its instances would be larger is written once, for any instance.
    var specialisedBytes = 512 << 10
    /// Bytes of text. Code behind a branch with choices is written twice; nothing bounds that otherwise.
    var bytes = 4 << 20
}
