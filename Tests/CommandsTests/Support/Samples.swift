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
}
