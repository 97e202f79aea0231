import Model

/// The steps of one action. The end of a path is a `continue`: of the loop of the last choice, or of a loop that goes
/// round once.
extension CodeWriter {
    struct Step {
        let programCounter: VariableID
        /// The label of its successors, without the choices.
        let label: SuccessorLabel
        /// Whether the actor is known only at run time, and not in the label.
        let isShared: Bool
        /// Nothing of the actor runs behind it.
        let isLast: Bool
    }

    /// A block that runs an action from the state as it is.
    mutating func action(_ body: [Instruction], _ step: Step) throws(NativeFailure) {
        scope.isLast = step.isLast
        try block("do", "while (0);", body, step)
    }

    /// A block with variables of its own for what the rest of the path writes.
    private mutating func block(
        _ head: String, _ tail: String, _ body: [Instruction], _ step: Step, register: Int? = nil,
        value: CValue? = nil, digits: CValue? = nil
    ) throws(NativeFailure) {
        let outer = scope
        line("\(head) {")
        if let register, let value { scope.registers[register] = value }
        if let digits { scope.choices = digits }
        declare(body, step)
        _ = try path(body, step)
        line("} \(tail)")
        scope = outer
    }

    private mutating func declare(_ body: [Instruction], _ step: Step) {
        let shape = CodeShape(model: model, widths: widths, instance: instance)
        let writes = shape.writes(of: body, programCounter: step.programCounter)
        switch scope.words {
        case .variables(var names):
            for word in writes.words.sorted() {
                let name = newName("w\(word)_")
                line("U \(name) = \(names[word]);")
                names[word] = name
            }
            scope.words = .variables(names)
        case .array(let outer):
            guard !writes.words.isEmpty else { break }
            let name = newName("w")
            line("U \(name)[\(wordCount)];")
            line("for (int i = 0; i < \(wordCount); i++) \(name)[i] = \(outer)[i];")
            scope.words = .array(name)
        }
        for register in writes.registers.sorted() {
            let name = newName("r\(register)_")
            let outer = scope.registers[register]
            line("U \(name) = \(outer?.text ?? "0");")
            scope.variables[register] = name
            if let outer, outer.constant == nil {
                scope.registers[register] = CValue(text: name, bound: outer.bound, isSimple: true)
            }
        }
    }

    /// Whether the code goes on behind it.
    private mutating func path(_ body: [Instruction], _ step: Step) throws(NativeFailure) -> Bool {
        for (number, instruction) in body.enumerated() {
            guard text.utf8.count <= limits.bytes else { throw .tooLarge(bytes: limits.bytes) }
            switch instruction {
            case .statement, .way, .observe: break
            case .require(let test): if !passes(test, otherwise: "continue;") { return false }
            // Whether the step could go on: the machine has to say what is wrong, and says that too.
            case .check(let test, _): if !passes(test, otherwise: "goto violation;") { return false }
            case .assign(let id, let indices, let expr): assign(id, indices, expr)
            case .set(let register, let expr): set(register, to: expr)
            case .choose(let register, let count, _, _):
                try choose(register, count, Array(body[(number + 1)...]), step)
                return false
            case .branch(let test, let yes, let no):
                let rest = Array(body[(number + 1)...])
                guard let goesOn = try branch(test, yes, no, rest, step) else { return false }
                if !goesOn { return false }
            case .jump(let location):
                finish(location, step)
                return false
            }
        }
        return true
    }

    /// Whether the code goes on behind a test.
    private mutating func passes(_ test: Expr, otherwise: String) -> Bool {
        switch condition(test) {
        case .always(true): return true
        case .always(false):
            line(otherwise)
            return false
        case .text(let test):
            line("if (!(\(test))) \(otherwise)")
            return true
        }
    }

    private mutating func set(_ register: Int, to expr: Expr) {
        let value = value(expr)
        let name = scope.variables[register] ?? "unknown"
        line("\(name) = \(value.text);")
        scope.registers[register] =
            value.constant == nil ? CValue(text: name, bound: value.bound, isSimple: true) : value
    }

    private mutating func finish(_ location: Int, _ step: Step) {
        assign(step.programCounter, instance.indices.map(Expr.processIndex), .constant(UInt64(location)))
        let word = step.label.word
        let choices = scope.choices
        var label = choices.constant.map { (word | $0 << 40).literal } ?? "\(word.literal) | \(choices.text) << 40"
        if step.isShared { label += " | actor << 24" }
        if scope.isLast, case .variables(let names) = scope.words {
            // One piece of code writes the last successors of all locations: less to compile.
            for (word, name) in names.enumerated() where name != "s\(word)" { line("t\(word) = \(name);") }
            line("label = \(label);\ngoto put;")
            return
        }
        put(scope.words, label)
        line("continue;")
    }

    /// Writes a successor where there is room.
    mutating func put(_ words: WordNames, _ label: String) {
        line("if (n < room) {\nU *p = out + n;")
        switch words {
        case .variables(let names):
            for (word, name) in names.enumerated() { line("p[\(word)] = \(name);") }
        case .array(let name): line("for (int i = 0; i < \(wordCount); i++) p[i] = \(name)[i];")
        }
        line("p[\(wordCount)] = \(label);\n}")
        line("n += \(wordCount + 1);")
    }

    // MARK: Branches

    /// Nil where the rest of the path is written already.
    private mutating func branch(
        _ test: Expr, _ yes: [Instruction], _ no: [Instruction], _ rest: [Instruction], _ step: Step
    ) throws(NativeFailure) -> Bool? {
        let code: String
        switch condition(test) {
        case .always(let truth):
            _ = try path((truth ? yes : no) + rest, step)
            return nil
        case .text(let text): code = text
        }
        // What follows a choice runs for each of its values: it belongs into the arm.
        let splits = yes.containsChoice || no.containsChoice
        let before = scope
        line("if (\(code)) {")
        let yesGoesOn = try path(splits ? yes + rest : yes, step)
        let afterYes = scope
        scope = before
        line("} else {")
        let noGoesOn = try path(splits ? no + rest : no, step)
        line("}")
        if splits { return nil }
        switch (yesGoesOn, noGoesOn) {
        case (true, true): join(afterYes)
        case (true, false): scope = afterYes
        case (false, _): break
        }
        return yesGoesOn || noGoesOn
    }

    /// Keeps what is known of registers on both ways.
    private mutating func join(_ other: Scope) {
        for (register, value) in scope.registers {
            guard let second = other.registers[register] else {
                scope.registers[register] = nil
                continue
            }
            // Where it was not written, the variable is that of an outer block and holds something else.
            let name = value.text == second.text ? value.text : scope.variables[register] ?? value.text
            scope.registers[register] = value.joined(with: second, name: name)
        }
    }

    // MARK: Choices

    private mutating func choose(
        _ register: Int, _ count: Int, _ rest: [Instruction], _ step: Step
    ) throws(NativeFailure) {
        let isLast = scope.isLast
        defer { scope.isLast = isLast }
        if count <= limits.unrolledChoices, rest.branches(on: [register]) {
            for number in 0..<UInt64(count) {
                let value = CValue(number)
                scope.isLast = isLast && number == UInt64(count - 1)
                try block(
                    "do", "while (0);", rest, step, register: register, value: value,
                    digits: digits(value, of: count))
            }
            return
        }
        guard count > 0 else { return }
        scope.isLast = false
        let name = newName("c")
        let value = CValue(text: name, bound: UInt64(count - 1), isSimple: true)
        try block(
            "for (U \(name) = 0; \(name) < \(count)ull; \(name)++)", "", rest, step, register: register, value: value,
            digits: digits(value, of: count))
    }

    /// The choices so far and one more.
    private func digits(_ value: CValue, of count: Int) -> CValue {
        if let first = scope.choices.constant {
            let shifted = first &* UInt64(count)
            if let last = value.constant { return CValue(shifted &+ last) }
            return shifted == 0 ? value : CValue(text: "(\(shifted)ull + \(value.text))", bound: .max)
        }
        return CValue(text: "(\(scope.choices.text) * \(count)ull + \(value.text))", bound: .max)
    }
}
