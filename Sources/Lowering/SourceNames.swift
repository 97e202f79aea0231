// See ModelNames.swift.
import struct Flow.HeldLock
import struct Program.Expr
import struct Program.Index
import struct Program.Process
import enum Program.ProcessKind
import struct Program.Property
import struct Program.Variable

typealias SourceExpr = Expr
typealias SourceVariable = Variable
typealias SourceVariableID = Index<Variable>
typealias SourceProcess = Process
typealias SourceProcessKind = ProcessKind
typealias SourceProperty = Property
typealias FlowHeldLock = HeldLock
