import Model
import Program

// The modules `Program` and `Model` have types of the same names; these tell them apart.

public typealias CheckedProgram = Program
public typealias LoweredModel = Model
