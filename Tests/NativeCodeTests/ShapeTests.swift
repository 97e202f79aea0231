import Foundation
import Model
import ModelTestSupport
import Testing

@testable import NativeCode

@Suite("Compiled models by hand")
struct ShapeTests {
    private static let compilers: [String] = {
        guard let all = try? Compiler.all(NativeOptions()) else { return [] }
        return all.map(\.path)
    }()

    @Test("do what the bytecode machine does, whatever compiles them", arguments: compilers, ["-O0", "-O1", "-O2"])
    func agreement(compiler: String, level: String) throws {
        let random = (0..<6).map { CarelessModel(seed: 40_000 + UInt64($0)).model }
        try compare(SpecialModels.models + random, flags: [level], compiler: compiler)
    }

    @Test(
        "do what the bytecode machine does, in arrays or variables, with loops or without", arguments: [0, 12],
        [0, 512])
    func limits(words: Int, nodes: Int) throws {
        var limits = EmissionLimits()
        limits.variableWords = words
        limits.unrolledNodes = nodes
        limits.unrolledChoices = nodes
        limits.specialisedBytes = nodes
        try compare(SpecialModels.models, flags: ["-O0"], limits: limits)
    }

    private func compare(
        _ models: [Model], flags: [String], compiler: String? = nil, limits: EmissionLimits = EmissionLimits()
    ) throws {
        let codes = try models.map { try ModelCode($0) }
        let batch = try Batch(codes, flags: flags, compiler: compiler, limits: limits)
        for (number, code) in codes.enumerated() {
            let comparison = Comparison(code, batch.functions[number], limit: 120, damaged: 60, seed: UInt64(number))
            #expect(comparison.differences == [], "\(code.model.name)")
        }
    }

    @Test("may have expressions and branches as deep as a model may")
    func deep() throws {
        var model = Model(name: "deep")
        let cell = model.variable("cell", [], .bits(20))
        let process = model.process("p", locations: 1)
        let sum = (0..<450).reduce(cell.value) { .binary(.bitXor, add($0, c($1)), cell.value) }
        let test = (0..<450).reduce(eq(cell.value, c(3))) { not(and($0, ne(cell.value, c($1)))) }
        let branches = (0..<900).reduce([Instruction.jump(location: 0)]) { inner, number in
            [.branch(ne(cell.value, c(number)), inner, [.jump(location: 0)])]
        }
        model.action(process, at: 0, [cell(to: .binary(.bitAnd, sum, c(0xFFFFF))), .require(test)])
        model.actions[0] = Action(
            process: process, location: 0, origins: [], callStack: [], registerCount: 0,
            body: model.actions[0].body + branches)
        model.pack()
        let code = try ModelCode(model)
        var options = NativeOptions()
        options.cacheFolder = nil
        options.flags = ["-O0"]
        let functions = try NativeBuild(code, options: options).wait()
        #expect(Comparison(code, functions, limit: 50, damaged: 50).differences == [])
    }
}
