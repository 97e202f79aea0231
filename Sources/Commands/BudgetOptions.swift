import Analysis
import ArgumentParser
import Foundation

/// How much a search may take. When a budget ends the verdict is inconclusive.
struct BudgetOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Memory for states, such as 8G or 500M.", valueName: "size"))
    var maxMemory: ByteCount?

    @Option(
        help: ArgumentHelp(
            "Where states go when memory is at its limit; by default $TMPDIR, or /var/tmp. The files are gone when the "
                + "search ends.",
            valueName: "folder"))
    var spill: String?

    @Flag(help: "Keep no states on disk: a search ends when memory is at its limit.")
    var noSpill = false

    @Option(
        help: ArgumentHelp(
            "What states may take on disk, such as 100G; by default half of what is free.", valueName: "size"))
    var maxDisk: ByteCount?

    @Option(
        help: ArgumentHelp(
            "Save each search in this folder, now and then and when a budget ends it.", valueName: "folder"))
    var checkpoint: String?

    @Option(help: ArgumentHelp("The least time between two savings; by default 10m.", valueName: "time"))
    var checkpointEvery: TimeSpan?

    @Flag(help: "Go on with the searches that --checkpoint has saved.")
    var resume = false

    @Option(help: ArgumentHelp("Time for each configuration, such as 10m, 30s or 2h.", valueName: "time"))
    var maxTime: TimeSpan?

    @Option(help: ArgumentHelp("States of each configuration.", valueName: "n"))
    var maxStates: Int?

    @Option(
        help: ArgumentHelp(
            "How states are kept: exact; tree, which is exact, slower and smaller for wide states; hash, fingerprints only, "
                + "which may miss a state.",
            valueName: "kind"))
    var store: StoreKind = .exact

    @Option(
        help: ArgumentHelp(
            "Search runs by context switches: those without one first, then those with one, up to so many.",
            valueName: "n"))
    var maxSwitches: Int?

    @Option(
        help: ArgumentHelp(
            "Threads of a search; by default one for each core. The results are the same for any number.",
            valueName: "n"))
    var threads: Int?

    @Flag(help: "Compile nothing: search with the bytecode machine only. The results are the same, later.")
    var bytecode = false

    func validate() throws {
        try Threads.validate(threads)
        if let maxStates, maxStates < 1 { throw ValidationError("--max-states needs a number above 0") }
        if maxSwitches != nil, store != .exact {
            throw ValidationError(
                "--max-switches keeps states whole: it can't be combined with --store \(store.rawValue)")
        }
        if noSpill, spill != nil || maxDisk != nil {
            throw ValidationError("--no-spill can't be combined with --\(spill != nil ? "spill" : "max-disk")")
        }
        if spill != nil || maxDisk != nil, store == .hash || maxSwitches != nil {
            throw ValidationError(
                "\(store == .hash ? "--store hash" : "--max-switches") keeps nothing on disk: it can't be combined with "
                    + "--\(spill != nil ? "spill" : "max-disk")")
        }
        if let spill { try Self.validate(folder: spill, of: "--spill") }
        try validateCheckpoint()
        if let maxSwitches, maxSwitches < 0 { throw ValidationError("--max-switches needs a number from 0 on") }
    }

    private func validateCheckpoint() throws {
        guard let checkpoint else {
            if resume || checkpointEvery != nil {
                throw ValidationError("\(resume ? "--resume" : "--checkpoint-every") needs --checkpoint with a folder")
            }
            return
        }
        if maxSwitches != nil || store == .hash {
            let other = maxSwitches == nil ? "--store hash" : "--max-switches"
            throw ValidationError("--checkpoint keeps whole states by layers: it can't be combined with \(other)")
        }
        if resume { try Self.validate(folder: checkpoint, of: "--resume") }
    }

    /// An option that was given and means something to the explicit engine only.
    var explicitOnly: String? {
        if store != .exact { return "--store" }
        if maxSwitches != nil { return "--max-switches" }
        if maxStates != nil { return "--max-states" }
        if checkpoint != nil { return "--checkpoint" }
        return spill != nil || maxDisk != nil ? "--\(spill != nil ? "spill" : "max-disk")" : nil
    }

    private var checkpointRequest: CheckpointRequest? {
        checkpoint.map {
            CheckpointRequest(
                folder: URL(fileURLWithPath: $0, isDirectory: true), every: checkpointEvery?.duration ?? .seconds(600),
                resumes: resume, version: Version.current, diskLimit: maxDisk?.bytes)
        }
    }

    /// What a search needs to know of it.
    var options: CheckOptions {
        var options = CheckOptions()
        options.maximumStates = maxStates
        options.maximumMemory = maxMemory?.bytes ?? MemoryLimit.standard
        options.maximumSwitches = maxSwitches
        options.checkpoint = checkpointRequest
        if !noSpill { options.disk = DiskOptions(folder: spillFolder, limit: maxDisk?.bytes) }
        options.store = store
        options.compiles = !bytecode
        options.threads = Threads.number(threads)
        options.maximumTime = maxTime?.duration
        options.solver = { [limit = options.maximumMemory] _ in SolverSupply.z3(memoryLimit: limit) }
        return options
    }
}

extension BudgetOptions {
    private var spillFolder: URL {
        let usual = ProcessInfo.processInfo.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 }
        return URL(fileURLWithPath: spill ?? usual ?? "/var/tmp", isDirectory: true)
    }

    private static func validate(folder: String, of option: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw ValidationError("\(option) needs a folder that exists, and '\(folder)' is none")
        }
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw ValidationError("\(option) needs a folder that can be written, and '\(folder)' can't")
        }
    }
}

extension StoreKind: ExpressibleByArgument {}

/// A number of bytes: `4096`, `512K`, `500M`, `8G`, `1T`; powers of 1024.
struct ByteCount: ExpressibleByArgument {
    let bytes: Int

    init?(argument: String) {
        let units: [Character: Int] = ["K": 10, "M": 20, "G": 30, "T": 40]
        var digits = argument[...]
        if digits.last?.uppercased() == "B" { digits = digits.dropLast() }
        var shift = 0
        if let last = digits.last, let unit = units[Character(last.uppercased())] {
            shift = unit
            digits = digits.dropLast()
        }
        guard let number = Int(digits), number > 0 else { return nil }
        let (bytes, overflow) = number.multipliedReportingOverflow(by: 1 << shift)
        guard !overflow else { return nil }
        self.bytes = bytes
    }
}

/// A time: `90`, `90s`, `10m`, `2h`.
struct TimeSpan: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        var digits = argument[...]
        var factor = 1.0
        switch digits.last {
        case "s": digits = digits.dropLast()
        case "m":
            factor = 60
            digits = digits.dropLast()
        case "h":
            factor = 3600
            digits = digits.dropLast()
        default: break  // seconds
        }
        guard let number = Double(digits), number > 0, number.isFinite, number * factor < 1e9 else { return nil }
        duration = .milliseconds(Int((number * factor * 1000).rounded(.up)))
    }
}
