import Testing

/// Waits, lock order and choices with `else`, in specs as they are written.
struct LockRuleTests {
    private func codes(_ text: String) -> [String] {
        FrontEnd("module locks\ntype V = 0..3\n" + text + "\nscenario s {}").errors.map(\.code.rawValue)
    }

    @Test("nothing comes behind a wait that can never end, so a lock is not held at rest there")
    func waitsForEver() {
        func codes(_ wait: String) -> [String] {
            self.codes(
                """
                const on: bool = false
                const nobody: set<bool> = {}
                var m: mutex
                var x: 0..3
                process a { loop { lock m; \(wait); unlock m } }
                process b { x = 1 }
                invariant i { x <= 2 }
                """)
        }
        #expect(codes("await on") == [])
        #expect(codes("choose v in bool where on") == [])
        #expect(codes("choose v in nobody") == [])
        #expect(codes("if x == 1 { await on }; x = 2") == [])
    }

    @Test("a wait inside `atomic` is one with the locks that were held before it")
    func waitInAtomic() {
        func codes(_ body: String) -> [String] {
            self.codes(
                """
                var s: lock
                var m: mutex
                var x: 0..3
                var y: bool
                process p { \(body) }
                process q { x = 3 }
                invariant i { x <= 2 and y }
                """)
        }
        #expect(codes("lock s; atomic(\"w\") { await x == 3; x = 1 }; unlock s") == ["FL0309"])
        #expect(
            codes("lock s; atomic(\"w\") { choose v in V where v == x and v > 2; x = 1 }; unlock s") == ["FL0309"])
        #expect(codes("lock s; atomic(\"w\") { lock m }; unlock m; unlock s") == ["FL0309"])
        #expect(codes("lock s; atomic(\"w\") { unlock s; await x == 3 }") == ["FL0309"])
        #expect(codes("lock m; atomic(\"w\") { await x == 3; x = 1 }; unlock m") == [])
        // The step takes the lock only when it need not wait any more.
        #expect(codes("atomic(\"w\") { lock s; await x == 3 }; unlock s") == [])
        #expect(codes("atomic(\"w\") { lock s; lock m }; unlock m; unlock s") == [])
        #expect(codes("lock s; either { atomic(\"w\") { await x == 3 } } or { y = true }; unlock s") == [])
    }

    @Test("a choice from a set that is always empty is a wait")
    func choiceOfNothing() {
        func codes(_ lock: String) -> [String] {
            self.codes(
                """
                var l: \(lock)
                var none_of: set<V>
                process p { lock l; choose v in none_of; unlock l }
                """)
        }
        #expect(codes("lock") == ["FL0309"])
        #expect(codes("mutex") == [])
    }

    @Test("locks that are taken inside one `atomic` have no order among themselves")
    func orderInAtomic() {
        func codes(_ first: String, _ second: String) -> [String] {
            self.codes(
                """
                var a: lock
                var b: lock
                process p { \(first); unlock a; unlock b }
                process q { \(second); unlock a; unlock b }
                """)
        }
        let (ab, ba) = ("lock a; lock b", "lock b; lock a")
        #expect(codes(ab, ba) == ["FL0303"])
        #expect(codes("atomic(\"w\") { \(ab) }", "atomic(\"w\") { \(ba) }") == [])
        #expect(codes("atomic(\"w\") { \(ab) }", ba) == [])
        #expect(codes("lock a; atomic(\"w\") { lock b }", ba) == ["FL0303"])
    }

    @Test("locks of one array with constant indices are taken in one order")
    func elements() {
        func codes(_ first: String, _ second: String, index: String = "0..2") -> [String] {
            self.codes(
                """
                var l[i: \(index)]: lock
                var x: bool
                process p { \(first); x = true; unlock l[0]; unlock l[1] }
                process q { \(second); x = true; unlock l[0]; unlock l[1] }
                invariant i { x }
                """)
        }
        #expect(codes("lock l[0]; lock l[1]", "lock l[0]; lock l[1]") == [])
        #expect(codes("lock l[1]; lock l[0]", "lock l[1]; lock l[0]") == [])
        #expect(codes("lock l[1]; lock l[0]", "lock l[0]; lock l[1]") == ["FL0303"])
        #expect(codes("lock l[1]; lock l[0] nested(\"one p\")", "lock l[0]; lock l[1]") == [])
    }

    @Test("`else` needs a lock only where it looks at cells of several elements")
    func elseOfAChoice() {
        func codes(_ choice: String) -> [String] {
            self.codes(
                """
                var a: 0..3
                var c: 0..3
                var each_one[i: 0..3]: 0..3
                var b: bool
                process p { \(choice) else { b = true; return } }
                process q[i: 0..3] { a = i; each_one[i] = i; c = i }
                invariant i { b or a + c == 0 or each_one[0] == 0 }
                """)
        }
        #expect(codes("choose x in V where x <= a and x > 0") == [])
        #expect(codes("choose x in V where each_one[x] == 0") == ["FL0301"])
        #expect(codes("choose x in V where x <= a and x > c") == ["FL0301"])
    }
}
