/// Sweeps as JSON; `docs/schemas/sweep.schema.json` describes it. Only `timing` differs between equal runs.
public struct SweepJSON: Sendable {
    /// Raised with every change that a consumer could notice.
    public static let formatVersion = 1

    public init() {}

    public func render(_ sweeps: [SweepResult], diagnostics: [ReportDiagnostic]) -> String {
        JSONValue.object([
            "version": .int(Self.formatVersion), "tool": .string("faultline"), "sweeps": .array(sweeps.map(\.json)),
            "diagnostics": .array(diagnostics.map(\.json)),
        ]).text
    }
}

extension SweepResult {
    fileprivate var json: JSONValue {
        .object([
            "spec": .string(spec), "scenario": .string(scenario), "variant": JSONValue(variant),
            "axes": .array(axes.map(\.json)), "cells": .array(cells.map(\.json)),
        ])
    }
}

extension SweepResult.Axis {
    fileprivate var json: JSONValue {
        .object([
            "name": .string(name), "values": .array(values.map { .int(Int($0)) }), "verdictSettled": verdict.json,
            "statesSettled": states.json,
        ])
    }
}

extension SweepResult.Settled {
    /// The value; `"changing"` or `"unknown"` where there is none.
    fileprivate var json: JSONValue {
        switch self {
        case .from(let value): .int(Int(value))
        case .notYet: .string("changing")
        case .unknown: .string("unknown")
        }
    }
}

extension SweepResult.Cell {
    fileprivate var json: JSONValue {
        .object([
            "coordinates": .array(coordinates.map { .int(Int($0)) }), "verdict": .string(run.verdict.rawValue),
            "property": JSONValue(run.property), "reason": JSONValue(run.reason?.rawValue),
            "steps": JSONValue(run.steps), "states": .int(run.states), "transitions": .int(run.transitions),
            "depth": .int(run.depth), "growth": growth.map { .double($0) } ?? .null,
            "assumptions": run.assumptions.json,
            "timing": .object(["seconds": .double(run.timing.seconds), "memoryBytes": .int(run.timing.memoryBytes)]),
        ])
    }
}
