import Foundation
import Model
import Testing

struct OptionTests {
    @Test("help and version end with 0, for the tool and for each command")
    func help() throws {
        let version = try Faultline.run(["--version"])
        #expect(version.status == 0 && version.out.hasPrefix("faultline "))
        let all = try Faultline.run(["--help"])
        #expect(all.status == 0)
        for command in ["check", "simulate", "replay", "fmt", "lower"] {
            #expect(all.out.contains(command))
            for arguments in [[command, "--help"], ["help", command]] {
                let run = try Faultline.run(arguments)
                #expect(run.status == 0 && run.err.isEmpty)
                #expect(run.out.contains("USAGE: faultline \(command)"), "\(run.out)")
            }
        }
    }

    @Test("there are completions for each shell, and they name the commands", arguments: ["bash", "zsh", "fish"])
    func completions(_ shell: String) throws {
        let run = try Faultline.run(["--generate-completion-script", shell])
        #expect(run.status == 0 && run.err.isEmpty)
        for word in ["check", "replay", "write-counterexamples"] { #expect(run.out.contains(word), "\(word)") }
        if shell == "bash" {
            let folder = try TemporaryFolder()
            try folder.write("script", run.out)
            #expect(try Faultline.shell("bash -n script", in: folder).status == 0)
        }
    }

    @Test("a usage error says what is wrong, what is allowed and where the help is")
    func usageError() throws {
        let run = try Faultline.run(["check", "--without", "speed", "specs"])
        #expect(run.status == 2)
        #expect(run.codes == ["FL0704"])
        for part in ["speed", "fusion.guarded-read", "faultline check --help"] { #expect(run.err.contains(part)) }
        #expect(run.out.isEmpty)
    }

    @Test("a number below 0 is no option, and where it is taken for one it is said how to write it")
    func negativeNumber() throws {
        let run = try Faultline.run(["check", "--max-time", "-1s", "specs"])
        #expect(run.status == 2 && run.codes == ["FL0704"])
        #expect(run.err.contains("`--max-time=-1s`"), "\(run.err)")
        let missing = try Faultline.run(["check", "specs", "--max-time"])
        #expect(missing.status == 2 && !missing.err.contains("begins with"), "\(missing.err)")
    }

    private func titles(_ arguments: String...) throws -> [String] {
        let folder = try TemporaryFolder()
        try folder.write(
            "a.fl",
            Samples.good
                + "scenario t = s with { most = 1, expect violated two }\nvariant other on t { most = 2, expect holds }\n"
        )
        let run = try Faultline.run(["check", "a.fl", "--format", "table"] + arguments, in: folder)
        let rows = run.out.split(separator: "\n").dropFirst().filter { $0.contains("  a.fl") }
        return rows.map { row in
            row.split(separator: " ").dropFirst(2).prefix(2).joined(separator: " ")
        }
    }

    @Test("a scenario selects itself and its variants, a variant only itself")
    func selection() throws {
        #expect(try titles("--scenario", "s") == ["s holds", "s wrong"])
        #expect(try titles("--variant", "wrong") == ["s wrong"])
        #expect(try titles("--scenario", "s", "--variant", "wrong") == ["s wrong"])
        #expect(try titles("--scenario", "t", "--variant", "wrong") == [])
        #expect(try titles().count == 4)
    }

    @Test("set replaces a constant, and the size of a domain")
    func set() throws {
        let folder = try TemporaryFolder()
        try folder.write("good.fl", Samples.good)
        let run = try folder.run("check", "good.fl", "--scenario", "s", "--set", "most=1")
        #expect(run.status == 1 && run.out.contains("most = 1") && run.out.contains("two"), "\(run.out)")
        let sized = try Faultline.run([
            "check", "Benchmarks/models/page_fault.fl", "--scenario", "s", "--set", "Frame=2", "--without", "symmetry",
        ])
        #expect(sized.out.contains("73,427 states"), "\(sized.out)")
    }

    @Test("an error in a setting is shown in the option as it was given")
    func badSetting() throws {
        let folder = try TemporaryFolder()
        try folder.write("good.fl", Samples.good)
        func error(_ setting: String) throws -> String {
            try folder.run("check", "good.fl", "--scenario", "s", "--set", setting).err
        }
        #expect(try error("mots=3").contains("     1 | --set mots=3\n       |       ^~~~\n"))
        #expect(try error("most=9").contains("     1 | --set most=9\n       |            ^\n"))
        #expect(try error("most").contains("     1 | --set most\n       |           ^\n"))
        #expect(try error("most=1, most=2").contains("     1 | --set most=1, most=2\n       |             ^\n"))
        #expect(try error("without user").contains("FL0704"))
    }

    @Test("lower says whether the spec has no scenario or another one was named")
    func lowerWithout() throws {
        let library = try Faultline.run(["lower", "specs/std/memory.fl"])
        #expect(library.status == 2 && library.err.contains("has no scenarios"), "\(library.err)")
        let named = try Faultline.run(["lower", "specs/std/memory.fl", "--scenario", "small"])
        #expect(named.status == 2 && named.err.contains("no spec has a scenario `small`"), "\(named.err)")
    }

    @Test("each reduction can be switched off by itself, and is not listed then")
    func without() throws {
        let spec = "specs/teaching/1_swapping.fl"
        let variant = ["check", spec, "--variant", "copied_too_early"]
        func folded(_ text: String) -> String {
            text.split(separator: "\n").joined(separator: " ").split(separator: " ").joined(separator: " ")
        }
        let all = folded(try Faultline.run(variant).out)
        let names = ["symmetry", "partial-order", "fusion.unlock", "fusion.guarded-read", "slicing"]
        for name in names where all.contains(name) {
            let run = try Faultline.run(variant + ["--without", name])
            #expect(run.status == 0, "\(run.out)\(run.err)")
            #expect(!folded(run.out).contains(name), "\(run.out)")
        }
        let none = try Faultline.run(variant + ["--without", names.joined(separator: ",")])
        #expect(folded(none.out).contains("no reductions"), "\(none.out)")
    }

    @Test("what lower prints is read back as the same text", arguments: ["s", "s2", "m"])
    func lower(_ scenario: String) throws {
        let run = try Faultline.run(["lower", "--scenario", scenario, "Benchmarks/models/page_fault.fl"])
        #expect(run.status == 0)
        #expect(try Model(parsing: run.out).text == run.out)
    }

    @Test("lower refuses a library and an unknown scenario")
    func lowerRefuses() throws {
        let library = try Faultline.run(["lower", "specs/std/memory.fl"])
        #expect(library.status == 2 && library.codes == ["FL0504"])
        let unknown = try Faultline.run(["lower", "--scenario", "nope", "Benchmarks/models/page_fault.fl"])
        #expect(unknown.status == 2 && unknown.codes == ["FL0703"])
        #expect(unknown.out.isEmpty)
    }
}
