// Unsafe code: the solver is a C library that is loaded when it is asked for; its functions are plain pointers.

import Foundation

/// The functions of libz3 that are used. Loaded once; it stays until the process ends.
///
/// Their names and meanings are those of `z3_api.h`, the same in all versions since 4.8.
public struct Z3Library: @unchecked Sendable {
    typealias Pointer = OpaquePointer
    typealias ErrorHandler = @convention(c) (Pointer?, UInt32) -> Void

    /// Such as `4.8.12`.
    public let version: String

    let makeConfiguration: @convention(c) () -> Pointer?
    let deleteConfiguration: @convention(c) (Pointer?) -> Void
    let makeContext: @convention(c) (Pointer?) -> Pointer?
    let deleteContext: @convention(c) (Pointer?) -> Void
    let setErrorHandler: @convention(c) (Pointer?, ErrorHandler?) -> Void
    let errorCode: @convention(c) (Pointer?) -> UInt32
    let errorMessage: @convention(c) (Pointer?, UInt32) -> UnsafePointer<CChar>?
    let interrupt: @convention(c) (Pointer?) -> Void
    /// In bytes, of all contexts.
    let allocated: @convention(c) () -> UInt64

    let makeTactic: @convention(c) (Pointer?, UnsafePointer<CChar>) -> Pointer?
    let retainTactic: @convention(c) (Pointer?, Pointer?) -> Void
    let thenTactic: @convention(c) (Pointer?, Pointer?, Pointer?) -> Pointer?

    let makeSolverForLogic: @convention(c) (Pointer?, Pointer?) -> Pointer?
    let makeSymbol: @convention(c) (Pointer?, UnsafePointer<CChar>) -> Pointer?
    let makeBoolSort: @convention(c) (Pointer?) -> Pointer?
    let makeConstant: @convention(c) (Pointer?, Pointer?, Pointer?) -> Pointer?
    let checkAssuming: @convention(c) (Pointer?, Pointer?, UInt32, UnsafePointer<Pointer?>?) -> Int32
    let makeSolver: @convention(c) (Pointer?, Pointer?) -> Pointer?
    let retainSolver: @convention(c) (Pointer?, Pointer?) -> Void
    let releaseSolver: @convention(c) (Pointer?, Pointer?) -> Void
    let assertText: @convention(c) (Pointer?, Pointer?, UnsafePointer<CChar>) -> Void
    let check: @convention(c) (Pointer?, Pointer?) -> Int32
    let reasonUnknown: @convention(c) (Pointer?, Pointer?) -> UnsafePointer<CChar>?

    let model: @convention(c) (Pointer?, Pointer?) -> Pointer?
    let retainModel: @convention(c) (Pointer?, Pointer?) -> Void
    let releaseModel: @convention(c) (Pointer?, Pointer?) -> Void
    let constantCount: @convention(c) (Pointer?, Pointer?) -> UInt32
    let constant: @convention(c) (Pointer?, Pointer?, UInt32) -> Pointer?
    let declarationName: @convention(c) (Pointer?, Pointer?) -> Pointer?
    let symbolText: @convention(c) (Pointer?, Pointer?) -> UnsafePointer<CChar>?
    let interpretation: @convention(c) (Pointer?, Pointer?, Pointer?) -> Pointer?
    let truthValue: @convention(c) (Pointer?, Pointer?) -> Int32
    let numeral: @convention(c) (Pointer?, Pointer?, UnsafeMutablePointer<UInt64>) -> Bool

    /// Whether a solver that reads text remembers the declarations of earlier texts, and refuses them when they come again.
    /// 4.8 forgets them.
    private(set) var keepsDeclarations = false

    /// In bytes, of all contexts together; a query that needs more is interrupted.
    var memoryLimit: Int?

    /// Why there is no solver.
    public struct Missing: Error, Hashable, Sendable {
        /// What the system's loader says.
        public let reason: String
    }

    /// Where it is looked for, in order.
    public static let names = ["libz3.so.4", "libz3.so", "libz3.dylib"]

    /// - Parameter path: a file, instead of the usual names.
    /// - Throws: ``Missing`` where there is no library, or one without a function that is needed.
    public init(path: String? = nil) throws(Missing) {
        var reason = ""
        for name in path.map({ [$0] }) ?? Self.names {
            guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
                if reason.isEmpty { reason = dlerror().map { String(cString: $0) } ?? "it can't be loaded" }
                continue
            }
            self = try Z3Library(Symbols(handle: handle))
            FreedMemory.keep()
            keepsDeclarations = Z3Context(self)?.refusesDeclarations ?? false
            return
        }
        throw Missing(reason: reason)
    }

    private init(_ symbols: Symbols) throws(Missing) {
        let fullVersion: @convention(c) () -> UnsafePointer<CChar>? = try symbols["Z3_get_full_version"]
        let text = fullVersion().map { String(cString: $0) } ?? ""
        version = text.split(separator: " ").first { $0.first?.isNumber == true }.map(String.init) ?? text
        makeConfiguration = try symbols["Z3_mk_config"]
        deleteConfiguration = try symbols["Z3_del_config"]
        makeContext = try symbols["Z3_mk_context"]
        deleteContext = try symbols["Z3_del_context"]
        setErrorHandler = try symbols["Z3_set_error_handler"]
        errorCode = try symbols["Z3_get_error_code"]
        errorMessage = try symbols["Z3_get_error_msg"]
        interrupt = try symbols["Z3_interrupt"]
        allocated = try symbols["Z3_get_estimated_alloc_size"]
        makeTactic = try symbols["Z3_mk_tactic"]
        retainTactic = try symbols["Z3_tactic_inc_ref"]
        thenTactic = try symbols["Z3_tactic_and_then"]
        makeSolverForLogic = try symbols["Z3_mk_solver_for_logic"]
        makeSymbol = try symbols["Z3_mk_string_symbol"]
        makeBoolSort = try symbols["Z3_mk_bool_sort"]
        makeConstant = try symbols["Z3_mk_const"]
        checkAssuming = try symbols["Z3_solver_check_assumptions"]
        makeSolver = try symbols["Z3_mk_solver_from_tactic"]
        retainSolver = try symbols["Z3_solver_inc_ref"]
        releaseSolver = try symbols["Z3_solver_dec_ref"]
        assertText = try symbols["Z3_solver_from_string"]
        check = try symbols["Z3_solver_check"]
        reasonUnknown = try symbols["Z3_solver_get_reason_unknown"]
        model = try symbols["Z3_solver_get_model"]
        retainModel = try symbols["Z3_model_inc_ref"]
        releaseModel = try symbols["Z3_model_dec_ref"]
        constantCount = try symbols["Z3_model_get_num_consts"]
        constant = try symbols["Z3_model_get_const_decl"]
        declarationName = try symbols["Z3_get_decl_name"]
        symbolText = try symbols["Z3_get_symbol_string"]
        interpretation = try symbols["Z3_model_get_const_interp"]
        truthValue = try symbols["Z3_get_bool_value"]
        numeral = try symbols["Z3_get_numeral_uint64"]
    }

    private struct Symbols {
        let handle: UnsafeMutableRawPointer

        subscript<Function>(name: String) -> Function {
            get throws(Missing) {
                guard let symbol = dlsym(handle, name) else { throw Missing(reason: "it has no function \(name)") }
                return unsafeBitCast(symbol, to: Function.self)
            }
        }
    }
}
