import Foundation
import Testing

/// What makes the tool ready to use: a first spec, a bug report, manual pages, completions.
struct ReadyTests {
    @Test("a new handler is formatted, checks as expected, and bears its name")
    func new() throws {
        let folder = try TemporaryFolder()
        let run = try folder.run("new", "specs/my_handler")
        #expect(run.status == 0 && run.err.isEmpty, "\(run.err)")
        #expect(try folder.read("specs/my_handler.fl").contains("\nmodule my_handler\n"))
        let check = try folder.run("check", "specs/my_handler.fl")
        #expect(
            check.status == 0 && check.err.isEmpty && check.out.hasSuffix("2 runs, all as expected\n"), "\(check.err)")
        #expect(try folder.run("fmt", "--check", "specs").status == 0)
    }

    @Test("a new handler replaces nothing, and needs a name that a module can have")
    func newRefused() throws {
        let folder = try TemporaryFolder()
        try folder.write("mine.fl", Samples.good)
        #expect(try folder.run("new", "mine.fl").codes == ["FL0702"])
        #expect(try folder.read("mine.fl") == Samples.good)
        for name in ["9lives", "a-b", ".fl", "a/"] {
            let run = try folder.run("new", name)
            #expect(run.status == 2 && run.codes == ["FL0704"], "\(name): \(run.err)")
        }
        #expect(try folder.run("new", "mine.fl/inside").codes == ["FL0702"])
    }

    @Test("a bundle has the version, the options, the output, the status, and the specs with their modules")
    func diagnose() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.fl", Samples.good)
        try folder.write("wrong.fl", Samples.typo)
        let run = try folder.run("diagnose", "--", "simulate", "--seed", "7", "a.fl", "wrong.fl")
        #expect(run.status == 0 && run.err.isEmpty, "\(run.err)")
        let report = try folder.read("faultline-diagnose/report.txt")
        #expect(
            report.hasPrefix("faultline ") && report.contains("command: faultline simulate --seed 7 a.fl wrong.fl\n"))
        #expect(try folder.read("faultline-diagnose/status.txt").hasPrefix("status 2 after "))
        #expect(try folder.read("faultline-diagnose/stderr.txt").contains("FL0"))
        #expect(try folder.read("faultline-diagnose/sources/a.fl") == Samples.good)
        #expect(try folder.run("diagnose", "--output", "quoted", "--", "check", "it's b.fl").status == 0)
        #expect(try folder.read("quoted/report.txt").contains("command: faultline check 'it'\\''s b.fl'\n"))
        #expect(try folder.run("diagnose").codes == ["FL0702"])
        #expect(try folder.run("diagnose", "--output", "other").status == 0)
    }

    @Test("a bundle of a spec with imports has their text, and stays inside its folder")
    func modules() throws {
        let folder = try TemporaryFolder()
        try folder.write("deep/down/x", "")
        let specs = Repository.root.appendingPathComponent("specs/teaching").path
        let run = try Faultline.run(
            [
                "diagnose", "--output", "b", "--", "check", "--scenario", "none", "\(specs)/1_swapping.fl",
                "../../up.fl",
            ],
            in: folder, below: "deep/down")
        #expect(run.status == 0)
        let files = FileManager.default.enumerator(atPath: folder.url.path)?.compactMap { $0 as? String } ?? []
        #expect(files.contains { $0.hasSuffix("std/exact_accounting.fl") })
        #expect(files.allSatisfy { $0.hasPrefix("deep") })
    }

    @Test("there is a manual page for each command that is shown, with its options and all exit statuses")
    func manual() throws {
        let folder = try TemporaryFolder()
        #expect(try folder.run("manual", "man1").status == 0)
        let help = try folder.run("--help").out
        let commands = help.split(separator: "\n").compactMap { $0.firstMatch(of: /^ {2}([a-z]+) {2}/) }
            .map { String($0.1) }
        #expect(commands.contains("check") && !commands.contains("manual"))
        for command in commands {
            let page = try folder.read("man1/faultline-\(command).1")
            #expect(page.hasPrefix(".TH \"FAULTLINE\\-\(command.uppercased())\" 1"))
            #expect(page.contains("\n.SH EXIT STATUS\n.TP\n\\fB0\\fR\n"))
            // No line of text begins a request by mistake.
            for line in page.split(separator: "\n") where line.hasPrefix(".") {
                #expect(line.hasPrefix(".TH ") || line.hasPrefix(".SH ") || [".TP", ".PP"].contains(line), "\(line)")
            }
        }
        #expect(try folder.read("man1/faultline-check.1").contains("\\fB\\-\\-max\\-time\\fR \\fItime\\fR"))
        try folder.write("file", "")
        #expect(try folder.run("manual", "file/man1").codes == ["FL0702"])
    }

    @Test("completions are printed for each shell, and bash takes its own", arguments: ["bash", "zsh", "fish"])
    func completions(shell: String) throws {
        let run = try Faultline.run(["--generate-completion-script", shell])
        #expect(run.status == 0 && run.out.contains("simulate"))
        guard shell == "bash" else { return }
        let folder = try TemporaryFolder()
        try folder.write("c", run.out)
        #expect(try Faultline.shell("bash -n c && echo fine", in: folder).out == "fine\n")
    }
}
