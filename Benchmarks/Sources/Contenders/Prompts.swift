import Foundation
import Measuring

extension Toolbox {
    /// What a user waits for: from the source and the command to the answer, with nothing compiled before. The other
    /// tools are also tried with less optimisation, which compiles sooner.
    func prompts(_ size: Size) throws(BenchmarkError) -> [Comparison] {
        let teaching = "1_swapping.fl"
        return [try holds(size)] + [try prompt(.lostWrite), try prompt(.unmappedTwice)] + [
            Comparison(
                title: "Command to prompt: specs/teaching/\(teaching)", kind: .prompt,
                contenders: [faultlineFromCold(teaching: teaching)])
        ]
    }

    /// Faultline takes all cores where nothing else is said, and so do the others where they can.
    private var cores: Int { ProcessInfo.processInfo.activeProcessorCount }
    private static let optimisations = ["-O3", "-O1"]

    private func holds(_ size: Size) throws(BenchmarkError) -> Comparison {
        var contenders = [faultlineFromCold(size)]
        for level in Self.optimisations {
            if peers.contains(.spin) { contenders.append(spin(.depthFirst, size, optimisation: level)) }
            for compiler in rumurs {
                contenders.append(try rumur(compiler, size, symmetric: true, threads: cores, optimisation: level))
            }
        }
        if peers.contains(.cpp) { contenders.append(handwritten(size, exact: true, threads: cores)) }
        return prompt("size \(size.name) holds", contenders)
    }

    private func prompt(_ bug: PlantedBug) throws(BenchmarkError) -> Comparison {
        var contenders = [faultlineFromCold(bug)]
        for level in Self.optimisations {
            if peers.contains(.spin) { contenders.append(spin(.breadthFirst, .m, bug: bug, optimisation: level)) }
            for compiler in rumurs {
                contenders.append(
                    try rumur(compiler, .m, bug: bug, symmetric: true, threads: cores, optimisation: level))
            }
        }
        if peers.contains(.cpp) { contenders.append(handwritten(.m, bug: bug)) }
        return prompt("the planted bug \(bug.variant), size M", contenders)
    }

    private func prompt(_ title: String, _ contenders: [Contender]) -> Comparison {
        Comparison(title: "Command to prompt: \(title)", kind: .prompt, contenders: contenders.map { $0.fromCold() })
    }
}
