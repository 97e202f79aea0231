import Model

struct Canonicaliser {
    init?(_ code: ModelCode) { return nil }
    var order: Int { 1 }
    mutating func canonicalise(_ words: UnsafeMutablePointer<UInt64>) {}
    mutating func canonicalise(_ words: UnsafeMutablePointer<UInt64>, renaming: inout [Int]) {}
}
