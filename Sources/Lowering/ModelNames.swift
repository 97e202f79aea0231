import enum Model.Expectation
import enum Model.Expr
// Names that the program and the model share get one name each here; `Model` and `Program` are types as well as
// modules, so that a qualified name would not find them.
import struct Model.HeldLock
import struct Model.Process
import enum Model.ProcessKind
import struct Model.Property
import enum Model.PropertyKind
import struct Model.Variable
import struct Model.VariableID
import enum Model.VariableRole

/// A pure expression of the model; its value is a code.
typealias Code = Expr
typealias CellID = VariableID
typealias CellVariable = Variable
typealias CellRole = VariableRole
typealias ModelProcess = Process
typealias ModelProcessKind = ProcessKind
typealias ModelProperty = Property
typealias ModelPropertyKind = PropertyKind
typealias ModelExpectation = Expectation
typealias ModelHeldLock = HeldLock
