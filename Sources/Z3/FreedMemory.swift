// Unsafe code: a C function that is looked up by name, since not every system has it.

import Foundation

/// What becomes of memory that is freed.
enum FreedMemory {
    /// Lets the process keep it for what comes next.
    ///
    /// Each query has a context of its own, with tables of a megabyte or so. glibc gives them back to the system, which clears
    /// them for the next query: short ones took twice as long. `mallopt(3)`: M_TRIM_THRESHOLD is -1, M_MMAP_THRESHOLD is -3;
    /// without the second one large blocks are never kept. Does nothing where there is no such function.
    static func keep() {
        guard let symbol = dlsym(nil, "mallopt") else { return }
        let setOption = unsafeBitCast(symbol, to: (@convention(c) (Int32, Int32) -> Int32).self)
        _ = setOption(-1, 64 << 20)
        _ = setOption(-3, 32 << 20)
    }
}
