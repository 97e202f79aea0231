import Measuring

/// A mistake that all encodings of the model have behind a switch.
public enum PlantedBug: Int, CaseIterable, Sendable {
    case lostWrite = 1
    case unmappedTwice = 2

    /// The variant of Faultline's model.
    public var variant: String {
        switch self {
        case .lostWrite: "lost_write"
        case .unmappedTwice: "unmapped_twice"
        }
    }

    /// The invariant must be the right one, and a shortest counterexample has this many steps.
    public var expected: Expected {
        switch self {
        case .lostWrite: Expected(.violated(names: ["content", "reads see ideal memory"]), steps: 19)
        case .unmappedTwice: Expected(.violated(names: ["accounted", "refcount = mappings"]), steps: 23)
        }
    }
}
