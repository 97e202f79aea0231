import Testing

/// Loops whose rounds belong to one step give the same in every order, or are refused (FL0310).
struct OrderRuleTests {
    /// A process with the given body, and variables of several kinds.
    private static func spec(ghost: String = "", handlers: String = "", _ body: String) -> String {
        """
        module order
        domain D
        record Page { atomic refs: 0..7 = 0, seen: set<D> = {} when refs > 0 }
        var flag[D]: bool
        var pair[D, D]: 0..3
        var page[D]: Page
        var one: Page
        var last: D?
        var any: bool
        var all_of: set<D>
        var total: 0..7
        var wrapping: 0..7 wrap
        var maybe[D]: D?
        var l[D]: lock
        var gate[D]: bool
        var behind: 0..3 = 0 when some d in D: gate[d]
        var own[D]: bool
        var beside[d: D]: 0..3 = 0 when own[d]
        ghost var ideal[D]: bool
        ghost var newest: D?
        ghost var many: set<D>
        fun others(d: D): set<D> = all D - d
        fun below(n: 0..3): bool = n < 2
        ghost handler note(d: D) { newest = some(d) }
        ghost handler mark(d: D) { ideal[d] = true; many += d }
        ghost handler sweep() { \(ghost) }
        \(handlers)
        process p {
            any = true
            \(body)
            commit sweep()
        }
        process writer[d: D] {
            flag[d] = true
            pair[d, d] = 1
        }
        invariant reads {
            all d in D: flag[d] or ideal[d] or page[d].refs <= 6 or page[d].seen is {} or maybe[d] is none
            all d in D, e in D: pair[d, e] <= 2
            all d in D: gate[d] or own[d] or behind + beside[d] <= 5
            any or last is none or newest is none or total + wrapping <= 13 or many is {} or all_of is {}
            one.refs > 0 implies one.seen is {} or any
        }
        scenario small { D = 2 }
        """
    }

    private func findings(_ spec: String) -> [String] {
        FrontEnd(spec).errors.map { $0.code.rawValue + " " + $0.message }
    }

    @Test(
        "a loop of one step that gives the same in every order is accepted",
        arguments: [
            "flag[d] = not flag[d]",
            "each e in D { pair[d, e] = pair[d, e] }",
            "let mine = d; if flag[mine] { pair[mine, mine] = 2 }",
            "any = true",
            "all_of += d",
            "all_of -= others(d)",
            "total += 1",
            "total -= if flag[d] { 1 } else { 0 }",
            "wrapping += 1; wrapping -= pair[d, d]",
            "choose e in D; page[e].refs += 1",
            "commit mark(d)",
            "assert fits: flag[d] or total < 7",
            "lock l[d]; flag[d] = true; unlock l[d]",
            "await flag[d]",
            "do out { if flag[d] { break out }; pair[d, d] = 1 }",
            "if flag[d] { continue }; pair[d, d] = 1",
            "if flag[d] { break }",
            "pair[d, d] += 1; total += 1",
            "own[d] = not own[d]",
            "if maybe[d]! == d { flag[d] = true }",
            "page[d].seen += d; assert fits: flag[d]",
            "if pair[d, d] < 3 { fail total: \"no\" }; assert total: flag[d]",
            "if maybe[d] is some(e) { if e == d { total += 1 } }",
        ])
    func accepted(_ round: String) {
        #expect(findings(Self.spec("atomic(\"w\") { each d in D { \(round) } }")) == [])
    }

    @Test(
        "a loop of one step whose outcome depends on the order is refused",
        arguments: [
            "last = some(d)",
            "commit note(d)",
            "all_of += d; all_of -= others(d)",
            "total += 1; total -= 1",
            "total += pair[d, d] - 1",
            "total += total",
            "all_of += if count(all_of) > 0 { all D } else { {d} }",
            "any = true; any = false",
            "if not any { flag[d] = true }; any = true",
            "flag[d] = true; if all e in D: flag[e] { pair[d, d] = 1 }",
            "each e in D { pair[d, e] = 1; pair[e, d] = 2 }",
            "choose e in D; flag[d] = flag[e]",
            "let old = exchange(any, true); flag[d] = old",
            "one.refs += pair[d, d]",
            "one.seen += d; one.refs -= 1",
            "if flag[d] { pair[d, d] = 1; break }",
            "assert fits: flag[d]; if flag[d] { break }",
            "await flag[d]; if pair[d, d] == 1 { break }",
            "await flag[d]; pair[d, d] += 1",
            "await flag[d]; fail broken: \"no\"",
            "if flag[d] { fail one_way: \"no\" }; assert other_way: any",
            "if maybe[d]! in all_of { pair[d, d] = 1 }; total += 1",
            "total += 1; assert fits: flag[d]",
            "gate[d] = not gate[d]",
            "try lock l[d] else { continue }; unlock l[d]; break",
            "assert fits: flag[d]; pair[d, d] += 1",
            "flag[d] = maybe[d]! in page[d].seen",
            "pair[d, d] += 1; page[d].seen += d",
            "if page[d].seen is {} { break }",
            "flag[d] = below(pair[d, d] + 1); flag[d] = maybe[d]! == d",
            "assert once: count(all_of) == 0; all_of += d",
        ])
    func refused(_ round: String) {
        let found = findings(Self.spec("atomic(\"w\") { each d in D { \(round) } }"))
        #expect(found.count == 1)
        #expect(found.allSatisfy { $0.hasPrefix("FL0310") }, "\(found)")
    }

    @Test("locals from outside the loop are held to the same rule")
    func locals() {
        func codes(_ round: String) -> [String] {
            findings(
                Self.spec(
                    """
                    atomic("w") {
                        var seen: set<D> = {}
                        var n: 0..3 = 0
                        each d in D { \(round) }
                        all_of = seen
                        total = n
                    }
                    """
                )
            ).map { String($0.prefix(6)) }
        }
        #expect(codes("seen += d; n += 1") == [])
        #expect(codes("n = 1") == [])
        #expect(codes("seen = {d}") == ["FL0310"])
        #expect(codes("if n == 0 { flag[d] = true }; n += 1") == ["FL0310"])
        #expect(codes("if d not in seen { n += 1 }; seen += d") == ["FL0310"])
    }

    @Test("a way out with one result that is not the element's is accepted, any other is not")
    func results() {
        func codes(_ result: String, _ round: String, _ end: String) -> [String] {
            let find = "handler find() -> \(result) { atomic(\"w\") { each d in D { \(round) }; return \(end) } }"
            let label = "outer"
            let use = result == "bool" ? "any = found" : "last = found"
            return findings(Self.spec(handlers: find, "do \(label) { let found = find(); \(use) }"))
                .map { String($0.prefix(6)) }
        }
        #expect(codes("bool", "if flag[d] { return true }", "false") == [])
        #expect(codes("D?", "if flag[d] { return some(d) }", "none") == ["FL0310"])
        #expect(codes("bool", "if flag[d] { return true }; if pair[d, d] == 1 { return false }", "false") == ["FL0310"])
    }

    @Test("a jump to a label outside leaves the loop, a jump to its own next round does not")
    func labels() {
        func codes(_ jump: String) -> [String] {
            findings(
                Self.spec(
                    """
                    loop outer at most 1 {
                        atomic("w") { each inner in D { if flag[inner] { \(jump) }; pair[inner, inner] = 1 } }
                    }
                    """
                )
            ).map { String($0.prefix(6)) }
        }
        #expect(codes("continue") == [])
        #expect(codes("continue outer") == ["FL0310"])
        #expect(codes("break outer") == ["FL0310"])
        #expect(codes("break outer }; if not flag[inner] { continue outer") == ["FL0310"])
    }

    @Test("ghost handlers run in one step: their loops are held to the rule, and so are those of handlers they call")
    func ghosts() {
        func codes(_ ghost: String) -> [String] {
            findings(Self.spec(ghost: ghost, "")).map { String($0.prefix(6)) }
        }
        #expect(codes("each d in D { ideal[d] = false; many += d }") == [])
        #expect(codes("each d in D { mark(d) }") == [])
        #expect(codes("each d in D { newest = some(d) }") == ["FL0310"])
        #expect(codes("each d in D { note(d) }") == ["FL0310"])
        #expect(codes("each d in D { if ideal[d] { return }; ideal[d] = true }") == ["FL0310"])
    }

    @Test("`init` may go through elements in any order, but not inside one step")
    func initialization() {
        func codes(_ body: String) -> [String] {
            let start = "handler start() { \(body) }\ninit { start() }"
            return findings(Self.spec(handlers: start, "")).map { String($0.prefix(6)) }
        }
        #expect(codes("each d in D { last = some(d) }") == [])
        #expect(codes("atomic(\"w\") { each d in D { last = some(d) } }") == ["FL0310"])
    }
}
