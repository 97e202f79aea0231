import Foundation

/// Common mistakes: a declaration, what is said, and the text with the fix-its applied, where there are any.
struct Mistakes {
    let source: String
    let messages: [String]
    let fixed: [String]

    init(_ source: String, _ messages: String..., fixed: String...) {
        self.source = source
        self.messages = messages
        self.fixed = fixed
    }

    private init(_ source: String, messages: [String], fixed: [String]) {
        self.source = source
        self.messages = messages
        self.fixed = fixed
    }

    static let all: [Mistakes] = declarations + statements + expressions + blocks + words + recoveries

    private static let declarations: [Mistakes] = [
        Mistakes("var a bool", "expected `:` and a type after `var a`"),
        Mistakes("const c = 1", "expected `:` and a type after `const c`"),
        Mistakes("domain 3", "expected a name after `domain`"),
        Mistakes("type T 0..1", "expected `=` and a type after `type T`"),
        Mistakes("type T = 0..", "expected the upper bound of the range after `..`"),
        Mistakes("var s: set<>", "expected the type of the elements after `set<`"),
        Mistakes("var b: bits<3", "expected `>` to end `bits<`"),
        Mistakes("enum E { a b }", "expected `,` or a new line after the case"),
        Mistakes("record R { a }", "expected `:` and a type after the field `a`"),
        Mistakes("fun f(x): int = x", "expected `:` and a type after the parameter `x`"),
        Mistakes("handler f { }", "expected `(` and the parameters after the name of the handler"),
        Mistakes("handler f()", "expected `{` and the statements of the handler"),
        Mistakes("ghost process p { }", "`ghost` does not go with `process`"),
        Mistakes("var g: T guarded ptl", "expected `by` and a lock after `guarded`"),
        Mistakes("invariant i at { a }", "expected `rest` after `at`"),
        Mistakes("invariant i { }", "expected a condition"),
        Mistakes("progress p { a }", "expected `leads to` and a second condition"),
        Mistakes("scenario s { A : 3 }", "expected `=` and a value after `A`"),
        Mistakes("variant v { }", "expected `on` and a scenario after `variant v`"),
        Mistakes("module n", "a file holds one module"),
        Mistakes("x = 1", "expected a declaration such as `var`, `handler` or `invariant`"),
        Mistakes(
            "handlr f() { }", "`handlr` begins no declaration; did you mean `handler`?", fixed: "handler f() { }"),
        Mistakes(
            "gohst var a: bool", "`gohst` has no meaning here; did you mean `ghost`?", fixed: "ghost var a: bool"),
        Mistakes(
            "struct R { a: T }", "`struct` begins no declaration; did you mean `record`?", fixed: "record R { a: T }"),
        Mistakes(
            "handler f(): T { }", "the type of a handler's result follows `->`", fixed: "handler f() -> T { }"),
        Mistakes(
            "scenario s { chek p }", "`chek` has no meaning here; did you mean `check`?",
            fixed: "scenario s { check p }"),
    ]

    private static let statements: [Mistakes] = [
        Mistakes("init { let x 1 }", "expected `=` and a value after `let x`"),
        Mistakes("init { x }", "expected a statement; a value alone does nothing"),
        Mistakes("init { lock }", "expected a lock after `lock`"),
        Mistakes("init { lock\n a() }", "expected a lock after `lock`"),
        Mistakes("init { fail no }", "expected a text in quotes after `fail`"),
        Mistakes("init { a() b() }", "expected a new line or `;` before the next statement"),
        Mistakes("init { else { } }", "`else` does not follow the block it belongs to"),
        Mistakes("init { const c: T = 1 }", "a `const` is declared at the level of the file, not inside a block"),
        Mistakes("init { either { a() } }", "expected `or { … }`: `either` has at least two branches"),
        Mistakes("init { try lock a }", "expected `else` and a block for the case that the lock is taken"),
        Mistakes("init { choose f in 0..3 }", "a range can't stand here; declare `type T = …` and write `f in T`"),
        Mistakes("init { lokc a[i] }", "`lokc` begins no statement; did you mean `lock`?", fixed: "init { lock a[i] }"),
        Mistakes("init { brek }", "`brek` begins no statement; did you mean `break`?", fixed: "init { break }"),
        Mistakes(
            "init { for x in S { } }", "`for` begins no statement; did you mean `each`?",
            fixed: "init { each x in S { } }"),
        Mistakes(
            "init { atmoic(\"x\") { a() } }", "`atmoic` begins no statement; did you mean `atomic`?",
            fixed: "init { atomic(\"x\") { a() } }"),
        Mistakes("init { a[i]++ }", "`++` is no statement; write `+= 1`", fixed: "init { a[i] += 1 }"),
        Mistakes("init { a := 1 }", "`:=` is no operator here; write `=`", fixed: "init { a = 1 }"),
        Mistakes(
            "init { a.b == 1 }", "`==` compares, and nothing looks at the result; did you mean `=`?",
            fixed: "init { a.b = 1 }"),
        Mistakes("init { let a == 1 }", "`==` compares; did you mean `=`?", fixed: "init { let a = 1 }"),
    ]

    private static let expressions: [Mistakes] = [
        Mistakes("fun f(): int = ", "expected the value of the function after `=`"),
        Mistakes("fun f(): int = a +", "expected a value after `+`"),
        Mistakes("fun f(): int = g(a", "`)` is missing"),
        Mistakes("fun f(): int = a[1", "`]` is missing"),
        Mistakes(
            "fun f(): int = if a { 1 }", "expected `else` and a value: an `if` that is an expression has two values"),
        Mistakes("fun f(): int = all x S: a", "expected `in` and a set after `x`"),
        Mistakes("fun f(): int = a is 'b", "`'` has no meaning here"),
        Mistakes(
            "fun f(): bool = a < b < c", "comparisons do not chain; join them with `and`, or put one in parentheses"),
        Mistakes("fun f(): bool = a = b", "`=` assigns; did you mean `==`?", fixed: "fun f(): bool = a == b"),
        Mistakes("fun f(): bool = a && b", "`&&` is no operator here; write `and`", fixed: "fun f(): bool = a and b"),
        Mistakes("fun f(): bool = a || b", "`||` is no operator here; write `or`", fixed: "fun f(): bool = a or b"),
        Mistakes(
            "fun f(): bool = a => b", "`=>` is no operator here; write `implies`", fixed: "fun f(): bool = a implies b"),
        Mistakes(
            "fun f(): bool = !b", "`!` before a value has no meaning; write `not`", fixed: "fun f(): bool = not b"),
        Mistakes("fun f(): R = R { a = 1 }", "a field is given with `:`", fixed: "fun f(): R = R { a: 1 }"),
    ]

    private static let blocks: [Mistakes] = [
        Mistakes(
            "init { if a then { b() } }", "`if` has no `then`; the block follows the condition",
            fixed: "init { if a { b() } }"),
        Mistakes("init { if a then b() }", "`if` has no `then`; put the branch into braces: `if … { … }`"),
        Mistakes(
            "init { if a { b() } elif c { d() } }", "`elif` has no meaning here; write `else if`",
            fixed: "init { if a { b() } else if c { d() } }"),
        Mistakes(
            "init { if a { b() } esle { c() } }", "`esle` has no meaning here",
            fixed: "init { if a { b() } else { c() } }"),
        Mistakes("init { if a { b() } }\n}", "this `}` closes nothing"),
        Mistakes("init { match a { b => c() } }", "a case ends with `:`", fixed: "init { match a { b: c() } }"),
        Mistakes(
            "init { match a { b(_)\n c() } }", "expected `:` after the pattern of a case",
            fixed: "init { match a { b(_):\n c() } }"),
        Mistakes("init { match a { b: } }", "expected a statement for this case; write `{}` for none"),
        Mistakes("init { guard a { b() } }", "expected `else` and a block that leaves, after the condition of `guard`"),
        Mistakes("init { loop at 3 { } }", "expected `most` and a number after `loop at`"),
        Mistakes("init { atomic(x) { } }", "expected the reason in quotes: why may these steps be one?"),
        Mistakes("init {", "`}` is missing"),
    ]

    /// Words that mean something at certain places only, misspelt: taken for what they almost are.
    private static let words: [Mistakes] = [
        word("import a as b wiht { c }", "wiht", "with"),
        word("imprt a", "imprt", "import"),
        word("var a: T gaurded by l", "gaurded", "guarded"),
        word("var a: T guarded by l excpt f", "excpt", "except"),
        word("var a: 0..3 wrp", "wrp", "wrap"),
        word("record R { a: T wen b }", "wen", "when"),
        word("handler f() holdng l { }", "holdng", "holding"),
        word("handler f() holding l share { }", "share", "shared"),
        word("invariant i at rst { a }", "rst", "rest"),
        word("scenario s = t wth { a = 1 }", "wth", "with"),
        word("variant v on s { expct holds }", "expct", "expect"),
        word("variant v on s { expect violates a }", "violates", "violated"),
        word("init { lock l share }", "share", "shared"),
        word("init { loop at mst 3 { } }", "mst", "most"),
        word("init { choose a in S wher b thn a = 1 }", "wher", "where", "thn", "then"),
        word("invariant i { forall a in S: b }", "forall", "all"),
    ]

    private static func word(_ source: String, _ words: String...) -> Mistakes {
        var fixed = source
        var messages: [String] = []
        for index in stride(from: 0, to: words.count - 1, by: 2) {
            messages.append("`\(words[index])` has no meaning here; did you mean `\(words[index + 1])`?")
            if let place = fixed.range(of: words[index]) { fixed.replaceSubrange(place, with: words[index + 1]) }
        }
        return Mistakes(source, messages: messages, fixed: [fixed])
    }

    /// What is missing or turned round, and how reading goes on: one thing is said.
    private static let recoveries: [Mistakes] = [
        Mistakes("fun f(): bool = a =! b", "`=!` is no operator here; write `!=`", fixed: "fun f(): bool = a != b"),
        Mistakes("fun f(): bool = a =< 7", "`=<` is no operator here; write `<=`", fixed: "fun f(): bool = a <= 7"),
        Mistakes("fun f(): bool = a <> b", "`<>` is no operator here; write `!=`", fixed: "fun f(): bool = a != b"),
        Mistakes("init { a =+ 1 }", "`=+` is no operator; write `+=`", fixed: "init { a += 1 }"),
        Mistakes("init { a[b].c++ }", "`++` is no statement; write `+= 1`", fixed: "init { a[b].c += 1 }"),
        Mistakes(
            "variant v s { expect holds }", "expected `on` and a scenario after `variant v`",
            fixed: "variant v on s { expect holds }"),
        Mistakes(
            "process p {\n    match a\n        b: c()\n        _: {}\n    }\n    d()\n}\nvar e: bool",
            "expected `{` and the cases after the value to match",
            fixed: "process p {\n    match a {\n        b: c()\n        _: {}\n    }\n    d()\n}\nvar e: bool"),
        Mistakes(
            "process p {\n    if a\n        b()\n    }\n    d()\n}\nvar e: bool",
            "expected `{` after the condition of `if`",
            fixed: "process p {\n    if a {\n        b()\n    }\n    d()\n}\nvar e: bool"),
        Mistakes(
            "process p {\n    atomic(\"why) {\n        b()\n    }\n    d()\n}\nvar e: bool",
            "this text does not end; `\"` is missing before the end of the line"),
        Mistakes(
            "process p {\n    if a { fail \"why }\n    d()\n}\nvar e: bool",
            "this text does not end; `\"` is missing before the end of the line"),
    ]
}
