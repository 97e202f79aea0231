import Model

/// The functions that judge states.
extension Emitter {
    /// 1 for a property that fails, 2 for a fault, 3 for a leaked lock.
    func judge() -> String {
        var writer = writer(state: "s")
        writer.line("unsigned \(prefix)judge(const U *restrict s) {")
        load("s", &writer)
        for actor in code.actors { leak(actor, &writer) }
        conjuncts(of: .invariant, "return 1;", &writer)
        if model.properties.contains(where: { $0.kind == .atRest }) {
            for actor in code.actors { rest(actor, &writer) }
            conjuncts(of: .atRest, "return 1;", &writer)
        }
        writer.line("return 0;\nfault: return 2;\n}")
        return writer.text
    }

    func judgeStep() -> String {
        var writer = writer(state: "s", old: "o")
        writer.line("unsigned \(prefix)judge_step(const U *restrict o, const U *restrict s) {")
        load("o", &writer)
        load("s", &writer)
        conjuncts(of: .transition, "return 1;", &writer)
        writer.line("return 0;\nfault: return 2;\n}")
        return writer.text
    }

    func witness() -> String {
        var writer = writer(state: "s")
        writer.line("unsigned \(prefix)witness(const U *restrict s, unsigned property) {")
        load("s", &writer)
        writer.line("switch (property) {")
        for (number, property) in model.properties.enumerated() where property.kind == .reachable {
            writer.line("case \(number): {")
            for conjunct in property.conjuncts { self.conjunct(conjunct, "return 0;", &writer) }
            writer.line("return 1; }")
        }
        writer.line("}\nfault: return 2;\n}")
        return writer.text
    }

    private func conjuncts(of kind: PropertyKind, _ otherwise: String, _ writer: inout CodeWriter) {
        for property in model.properties where property.kind == kind {
            for conjunct in property.conjuncts { self.conjunct(conjunct, otherwise, &writer) }
        }
    }

    private func conjunct(_ conjunct: Conjunct, _ otherwise: String, _ writer: inout CodeWriter) {
        writer.scope.registers = [:]
        switch writer.condition(conjunct.condition) {
        case .always(true): break
        case .always(false): writer.line(otherwise)
        case .text(let text): writer.line("if (!(\(text))) \(otherwise)")
        }
    }

    // MARK: Locations

    /// At rest with a lock in its hands.
    private func leak(_ actor: ModelCode.Actor, _ writer: inout CodeWriter) {
        let process = model.processes[actor.process]
        let leaks = process.locations.indices.map(process.leaks)
        test(actor, leaks, "return 3;", &writer)
    }

    /// In the middle of something: properties at rest say nothing.
    private func rest(_ actor: ModelCode.Actor, _ writer: inout CodeWriter) {
        let process = model.processes[actor.process]
        guard process.kind != .hardware else { return }
        test(actor, process.locations.map { !$0.isAtRest }, "return 0;", &writer)
    }

    /// A location that does not exist is none of them.
    private func test(_ actor: ModelCode.Actor, _ hits: [Bool], _ then: String, _ writer: inout CodeWriter) {
        let numbers = hits.indices.filter { hits[$0] }
        guard !numbers.isEmpty else { return }
        let location = location(of: actor, writer.scope.words)
        if hits.count <= 64 {
            let mask = numbers.reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
            return writer.line("if (\(mask.literal) >> \(location) & 1) \(then)")
        }
        writer.line("switch (\(location)) {")
        for number in numbers { writer.line("case \(number):") }
        writer.line("\(then)\n}")
    }
}
