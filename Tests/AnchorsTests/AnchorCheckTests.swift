import Anchors
import Diagnostics
import Semantics
import Syntax
import Testing

/// A tree of two files.
private struct TwoFiles: SourceTree {
    var files = ["mm/a.c": "int fault(int a) { return a; }", "mm/b.c": "int moved(void) { return 1; }"]

    func bytes(of file: String) -> [UInt8]? { files[file].map { Array($0.utf8) } }

    func neighbours(of file: String) -> [String] { files.keys.sorted().filter { $0 != file } }
}

struct AnchorCheckTests {
    private func spec(_ citation: String) -> SourceText {
        SourceText(name: "s.fl", text: "module s\n\(citation)\ninit {}\n")
    }

    private func anchor(_ citation: String) throws -> Annotations.Anchor {
        let annotations = Annotations(parse(SourceID(index: 0), spec(citation)).tree)
        #expect(annotations.diagnostics == [])
        return try #require(annotations.anchors.first)
    }

    private func state(_ citation: String, in tree: TwoFiles = TwoFiles()) throws -> AnchorState {
        var check = AnchorCheck(tree)
        return check.state(of: try anchor(citation))
    }

    private func digest(_ function: String, in file: String) throws -> String {
        let text = try #require(TwoFiles().files[file])
        return try #require(CFunction(function, in: Array(text.utf8))).digest
    }

    @Test("a citation is fine, changed, not reviewed, or gone")
    func states() throws {
        let digest = try digest("fault", in: "mm/a.c")
        #expect(try state("@c(\"mm/a.c\", \"fault\", \"\(digest)\")") == .fine(lines: [1]))
        #expect(try state("@c(\"mm/a.c\", \"fault\", \"0000\")") == .changed(now: digest, lines: [1]))
        #expect(try state("@c(\"mm/a.c\", \"fault\")") == .unreviewed(now: digest, lines: [1]))
        #expect(try state("@c(\"mm/a.c\", \"fault\", \"\")") == .unreviewed(now: digest, lines: [1]))
        #expect(try state("@c(\"mm/c.c\", \"fault\")") == .fileGone)
        #expect(try state("@c(\"mm/a.c\", \"moved\", \"0000\")") == .functionGone(nowIn: ["mm/b.c"]))
        #expect(try state("@c(\"mm/a.c\", \"nowhere\", \"0000\")") == .functionGone(nowIn: []))
    }

    @Test("what is accepted is fine from then on, and nothing else in the text changes")
    func acceptance() throws {
        for citation in [
            "@c(\"mm/a.c\", \"fault\")", "@c(\"mm/a.c\", \"fault\", \"0000\")", "@c( \"mm/a.c\",\"fault\" )",
        ] {
            let anchor = try anchor(citation)
            var check = AnchorCheck(TwoFiles())
            let now = try #require(check.state(of: anchor).acceptable)
            let written = SourceText(
                name: "s.fl", utf8: spec(citation).accepting([Acceptance(anchor, digest: now)]))
            let again = Annotations(parse(SourceID(index: 0), written).tree)
            let reread = try #require(again.anchors.first)
            #expect(check.state(of: reread) == .fine(lines: [1]), "\(citation)")
            #expect(written.utf8.count - spec(citation).utf8.count == (citation.contains("0000") ? 12 : 20))
        }
    }

    @Test("several citations of one text are written at once")
    func several() throws {
        let text = SourceText(
            name: "s.fl",
            text: "module s\n@c(\"mm/a.c\", \"fault\")\n@c(\"mm/b.c\", \"moved\", \"00\")\ninit {}\n")
        let anchors = Annotations(parse(SourceID(index: 0), text).tree).anchors
        let written = text.accepting(anchors.map { Acceptance($0, digest: "0123") })
        #expect(
            String(decoding: written, as: UTF8.self)
                == "module s\n@c(\"mm/a.c\", \"fault\", \"0123\")\n@c(\"mm/b.c\", \"moved\", \"0123\")\ninit {}\n")
    }
}
