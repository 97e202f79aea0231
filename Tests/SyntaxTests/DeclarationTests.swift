import Diagnostics
import Syntax
import Testing

@Suite("Declarations")
struct DeclarationTests {
    private func declarations(_ text: String) throws -> [DeclTree] {
        let result = parsed("module m\n" + text)
        try #require(result.diagnostics.isEmpty, "\(result.diagnostics.map(\.message))")
        return result.tree.declarations
    }

    @Test("The module and the imports with their bindings")
    func imports() throws {
        let result = parsed(
            """
            /// About the module.
            module a.b
            import std.frames as mem with { Frame, Value = unit, data[f, g] = mem.frame[f].data
                                            T = set<Cpu>, R = 0..3, O = Mm?, tlb = false }
            """)
        #expect(result.diagnostics.isEmpty)
        #expect(result.tree.module?.text == "a.b")
        let line = try #require(result.tree.imports.first)
        #expect(line.module.text == "std.frames")
        #expect(line.alias?.text == "mem")
        #expect(line.bindings.map(\.name.text) == ["Frame", "Value", "data", "T", "R", "O", "tlb"])
        #expect(line.bindings[2].indices.map(\.text) == ["f", "g"])
        let values = line.bindings.map { $0.value.map { TreeText.of($0) } }
        #expect(values == [nil, "unit", "mem.frame[f].data", nil, nil, nil, "false"])
        let types = line.bindings.map { $0.type.map { TreeText.of($0) } }
        #expect(types == [nil, "unit", nil, "set<Cpu>", "0..3", "Mm?", nil])
    }

    @Test("Documentation belongs to the declaration directly below it")
    func documentation() throws {
        let result = try declarations("/// One.\n///  Two.\nvar a: bool\n/// Not this.\n// plain\nvar b: bool\n")
        #expect(result.map(\.documentation) == [["One.", " Two."], []])
    }

    @Test("Types, enums and records")
    func types() throws {
        let result = try declarations(
            """
            open type Cell, Value
            type N = -1..max - 1 wrap
            enum E { none, some(x: T?, set<U>), free }
            word record R { atomic refs: 0..7 = 0, data: V = 0 when refs > 0
                            in: bool
                            n: 0..1
                            wrap: bool
                            when: bool }
            """)
        #expect(result.map(\.isOpen) == [true, false, false, false])
        guard case .typeAlias(let names, nil) = result[0].kind,
            case .typeAlias(_, let range?) = result[1].kind,
            case .enumeration(_, let cases) = result[2].kind,
            case .record(_, let fields, isWord: true) = result[3].kind
        else {
            Issue.record("other kinds: \(result.map(\.kind))")
            return
        }
        #expect(names.map(\.text) == ["Cell", "Value"])
        #expect(TreeText.of(range) == "(- 1)..(max - 1) wrap")
        #expect(cases.map(\.name.text) == ["none", "some", "free"])
        #expect(cases[1].payload.map { TreeText.of($0.type) } == ["T?", "set<U>"])
        #expect(cases[1].payload.map { $0.name?.text } == ["x", nil])
        #expect(fields.map { $0.name?.text } == ["refs", "data", "in", "n", "wrap", "when"])
        #expect(fields.map(\.isAtomic) == [true, false, false, false, false, false])
        #expect(fields[1].condition.map { TreeText.of($0) } == "(refs > 0)")
    }

    @Test("Variables with every clause")
    func variables() throws {
        let result = try declarations(
            """
            ghost var v[m: Mm, Page]: T? = none guarded by a and b[m] except dirty, young
            atomic var n: 0..3 = count(Mm) owned by c when on == 1
            symbolic const k[T]: 1..9 or unbounded = unbounded
            """)
        guard
            case .variable(_, let indices, _, _, let guards?, nil, nil, isGhost: true, isAtomic: false) = result[0].kind,
            case .variable(_, _, _, let initial?, nil, let owner?, let when?, isGhost: false, isAtomic: true) =
                result[1].kind,
            case .constant(_, _, let type, _, isSymbolic: true) = result[2].kind
        else {
            Issue.record("other kinds: \(result.map(\.kind))")
            return
        }
        #expect(indices.map { $0.name?.text } == ["m", nil])
        #expect(guards.locks.map { TreeText.of($0) } == ["a", "b[m]"])
        #expect(guards.except.map(\.text) == ["dirty", "young"])
        #expect([initial, owner, when].map { TreeText.of($0) } == ["count(Mm)", "c", "(on == 1)"])
        #expect(TreeText.of(type) == "1..9 or unbounded")
    }

    @Test("Handlers and processes with every clause")
    func code() throws {
        let result = try declarations(
            """
            open ghost handler h(x: T)
            handler set(s: place Seq, place: T) -> Vma? holding mmap[m] shared, l { return none }
            hardware process evict { }
            daemon process ipi[c: Cpu] on c interrupts when not off[c] { f(c) }
            """)
        guard case .handler(_, _, result: nil, _, body: nil, isGhost: true) = result[0].kind,
            case .handler(_, let parameters, result: let type?, let holding, body: .some, isGhost: false) =
                result[1].kind,
            case .process(_, _, .hardware, on: nil, interrupts: false, _, _) = result[2].kind,
            case .process(_, _, .daemon, let cpu?, interrupts: true, let when?, let body) = result[3].kind
        else {
            Issue.record("other kinds: \(result.map(\.kind))")
            return
        }
        #expect(parameters.map(\.isPlace) == [true, false])
        #expect(TreeText.of(type) == "Vma?")
        #expect(holding.map(\.shared) == [true, false])
        #expect([cpu, when].map { TreeText.of($0) } == ["c", "(not off[c])"])
        #expect(TreeText.of(body) == "{f(c)}")
    }

    @Test("Properties, with one condition a line")
    func properties() throws {
        let result = try declarations(
            """
            invariant i at rest { a; b
              and c }
            transition t { old(x) implies x }
            reachable r { some c in C: x }
            progress p { all t in T: a leads to b }
            lemma l { a }
            lemma m at rest { a }
            theorem t(x: bits<4>, y: bool) { y; x == 0 }
            """)
        let kinds = result.compactMap { declaration -> String? in
            guard case .property(let name, let kind) = declaration.kind else { return nil }
            switch kind {
            case .invariant(let atRest, let isLemma, let list):
                return "\(name.text) \(atRest)\(isLemma ? " lemma" : "") \(list.map { TreeText.of($0) })"
            case .theorem(let parameters, let list):
                return "\(name.text) \(parameters.count) \(list.map { TreeText.of($0) })"
            case .transition(let list): return "\(name.text) \(list.map { TreeText.of($0) })"
            case .reachable(let value): return "\(name.text) \(TreeText.of(value))"
            case .progress(let binders, let from, let to):
                return "\(name.text) [\(TreeText.binders(binders))] \(TreeText.of(from)) ~> \(TreeText.of(to))"
            }
        }
        #expect(
            kinds == [
                #"i true ["a", "(b and c)"]"#, #"t ["(old(x) implies x)"]"#, "r (some c in C: x)",
                "p [t in T] a ~> b", #"l false lemma ["a"]"#, #"m true lemma ["a"]"#, #"t 2 ["y", "(x == 0)"]"#,
            ])
    }
}
