import Analysis

extension LoweredModel {
    /// A guess at what a search costs, where nothing is known: how many steps its process instances have together.
    var size: Int { actions.reduce(0) { $0 + processes[$1.process].instanceCount } }
}
