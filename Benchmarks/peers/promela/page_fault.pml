/* The page-fault model of Benchmarks/peers/README.md. A proctype for each process, one for the evictor, and one that
 * watches the invariants. Each step of the description is one d_step. SPIN unrolls nothing by itself, so the sizes are
 * macros: -DNP= processes -DNV= pages -DNF= frames -DNS= slots (each at most 3), and -DBUG= 0, 1 or 2. */
#ifndef NP
#define NP 2
#endif
#ifndef NV
#define NV 1
#endif
#ifndef NF
#define NF 2
#endif
#ifndef NS
#define NS 1
#endif
#ifndef BUG
#define BUG 0
#endif

/* PTE code: 0 none, 1..NF read-only frame, NF+1..2NF writable frame, 2NF+1.. swap slot */
#if NP == 2
byte st[NP] = {1, 0};
#else
byte st[NP] = {1, 0, 0};
#endif
byte lk[NP];                  /* st: 0 dead 1 alive 2 embryo; lk: 0 free 1 process 2 evictor */
byte pte[NP*NV];
bit  id[NP*NV];               /* ideal memory (ghost) */
byte ref[NF]; bit fd[NF], da[NF], fr[NF] = 1;
byte sr[NS]; bit sd[NS];
byte ef, es;                  /* evictor's frame and slot, +1; 0 = none */
byte hold[NF];                /* ghost: handlers between MAP and DROP of this frame */

#define T(p,v)      pte[(p)*NV+(v)]
#define ID(p,v)     id[(p)*NV+(v)]
#define PRES(t)     ((t) != 0 && (t) <= 2*NF)
#define WRIT(t)     ((t) > NF && (t) <= 2*NF)
#define SWAP(t)     ((t) > 2*NF)
#define FRM(t)      ((t) <= NF -> (t)-1 : (t)-NF-1)
#define SLT(t)      ((t)-2*NF-1)
#define MAP1(p,v,f) (T(p,v) == (f)+1 || T(p,v) == NF+(f)+1)

#if NV == 1
#define SUMV(X,p,a) (X(p,0,a))
#define ANDV(X,p)   (X(p,0))
#elif NV == 2
#define SUMV(X,p,a) (X(p,0,a)+X(p,1,a))
#define ANDV(X,p)   (X(p,0) && X(p,1))
#else
#define SUMV(X,p,a) (X(p,0,a)+X(p,1,a)+X(p,2,a))
#define ANDV(X,p)   (X(p,0) && X(p,1) && X(p,2))
#endif
#if NP == 2
#define SUMP(X,a)   (SUMV(X,0,a)+SUMV(X,1,a))
#define ANDP(X)     (ANDV(X,0) && ANDV(X,1))
#define OTHERS      (st[1-_pid] == 1)
#else
#define SUMP(X,a)   (SUMV(X,0,a)+SUMV(X,1,a)+SUMV(X,2,a))
#define ANDP(X)     (ANDV(X,0) && ANDV(X,1) && ANDV(X,2))
#define OTHERS      ((st[0]==1)+(st[1]==1)+(st[2]==1) > 1)
#endif
#if NF == 1
#define ANDF(X)     (X(0))
#define ANYFREE     (fr[0])
#elif NF == 2
#define ANDF(X)     (X(0) && X(1))
#define ANYFREE     (fr[0] || fr[1])
#else
#define ANDF(X)     (X(0) && X(1) && X(2))
#define ANYFREE     (fr[0] || fr[1] || fr[2])
#endif
#if NS == 1
#define ANDS(X)     (X(0))
#elif NS == 2
#define ANDS(X)     (X(0) && X(1))
#else
#define ANDS(X)     (X(0) && X(1) && X(2))
#endif

#define SW1(p,v,k)  (T(p,v) == 2*NF+1+(k))
#define READS_OK(p,v) (!PRES(T(p,v)) || da[FRM(T(p,v))] == ID(p,v))
#define EXCL_OK(p,v)  (!WRIT(T(p,v)) || SUMP(MAP1,FRM(T(p,v))) == 1)
#define REF_OK(f)   (ref[f] == SUMP(MAP1,f) + hold[f])
#define FREE_OK(f)  (!fr[f] || SUMP(MAP1,f) == 0)
#define SLOT_OK(k)  (sr[k] == SUMP(SW1,k))

#define FREEFRAME(f) fr[f] = 1; da[f] = 0; fd[f] = 0
#define DROPFRAME(f) ref[f] = ref[f] - 1; \
	if :: (ref[f] == 0 && ef != (f)+1) -> FREEFRAME(f) :: else fi
#define DROPSLOT(k) sr[k] = sr[k] - 1; \
	if :: (sr[k] == 0 && es != (k)+1) -> sd[k] = 0 :: else fi
#define ME(v)       T(_pid,v)
#define COPYPTE \
	if \
	:: PRES(ME(hv)) -> ME(hv) = FRM(ME(hv)) + 1; T(hc-1,hv) = ME(hv); ref[ME(hv)-1] = ref[ME(hv)-1] + 1 \
	:: SWAP(ME(hv)) -> T(hc-1,hv) = ME(hv); sr[SLT(ME(hv))] = sr[SLT(ME(hv))] + 1 \
	:: else \
	fi; \
	ID(hc-1,hv) = ID(_pid,hv)
#define RELEASE(v) \
	if :: PRES(ME(v)) -> DROPFRAME(FRM(ME(v))) :: SWAP(ME(v)) -> DROPSLOT(SLT(ME(v))) :: else fi; \
	ME(v) = 0; ID(_pid,v) = 0
#define STORE(v,x)  da[FRM(ME(v))] = x; fd[FRM(ME(v))] = 1; ID(_pid,v) = x

#define ACCESS(v) \
	:: d_step { st[_pid] == 1 && !PRES(ME(v)) -> hv = v } goto LOCK \
	:: d_step { st[_pid] == 1 && WRIT(ME(v)) -> STORE(v,0) } goto IDLE \
	:: d_step { st[_pid] == 1 && WRIT(ME(v)) -> STORE(v,1) } goto IDLE \
	:: d_step { st[_pid] == 1 && !WRIT(ME(v)) -> hv = v; hw = 1 } goto LOCK
#define FORK(c) \
	:: d_step { st[_pid] == 1 && lk[_pid] == 0 && st[c] == 0 -> lk[_pid] = 1; st[c] = 2; hc = (c)+1 } goto FCOPY
#define TAKE(f) :: d_step { fr[f] -> fr[f] = 0; hf = (f)+1 } goto FILL

active [NP] proctype Proc() {
	byte hv, hf, ho, hc; bit hw;
IDLE:	if
	ACCESS(0)
#if NV > 1
	ACCESS(1)
#endif
#if NV > 2
	ACCESS(2)
#endif
	FORK(0)
	FORK(1)
#if NP > 2
	FORK(2)
#endif
	:: d_step { st[_pid] == 1 && lk[_pid] == 0 && OTHERS ->
		RELEASE(0);
#if NV > 1
		RELEASE(1);
#endif
#if NV > 2
		RELEASE(2);
#endif
		st[_pid] = 0 } goto IDLE
	fi;
LOCK:	if :: d_step { lk[_pid] == 0 -> lk[_pid] = 1 } fi;
LOOK:	if
	:: d_step { PRES(ME(hv)) && (!hw || WRIT(ME(hv))) } goto UNLOCK
	:: d_step { PRES(ME(hv)) && hw && !WRIT(ME(hv)) && ref[FRM(ME(hv))] == 1 -> ME(hv) = ME(hv) + NF } goto UNLOCK
	:: d_step { PRES(ME(hv)) && hw && !WRIT(ME(hv)) && ref[FRM(ME(hv))] != 1 -> ho = FRM(ME(hv)) + 1;
#if BUG == 2
		lk[_pid] = 0
#endif
		} goto ALLOC
	:: d_step { !PRES(ME(hv)) } goto ALLOC
	fi;
ALLOC:	if
	TAKE(0)
#if NF > 1
	TAKE(1)
#endif
#if NF > 2
	TAKE(2)
#endif
	:: d_step { !ANYFREE -> ho = 0 } goto UNLOCK
	fi;
FILL:	if :: d_step {
		if
		:: ho != 0 -> da[hf-1] = da[ho-1]
		:: ho == 0 && SWAP(ME(hv)) -> da[hf-1] = sd[SLT(ME(hv))]
		:: else -> da[hf-1] = 0
		fi } fi;
MAP:	if
	:: d_step { ho != 0 -> ME(hv) = NF + hf; ref[hf-1] = 1; hold[ho-1]++; hf = 0 } goto DROP
	:: d_step { ho == 0 ->
		if :: SWAP(ME(hv)) -> DROPSLOT(SLT(ME(hv))) :: else fi;
		ME(hv) = NF + hf; ref[hf-1] = 1; hf = 0 } goto UNLOCK
	fi;
DROP:	if :: d_step { hold[ho-1]--; DROPFRAME(ho-1); ho = 0 } fi;
UNLOCK:	if :: d_step { if :: lk[_pid] == 1 -> lk[_pid] = 0 :: else fi } fi;
RETRY:	if
	:: d_step { !hw && PRES(ME(hv)) -> hv = 0 } goto IDLE
	:: d_step { hw && WRIT(ME(hv)) -> STORE(hv,0); hv = 0; hw = 0 } goto IDLE
	:: d_step { hw && WRIT(ME(hv)) -> STORE(hv,1); hv = 0; hw = 0 } goto IDLE
	:: d_step { (hw && !WRIT(ME(hv))) || (!hw && !PRES(ME(hv))) } goto LOCK
	fi;
FCOPY:	if
	:: d_step { hv < NV-1 -> COPYPTE; hv++ } goto FCOPY
	:: d_step { hv == NV-1 -> COPYPTE; hv = 0 } goto FEND
	fi;
FEND:	if :: d_step { st[hc-1] = 1; hc = 0; lk[_pid] = 0 } fi;
	goto IDLE
}

#define PICK(f,k)   :: d_step { !fr[f] && ref[f] > 0 && sr[k] == 0 -> ef = (f)+1; es = (k)+1 }
#define EMAPS(v,p)  (T(p,v) == ef || T(p,v) == NF+ef)
#if NV == 1
#define EMAP(p)     (EMAPS(0,p))
#elif NV == 2
#define EMAP(p)     (EMAPS(0,p) || EMAPS(1,p))
#else
#define EMAP(p)     (EMAPS(0,p) || EMAPS(1,p) || EMAPS(2,p))
#endif
#define WALK(p)     :: d_step { EMAP(p) && lk[p] == 0 -> lk[p] = 2; ep = p } goto EUNMAP
#define UNMAP(v) \
	if :: EMAPS(v,ep) -> T(ep,v) = 2*NF+es; ref[ef-1] = ref[ef-1] - 1; sr[es-1]++ :: else fi

active proctype Evictor() {
	byte ep;
EPICK:	if
	PICK(0,0)
#if NF > 1
	PICK(1,0)
#endif
#if NF > 2
	PICK(2,0)
#endif
#if NS > 1
	PICK(0,1)
#if NF > 1
	PICK(1,1)
#endif
#if NF > 2
	PICK(2,1)
#endif
#endif
#if NS > 2
	PICK(0,2)
#if NF > 1
	PICK(1,2)
#endif
#if NF > 2
	PICK(2,2)
#endif
#endif
	fi;
ECLEAN:	if :: d_step { fd[ef-1] = 0 } fi;
EWRITE:	if :: d_step { sd[es-1] = da[ef-1] } fi;
EWALK:	if
	WALK(0)
	WALK(1)
#if NP > 2
	WALK(2)
	:: d_step { !(EMAP(0) || EMAP(1) || EMAP(2)) } goto EFIN
#else
	:: d_step { !(EMAP(0) || EMAP(1)) } goto EFIN
#endif
	fi;
EUNMAP:	if
#if BUG != 1
	:: d_step { fd[ef-1] -> lk[ep] = 0; ep = 0 } goto EFIN
	:: d_step { !fd[ef-1] ->
#else
	:: d_step { true ->
#endif
		UNMAP(0);
#if NV > 1
		UNMAP(1);
#endif
#if NV > 2
		UNMAP(2);
#endif
		lk[ep] = 0; ep = 0 } goto EWALK
	fi;
EFIN:	if :: d_step {
		if :: ref[ef-1] == 0 -> FREEFRAME(ef-1) :: else fi;
		if :: sr[es-1] == 0 -> sd[es-1] = 0 :: else fi;
		ef = 0; es = 0 } fi;
	goto EPICK
}

#define INV (ANDP(READS_OK) && ANDP(EXCL_OK) && ANDF(REF_OK) && ANDF(FREE_OK) && ANDS(SLOT_OK))
active proctype Monitor() {
end:	d_step { !INV -> assert(INV) }
}

