// Unsafe code: this loop runs for every action of every state of a search. Operations, registers and words are raw
// memory; validation and the compiler have bounded every index in them, except computed ones, which are checked here.

/// Why a stretch of code stopped.
enum MachineEvent {
    case accept, reject, choose, violation, fault
}

extension Machine {
    /// Runs from `next` to the next event and leaves `next` behind its operation.
    @inline(__always)
    func run<Tracer: AccessTracer>(
        _ next: inout Int, _ words: UnsafeMutablePointer<UInt64>, old: UnsafePointer<UInt64>, _ tracer: inout Tracer
    ) -> MachineEvent {
        let operations = operations
        let r = registers
        var at = operations + next
        while true {
            let o = at.pointee
            at += 1
            let d = Int(o.d)
            let a = Int(o.a)
            let b = Int(o.b)
            switch o.code {
            case .constant: r[d] = o.i
            case .move: r[d] = r[a]
            case .load:
                tracer.read(word: a, shift: b)
                r[d] = words[a] &>> UInt64(b) & o.i
            case .loadOld: r[d] = old[a] &>> UInt64(b) & o.i
            case .store:
                let value = r[d]
                guard value & ~o.i == 0 else { return stop(.fault, at, &next) }
                tracer.write(word: a, shift: b)
                words[a] = words[a] & ~(o.i &<< UInt64(b)) | value &<< UInt64(b)
            case .storeConstant:
                tracer.write(word: a, shift: b >> 8)
                let mask = UInt64.max &>> UInt64(64 &- (b & 255))
                words[a] = words[a] & ~(mask &<< UInt64(b >> 8)) | o.i
            case .loadElement:
                guard let place = ElementPlace(index: r[a], word: b, ElementGeometry(bits: o.i)) else {
                    return stop(.fault, at, &next)
                }
                tracer.read(word: place.word, shift: Int(place.shift))
                r[d] = words[place.word] &>> place.shift & place.mask
            case .loadOldElement:
                guard let place = ElementPlace(index: r[a], word: b, ElementGeometry(bits: o.i)) else {
                    return stop(.fault, at, &next)
                }
                r[d] = old[place.word] &>> place.shift & place.mask
            case .storeElement:
                guard let place = ElementPlace(index: r[a], word: b, ElementGeometry(bits: o.i)),
                    r[d] & ~place.mask == 0
                else { return stop(.fault, at, &next) }
                tracer.write(word: place.word, shift: Int(place.shift))
                words[place.word] =
                    words[place.word] & ~(place.mask &<< place.shift) | r[d] &<< place.shift
            case .checkBelow: if r[a] >= o.i { return stop(.fault, at, &next) }
            case .add: r[d] = r[a] &+ r[b]
            case .subtract: r[d] = r[a] &- r[b]
            case .multiply: r[d] = r[a] &* r[b]
            case .bitAnd: r[d] = r[a] & r[b]
            case .bitOr: r[d] = r[a] | r[b]
            case .bitXor: r[d] = r[a] ^ r[b]
            case .shiftLeft: r[d] = r[b] < 64 ? r[a] &<< r[b] : 0
            case .shiftRight: r[d] = r[b] < 64 ? r[a] &>> r[b] : 0
            case .equal: r[d] = r[a] == r[b] ? 1 : 0
            case .notEqual: r[d] = r[a] != r[b] ? 1 : 0
            case .less: r[d] = Int64(bitPattern: r[a]) < Int64(bitPattern: r[b]) ? 1 : 0
            case .lessOrEqual: r[d] = Int64(bitPattern: r[a]) <= Int64(bitPattern: r[b]) ? 1 : 0
            case .below: r[d] = r[a] < r[b] ? 1 : 0
            case .belowOrEqual: r[d] = r[a] <= r[b] ? 1 : 0
            case .addConstant: r[d] = r[a] &+ o.i
            case .subtractConstant: r[d] = r[a] &- o.i
            case .multiplyConstant: r[d] = r[a] &* o.i
            case .bitAndConstant: r[d] = r[a] & o.i
            case .bitOrConstant: r[d] = r[a] | o.i
            case .bitXorConstant: r[d] = r[a] ^ o.i
            case .shiftLeftConstant: r[d] = o.i < 64 ? r[a] &<< o.i : 0
            case .shiftRightConstant: r[d] = o.i < 64 ? r[a] &>> o.i : 0
            case .equalConstant: r[d] = r[a] == o.i ? 1 : 0
            case .notEqualConstant: r[d] = r[a] != o.i ? 1 : 0
            case .lessConstant: r[d] = Int64(bitPattern: r[a]) < Int64(bitPattern: o.i) ? 1 : 0
            case .lessOrEqualConstant: r[d] = Int64(bitPattern: r[a]) <= Int64(bitPattern: o.i) ? 1 : 0
            case .belowConstant: r[d] = r[a] < o.i ? 1 : 0
            case .belowOrEqualConstant: r[d] = r[a] <= o.i ? 1 : 0
            case .not: r[d] = r[a] == 0 ? 1 : 0
            case .negate: r[d] = 0 &- r[a]
            case .complement: r[d] = ~r[a]
            case .populationCount: r[d] = UInt64(truncatingIfNeeded: r[a].nonzeroBitCount)
            case .jump: at = operations + (d | b << 16)
            case .jumpIfZero: if r[a] == 0 { at = operations + (d | b << 16) }
            case .jumpIfNotZero: if r[a] != 0 { at = operations + (d | b << 16) }
            case .jumpEqual: if r[a] == r[Int(truncatingIfNeeded: o.i)] { at = operations + (d | b << 16) }
            case .jumpNotEqual: if r[a] != r[Int(truncatingIfNeeded: o.i)] { at = operations + (d | b << 16) }
            case .jumpLess:
                if Int64(bitPattern: r[a]) < Int64(bitPattern: r[Int(truncatingIfNeeded: o.i)]) {
                    at = operations + (d | b << 16)
                }
            case .jumpLessOrEqual:
                if Int64(bitPattern: r[a]) <= Int64(bitPattern: r[Int(truncatingIfNeeded: o.i)]) {
                    at = operations + (d | b << 16)
                }
            case .jumpBelow: if r[a] < r[Int(truncatingIfNeeded: o.i)] { at = operations + (d | b << 16) }
            case .jumpBelowOrEqual: if r[a] <= r[Int(truncatingIfNeeded: o.i)] { at = operations + (d | b << 16) }
            case .jumpEqualConstant: if r[a] == o.i { at = operations + (d | b << 16) }
            case .jumpNotEqualConstant: if r[a] != o.i { at = operations + (d | b << 16) }
            case .jumpLessConstant:
                if Int64(bitPattern: r[a]) < Int64(bitPattern: o.i) { at = operations + (d | b << 16) }
            case .jumpLessOrEqualConstant:
                if Int64(bitPattern: r[a]) <= Int64(bitPattern: o.i) { at = operations + (d | b << 16) }
            case .jumpBelowConstant: if r[a] < o.i { at = operations + (d | b << 16) }
            case .jumpBelowOrEqualConstant: if r[a] <= o.i { at = operations + (d | b << 16) }
            case .argument: tracer.argument(r[a])
            case .event: tracer.event(Int(truncatingIfNeeded: o.i))
            case .statement: tracer.statement(Int(truncatingIfNeeded: o.i))
            case .way: tracer.way(Int(truncatingIfNeeded: o.i))
            case .fault: return stop(.fault, at, &next)
            case .accept: return stop(.accept, at, &next)
            case .reject: return stop(.reject, at, &next)
            case .choose: return stop(.choose, at, &next)
            case .violation: return stop(.violation, at, &next)
            }
        }
    }

    @inline(__always)
    private func stop(_ event: MachineEvent, _ at: UnsafeMutablePointer<Operation>, _ next: inout Int) -> MachineEvent {
        next = at - operations
        return event
    }
}

/// Where an element of an array lies; nil for an index outside.
private struct ElementPlace {
    let word: Int
    let shift: UInt64
    let mask: UInt64

    @inline(__always)
    init?(index: UInt64, word first: Int, _ geometry: ElementGeometry) {
        guard index < geometry.count else { return nil }
        var place = index
        var offset = 0
        if index >= geometry.perWord {
            offset = Int(truncatingIfNeeded: index / geometry.perWord)
            place = index % geometry.perWord
        }
        word = first &+ offset
        shift = geometry.shift &+ place &* geometry.width
        mask = UInt64.max &>> (64 &- geometry.width)
    }
}
