/// Small specs.
enum Samples {
    /// `s` holds; the variant `wrong` violates `small` in 6 steps, as it expects.
    static let good = """
        module good

        const most: 1..5 = 2
        atomic var count: 0..5 = 0

        process user {
            while count < most {
                count += 1
            }
        }

        invariant small { count <= 2 }
        reachable two { count == 2 }

        scenario s {}
        variant wrong on s { most = 4, expect violated small }

        """

    /// `s` violates `small`, and does not expect to.
    static let violated = good.replacing("most: 1..5 = 2", with: "most: 1..5 = 3")

    /// The variant expects a violation that there is not.
    static let notFound = good.replacing("most = 4, expect", with: "most = 2, expect")

    static let typo = good.replacing("count += 1", with: "coutn += 1")

    static let syntaxError = good.replacing("process user {", with: "process user {{ (")

    static let library = "module shelf\n\nfun twice(n: int): int = n + n\n"

    /// `s` is proved; the variants find values that are too many to try.
    static let wide = """
        /// A process chooses accesses with contents that are too many to try.
        module wide

        domain D
        type Content = bits<64>
        enum Access { load, store(value: Content, by: D) }
        enum Op { load, store(value: bits<60>) }

        var kept: Access
        var op: Op
        var last[D]: Content? = none
        const magic: bool = false
        const small: bool = false
        symbolic const wanted: Content?

        handler made(d: D) -> Access {
            choose a in Access where a is store(_, e) implies e == d
            return a
        }

        process user[d: D] {
            let a = made(d)
            kept = a
            choose o in Op where o != load
            op = o
            match a {
                load: last[d] = wanted
                store(x, e): last[e] = some(x)
            }
            assert written: match a { load: last[d] == wanted; store(x, e): e == d and last[d] is some(z) and z == x }
            assert magic_number: not (magic and a is store(0xdeadbeefcafef00d, _))
            assert small_number: not (small and o is store(0xabcdef123456789))
        }
        invariant a_store { op is store(_) or op == load }

        scenario s { D = 1 }
        variant m on s { magic = true, D = 2, expect violated magic_number }
        variant n on s { small = true, expect violated small_number }

        """
}
