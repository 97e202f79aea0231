import Contenders
import Measuring

/// What is run.
struct Plan {
    let sizes: [Size]
    let questions: [Question]
    let rounds: Int

    /// Every size exactly; threads and reductions on the sizes where they matter; compilation included on size M.
    func comparisons(_ toolbox: Toolbox) throws(BenchmarkError) -> [Comparison] {
        try Folders.write(
            try withoutVariants(toolbox.root + "/Benchmarks/models/page_fault.fl"), to: toolbox.modelWithoutVariants)
        let large = sizes.filter { $0 == .l || $0 == .xl }
        let larger = large.isEmpty ? Array(sizes.suffix(1)) : large
        var comparisons: [Comparison] = []
        for question in questions {
            let sizes: [Size] =
                switch question {
                case .exact: sizes
                case .threads, .reduced: larger
                case .prompt: [.m]
                }
            for size in sizes { comparisons += try toolbox.comparisons(question, size) }
        }
        return comparisons
    }

    private func withoutVariants(_ path: String) throws(BenchmarkError) -> String {
        let lines = try Folders.read(path).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.filter { !$0.hasPrefix("variant ") }.joined(separator: "\n")
    }
}
