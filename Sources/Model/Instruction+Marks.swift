extension Action {
    /// What the action does, without the marks that only coverage reads.
    public var effects: [Instruction] { body.withoutMarks }
}

extension [Instruction] {
    /// The same without marks, and without branches in which nothing else is.
    public var withoutMarks: [Instruction] { keeping([]) }

    /// The same without other marks than these, and without branches in which nothing else is.
    func keeping(_ marks: CodeMarks) -> [Instruction] {
        compactMap { instruction in
            switch instruction {
            case .statement, .way: return marks.contains(.statements) ? instruction : nil
            case .observe: return marks.contains(.events) ? instruction : nil
            case .branch(let condition, let yes, let no):
                let (first, second) = (yes.keeping(marks), no.keeping(marks))
                let isEmpty = first.isEmpty && second.isEmpty && !(yes.isEmpty && no.isEmpty)
                return isEmpty ? nil : .branch(condition, first, second)
            case .require, .assign, .set, .choose, .check, .jump: return instruction
            }
        }
    }

    /// The marks on all its paths.
    func marks(_ isMark: (Instruction) -> Int?) -> [Int] {
        flatMap { instruction -> [Int] in
            if case .branch(_, let yes, let no) = instruction { return yes.marks(isMark) + no.marks(isMark) }
            return isMark(instruction).map { [$0] } ?? []
        }
    }
}
