import Model

/// The functions that make successors: one for each actor, or one for all instances of a process, and `expand`.
extension Emitter {
    func steps() throws(NativeFailure) -> String {
        var text = ""
        var calls = ""
        var cases = ""
        var first = 0
        for (number, process) in model.processes.enumerated() {
            let actors = first..<first + process.instanceCount
            first = actors.upperBound
            let (functions, names) = try functions(number, actors)
            text += functions
            guard text.utf8.count <= limits.bytes else { throw .tooLarge(bytes: limits.bytes) }
            for (actor, name) in zip(actors, names) {
                calls += call(actor, name)
                cases += "case \(actor): n = \(name)\(arguments(actor)); break;\n"
            }
        }
        return text + expand(calls) + expandActor(cases)
    }

    /// The functions for the instances of a process, and how each is called up to its last arguments.
    private func functions(
        _ process: Int, _ actors: Range<Int>
    ) throws(NativeFailure) -> (text: String, calls: [String]) {
        let names = actors.map { "\(prefix)actor\($0)" }
        let constants = actors.map { actor in
            model.processes[process].indices(of: code.actors[actor].instance).map { CValue($0) }
        }
        guard let name = names.first, let indices = constants.first, let actor = actors.first else { return ("", []) }
        var text = try function(name, process, indices, actor)
        if actors.count == 1 { return (text, [name + "("]) }
        if text.utf8.count * actors.count <= limits.specialisedBytes {
            for (number, actor) in actors.enumerated().dropFirst() {
                text += try function(names[number], process, constants[number], actor)
            }
            return (text, names.map { $0 + "(" })
        }
        let shared = "\(prefix)process\(process)"
        let variables = model.processes[process].dimensions.enumerated().map { number, dimension in
            CValue(text: "y\(number)", bound: UInt64(max(1, dimension.count) - 1), isSimple: true)
        }
        let calls = zip(actors, constants).map { actor, indices in
            "\(shared)(" + (["\(actor)"] + indices.map(\.text)).joined(separator: ", ") + ", "
        }
        return (try function(shared, process, variables, nil), calls)
    }

    /// Appends the successors of an actor behind word `n` of `out`, and returns how many words there are then; or ~0
    /// for a fault, ~1 for a violation. Without an actor its number and indices are parameters.
    private func function(
        _ name: String, _ number: Int, _ instance: [CValue], _ actor: Int?
    ) throws(NativeFailure) -> String {
        let process = model.processes[number]
        var writer = writer(instance: instance, state: "s")
        let parameters = actor == nil ? "U actor, " + instance.map { "U \($0.text), " }.joined() : ""
        writer.line("static U \(name)(\(parameters)U location, const U *restrict s, U *restrict out, U n, U room) {")
        load("s", &writer)
        if case .variables = writer.scope.words {
            for word in 0..<wordCount { writer.line("U t\(word) = s\(word);") }
            writer.line("U label;")
        }
        writer.line("switch (location) {")
        for location in process.locations.indices {
            writer.line("case \(location):")
            try actions(number, location, process.programCounter, actor, &writer)
            writer.line("break;")
        }
        writer.line("default: goto fault;\n}\nreturn n;")
        if case .variables = writer.scope.words {
            writer.line("put:")
            writer.put(.variables((0..<wordCount).map { "t\($0)" }), "label")
            writer.line("return n;")
        }
        writer.line("fault: return ~0ull;\nviolation: return ~1ull;\n}")
        return writer.text
    }

    private func actions(
        _ process: Int, _ location: Int, _ programCounter: VariableID, _ actor: Int?, _ writer: inout CodeWriter
    ) throws(NativeFailure) {
        let actions = model.actions.indices.filter {
            model.actions[$0].process == process && model.actions[$0].location == location
        }
        for index in actions {
            let step = CodeWriter.Step(
                programCounter: programCounter, label: SuccessorLabel(action: index, actor: actor ?? 0, choices: 0),
                isShared: actor == nil, isLast: index == actions.last)
            try writer.action(model.actions[index].effects, step)
        }
    }

    private func call(_ actor: Int, _ name: String) -> String {
        let isHardware = model.processes[code.actors[actor].process].kind == .hardware
        return """
            m = \(name)\(arguments(actor));
            if (m >= ~1ull) { *flags |= moves | (m == ~0ull ? 4 : 1); return n / \(wordCount + 1); }
            \(isHardware ? "" : "if (m != n) moves = 2; ")n = m;

            """
    }

    /// The last arguments of the function of an actor.
    private func arguments(_ actor: Int) -> String {
        "\(location(of: code.actors[actor], .array("s"))), s, out, n, room)"
    }

    private func expandActor(_ cases: String) -> String {
        """
        U \(prefix)expand_actor(const U *s, unsigned actor, U *out, U room, unsigned *flags) {
        U n = 0;
        room = (room < 0xffffffffull ? room : 0xffffffffull) * \(wordCount + 1);
        switch (actor) {
        \(cases)}
        if (n >= ~1ull) { *flags |= n == ~0ull ? 4 : 1; return 0; }
        return n / \(wordCount + 1);
        }

        """
    }

    private func expand(_ calls: String) -> String {
        // So many successors fit nowhere: the product must not overflow.
        """
        U \(prefix)expand(const U *s, U *out, U room, unsigned *flags) {
        U n = 0, m; unsigned moves = 0;
        room = (room < 0xffffffffull ? room : 0xffffffffull) * \(wordCount + 1);
        \(calls)*flags |= moves;
        return n / \(wordCount + 1);
        }

        """
    }
}
