import Measuring

/// A size of the page-fault model, with what an exact search of it has to find.
public enum Size: String, CaseIterable, Sendable {
    case s, m, l, xl

    public var processes: Int { 2 }
    public var pages: Int { self == .s ? 1 : 2 }
    public var frames: Int { self == .s ? 1 : 2 }
    public var slots: Int {
        switch self {
        case .s, .m: 1
        case .l: 2
        case .xl: 3
        }
    }

    public var states: Int {
        switch self {
        case .s: 11_503
        case .m: 2_322_281
        case .l: 20_890_833
        case .xl: 102_216_857
        }
    }

    public var transitions: Int {
        switch self {
        case .s: 36_042
        case .m: 7_593_178
        case .l: 71_518_738
        case .xl: 357_198_642
        }
    }

    /// Of the breadth-first search. Not known from more than one tool for XL.
    public var depth: Int? {
        switch self {
        case .s: 41
        case .m: 62
        case .l: 77
        case .xl: nil
        }
    }

    /// States that Rumur finds with its symmetry, which is a heuristic and finds a few more than there are orbits.
    public var statesOfRumurSymmetry: Int? {
        switch self {
        case .s: 6_010
        case .m: 591_835
        case .l: 2_665_655
        case .xl: nil
        }
    }

    public var exact: Expected { Expected(.holds, states: states, transitions: transitions, depth: depth) }
    /// Reductions change the states that are stored, and never the verdict or the depth.
    public var reduced: Expected { Expected(.holds, depth: depth) }

    public var name: String { rawValue.uppercased() }
    public var scenario: [String] {
        switch self {
        case .s: ["--scenario", "s"]
        case .m: ["--scenario", "m"]
        case .l, .xl: ["--scenario", "m", "--set", "Slot=\(slots)"]
        }
    }

    /// Tables that do not grow are made large enough: two to the power of this.
    var tableBits: Int {
        switch self {
        case .s: 15
        case .m: 22
        case .l: 25
        case .xl: 27
        }
    }
}
