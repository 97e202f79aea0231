import Program

// The tree has a `ProcessKind` of its own; this file sees the program's only.

typealias ResolvedProcessKind = ProcessKind
