import Diagnostics
import Reports
import SMT
import Symbolic

/// A proof by an invariant, as text.
struct ProofExport {
    private let certificate: InvariantCertificate
    private let run: PreparedRun
    private let lemmas: [String]

    init(_ certificate: InvariantCertificate, _ run: PreparedRun) {
        self.certificate = certificate
        self.run = run
        let text = LemmaText(run.model)
        lemmas = certificate.lemmas.map { lemma, count in
            text.text(lemma) + (count == 1 ? "" : "  (\(count) by renaming)")
        }
    }

    func write(to files: ProofFiles) -> Diagnostic? {
        if let problem = files.write(run.title, "invariant.txt", invariant) { return problem }
        for number in 0..<certificate.queryCount {
            if let problem = files.write(run.title, "\(number).smt2", question(number)) { return problem }
        }
        return nil
    }

    private var invariant: String {
        let head = [
            run.title, "",
            "What the spec claims and the lemmas below hold at first, and every step keeps them. Each file N.smt2 asks",
            "for what would refute that, in `init` or in the steps from one place; all of them are unsatisfiable.",
            "Lemmas that are the same but for the names of elements are told once.", "",
        ]
        return (head + lemmas).map { $0 + "\n" }.joined()
    }

    private func question(_ number: Int) -> String {
        var query = certificate.query(number)
        query.comments.insert(run.title, at: 0)
        query.asksForValues = false
        return query.text()
    }
}
