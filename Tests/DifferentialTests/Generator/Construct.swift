/// What a random spec can contain; the test counts in how many accepted specs each occurs.
enum Construct: String, CaseIterable {
    // Types and declarations
    case typeBool, typeRange, typeWrap, typeWrapThree, typeUnbounded, typeBits, typeDomain, typeEnum, typePayload
    case typeRecord, typeWordRecord, typeSetOfDomain, typeSetOfRange, typeOptional, typeOptionalRange
    case nestedRecord, atomicField, whenField, whenVariable, atomicVariable, guardedVariable, guardedByTwo, exceptField
    case indexDomain, indexRange, indexTwo, symbolicConstant, symbolicArray, constant, constantUnbounded, ghostVariable
    case function, initBlock, initChoose, localDefault
    // Processes and properties
    case process, processDomain, processRange, daemon, hardware, endlessProcess, finiteProcess, countedProcess
    case whileProcess
    case invariant, atRest, transitionOld, reachable, started, finished
    // Statements
    case assign, assignElement, assignField, assignWhole, assignInner, assignLocal, assignLocalField, addLocal
    case subtractLocal, letLocal, varLocal
    case fetchAddStatement, subtractAtomic, insertElement, removeElement, exchange, compareExchange, fetchAdd
    case ifElse, ifBinding, laterPattern, match, matchBinding, matchOptional, matchConstant, loopAtMost,
        loopAtMostShared, loopEndless
    case whileLoop, each, eachComprehension, eachAtomic, loopAtomic
    case chooseLocal, chooseWhere, chooseTwo, chooseElse, chooseThen, either, eitherWait, await, guardElse, guardBinding
    case doBreak, continueLabel, breakLoop, atomic, commit, bracket, assert, assertShared, fail, returnValue,
        returnEarly
    case callStatement, callLet, callIf, callMatch, callGuard, nestedCall
    case spinLock, mutexLock, readWriteShared, readWriteExclusive, downgrade, tryLock, tryLockShared, nestedLocks
    case lockWhen, racy, locked, earlyUnlock
    // Expressions
    case add, subtract, multiply, negate, compare, equal, notEqual, and, or, not, implies, conditional, matchExpression
    case isPattern, isNone, isEmptySet, unwrap, some, caseWithPayload, recordLiteral, withRecord, withPayload
    case fieldOfLocal, payloadField
    case setLiteral, setUnion, setDifference, setIntersection, setInsert, setRemove, membership, cardinality
    case comprehension, allOf, quantifierAll, quantifierSome, quantifierCount, quantifierWhere, quantifierTwo
    case bitsAnd, bitsOr, bitsXor, bitsNot, bitsAdd, bitsMultiply, bitsShift, bitsSlice, bitsConcatenate, bitsConversion
    case intConversion, functionCall, unboundedCompare
}
