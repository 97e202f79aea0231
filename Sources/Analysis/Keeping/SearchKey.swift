import Digests
import Model

extension PreparedRun {
    /// The name under which a search of this run is kept: 64 hexadecimal digits.
    ///
    /// Equal where the model means the same, and the options that can change a result are the same. What merely ends a
    /// search is not among them, nor is the number of threads: only results are kept that no budget has ended.
    func searchKey(_ options: CheckOptions, version: String) -> String {
        let expected = expectedViolation.map { "violated \($0)" } ?? "holds"
        let switches = options.maximumSwitches.map(String.init) ?? "all"
        let unwanted = unwantedMarks(for: options.survey)
        let numbers = model.marks.enumerated().filter { unwanted.contains($0.element) }.map { String($0.offset) }
        let choices = [
            "faultline \(version)", "entry \(SearchCache.format)", "model \(Model.formatVersion)",
            "expects \(expected)", "store \(options.store.rawValue)", "switches \(switches)",
            "symmetry \(!options.without.contains(.symmetry))",
            "partial-order \(!options.without.contains(.partialOrder))", "survey \(options.survey != .nothing)",
            "unwanted \(numbers.joined(separator: " "))",
        ]
        return SHA256.digest(choices.joined(separator: "\n") + "\n" + model.meaning.text)
    }
}
