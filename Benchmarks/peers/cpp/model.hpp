// The page-fault model of Benchmarks/peers/README.md by hand: the state packed into two words, its successors, and its
// invariants. -DP= processes, -DV= pages, -DF= frames, -DS= slots, -DBUG= 0, 1 or 2.
#pragma once
#include <cstdint>
#include <type_traits>
#ifndef BUG
#define BUG 0
#endif

using u8 = uint8_t;
using u32 = uint32_t;
using u64 = uint64_t;
using u128 = unsigned __int128;

// How many bits n values need.
constexpr int bw(int n) {
  int b = 0;
  while ((1 << b) < n) b++;
  return b;
}

// The layout: word a has the processes, word b the frames, the slots and the evictor.
constexpr int BV = bw(V), BF = bw(F + 1), BC = bw(P + 1), BT = bw(2 * F + S + 1), BR = bw(P + 2), BS = bw(S),
              BE = bw(F), BP = bw(P);
constexpr int oST = 0, oPC = 2, oHV = 6, oHW = oHV + BV, oHF = oHW + 1, oHO = oHF + BF, oHC = oHO + BF, oLK = oHC + BC,
              oPT = oLK + 2, oID = oPT + V * BT, PB = oID + V;
using A = std::conditional_t<(P * PB <= 64), u64, u128>;
static_assert(P * PB <= 128);
constexpr int FB = BR + 3, SB = BR + 1; // frame: ref,dirty,data,free   slot: ref,data
constexpr int oSL = F * FB, oEV = oSL + S * SB, oEF = oEV + 3, oES = oEF + BE, oEP = oES + BS, BB = oEP + BP;
static_assert(BB <= 64);
struct St {
  A a;
  u64 b;
  bool operator==(const St &o) const { return a == o.a && b == o.b; }
};

// Reads and writes n bits of a word from bit o on. Below, name(s, i) reads a field and name(s, i, x) writes it.
template <class W> static inline unsigned G(W w, int o, int n) { return unsigned(w >> o) & ((1u << n) - 1); }
template <class W> static inline void U(W &w, int o, int n, unsigned x) {
  w = (w & ~(W((1u << n) - 1) << o)) | (W(x) << o);
}
#define PROC(name, off, n)                                                            \
  static inline unsigned name(const St &s, int p) { return G(s.a, p * PB + off, n); } \
  static inline void name(St &s, int p, unsigned x) { U(s.a, p * PB + off, n, x); }
PROC(st, oST, 2)
PROC(pc, oPC, 4)
PROC(hv, oHV, BV)
PROC(hw, oHW, 1)
PROC(hf, oHF, BF)
PROC(ho, oHO, BF)
PROC(hc, oHC, BC)
PROC(lk, oLK, 2)
static inline unsigned pt(const St &s, int p, int v) { return G(s.a, p * PB + oPT + v * BT, BT); }
static inline void pt(St &s, int p, int v, unsigned x) { U(s.a, p * PB + oPT + v * BT, BT, x); }
static inline unsigned id(const St &s, int p, int v) { return G(s.a, p * PB + oID + v, 1); }
static inline void id(St &s, int p, int v, unsigned x) { U(s.a, p * PB + oID + v, 1, x); }
#define GLOB(name, off, stride, n)                                                        \
  static inline unsigned name(const St &s, int f) { return G(s.b, f * stride + off, n); } \
  static inline void name(St &s, int f, unsigned x) { U(s.b, f * stride + off, n, x); }
GLOB(ref, 0, FB, BR)
GLOB(fd, BR, FB, 1)
GLOB(da, BR + 1, FB, 1)
GLOB(fr, BR + 2, FB, 1)
GLOB(sr, oSL, SB, BR)
GLOB(sd, oSL + BR, SB, 1)
#define ONE(name, off, n)                                             \
  static inline unsigned name(const St &s) { return G(s.b, off, n); } \
  static inline void name(St &s, unsigned x) { U(s.b, off, n, x); }
ONE(epc, oEV, 3)
ONE(ef, oEF, BE)
ONE(es, oES, BS)
ONE(ep, oEP, BP)

// Codes of a page-table entry: 0 none, 1..F read-only frame, F+1..2F writable frame, 2F+1..2F+S swap slot
static inline bool present(unsigned t) { return t - 1 < 2 * F; }
static inline bool writable(unsigned t) { return t - F - 1 < F; }
static inline bool swapped(unsigned t) { return t > 2 * F; }
static inline int frameOf(unsigned t) { return t <= F ? t - 1 : t - F - 1; }
static inline int slotOf(unsigned t) { return t - 2 * F - 1; }
enum { IDLE, LOCK, LOOK, ALLOC, FILL, MAP, DROP, UNLOCK, RETRY, FCOPY, FEND };
enum { EPICK, ECLEAN, EWRITE, EWALK, EUNMAP, EFIN };

static inline bool pinned(const St &s, int f) { return epc(s) && ef(s) == unsigned(f); }
static inline void freeFrame(St &s, int f) {
  fr(s, f, 1);
  da(s, f, 0);
  fd(s, f, 0);
}
static inline void dropFrame(St &s, int f) {
  ref(s, f, ref(s, f) - 1);
  if (!ref(s, f) && !pinned(s, f)) freeFrame(s, f);
}
static inline void dropSlot(St &s, int k) {
  sr(s, k, sr(s, k) - 1);
  if (!sr(s, k) && !(epc(s) && es(s) == unsigned(k))) sd(s, k, 0);
}
static inline void write(St &s, int p, int v, unsigned x) {
  int f = frameOf(pt(s, p, v));
  da(s, f, x);
  fd(s, f, 1);
  id(s, p, v, x);
}
static inline void toIdle(St &s, int p) {
  pc(s, p, IDLE);
  hv(s, p, 0);
  hw(s, p, 0);
}

template <class E> static inline void successors(const St &s, E &&emit) {
  for (int p = 0; p < P; p++) {
    St n = s;
    switch (pc(s, p)) {
    case IDLE:
      if (st(s, p) != 1) break;
      for (int v = 0; v < V; v++) {
        unsigned t = pt(s, p, v);
        if (!present(t)) {
          n = s;
          pc(n, p, LOCK);
          hv(n, p, v);
          emit(n, "read fault", p);
        }
        if (writable(t))
          for (int x = 0; x < 2; x++) {
            n = s;
            write(n, p, v, x);
            emit(n, "write hit", p);
          }
        else {
          n = s;
          pc(n, p, LOCK);
          hv(n, p, v);
          hw(n, p, 1);
          emit(n, "write fault", p);
        }
      }
      if (lk(s, p) == 0) {
        bool other = false;
        for (int c = 0; c < P; c++)
          if (c != p && st(s, c) == 1) other = true;
        for (int c = 0; c < P; c++)
          if (st(s, c) == 0) {
            n = s;
            lk(n, p, 1);
            st(n, c, 2);
            hc(n, p, c + 1);
            pc(n, p, FCOPY);
            emit(n, "fork", p);
          }
        if (other) {
          n = s;
          for (int v = 0; v < V; v++) {
            unsigned t = pt(n, p, v);
            if (present(t))
              dropFrame(n, frameOf(t));
            else if (swapped(t))
              dropSlot(n, slotOf(t));
            pt(n, p, v, 0);
            id(n, p, v, 0);
          }
          st(n, p, 0);
          emit(n, "exit", p);
        }
      }
      break;
    case LOCK:
      if (lk(s, p) == 0) {
        lk(n, p, 1);
        pc(n, p, LOOK);
        emit(n, "lock", p);
      }
      break;
    case LOOK: {
      int v = hv(s, p);
      unsigned t = pt(s, p, v);
      if (present(t)) {
        if (!hw(s, p) || writable(t))
          pc(n, p, UNLOCK);
        else if (ref(s, frameOf(t)) == 1) {
          pt(n, p, v, F + 1 + frameOf(t));
          pc(n, p, UNLOCK);
        } else {
          ho(n, p, frameOf(t) + 1);
          pc(n, p, ALLOC);
          if (BUG == 2) lk(n, p, 0);
        }
      } else
        pc(n, p, ALLOC);
      emit(n, "look", p);
      break;
    }
    case ALLOC: {
      bool any = false;
      for (int f = 0; f < F; f++)
        if (fr(s, f)) {
          any = true;
          n = s;
          fr(n, f, 0);
          hf(n, p, f + 1);
          pc(n, p, FILL);
          emit(n, "alloc", p);
        }
      if (!any) {
        ho(n, p, 0);
        pc(n, p, UNLOCK);
        emit(n, "no frame", p);
      }
      break;
    }
    case FILL: {
      int f = hf(s, p) - 1;
      unsigned t = pt(s, p, hv(s, p));
      da(n, f, ho(s, p) ? da(s, ho(s, p) - 1) : swapped(t) ? sd(s, slotOf(t)) : 0);
      pc(n, p, MAP);
      emit(n, "fill", p);
      break;
    }
    case MAP: {
      int f = hf(s, p) - 1, v = hv(s, p);
      unsigned t = pt(s, p, v);
      pt(n, p, v, F + 1 + f);
      ref(n, f, 1);
      hf(n, p, 0);
      if (ho(s, p))
        pc(n, p, DROP);
      else {
        if (swapped(t)) dropSlot(n, slotOf(t));
        pc(n, p, UNLOCK);
      }
      emit(n, "map", p);
      break;
    }
    case DROP:
      dropFrame(n, ho(s, p) - 1);
      ho(n, p, 0);
      pc(n, p, UNLOCK);
      emit(n, "drop", p);
      break;
    case UNLOCK:
      if (lk(s, p) == 1) lk(n, p, 0);
      pc(n, p, RETRY);
      emit(n, "unlock", p);
      break;
    case RETRY: {
      int v = hv(s, p);
      unsigned t = pt(s, p, v);
      if (hw(s, p) ? writable(t) : present(t)) {
        if (hw(s, p))
          for (int x = 0; x < 2; x++) {
            n = s;
            write(n, p, v, x);
            toIdle(n, p);
            emit(n, "retry write", p);
          }
        else {
          toIdle(n, p);
          emit(n, "retry read", p);
        }
      } else {
        pc(n, p, LOCK);
        emit(n, "refault", p);
      }
      break;
    }
    case FCOPY: {
      int c = hc(s, p) - 1, v = hv(s, p);
      unsigned t = pt(s, p, v);
      if (present(t)) {
        int f = frameOf(t);
        pt(n, p, v, f + 1);
        pt(n, c, v, f + 1);
        ref(n, f, ref(n, f) + 1);
      } else if (swapped(t)) {
        pt(n, c, v, t);
        sr(n, slotOf(t), sr(n, slotOf(t)) + 1);
      }
      id(n, c, v, id(s, p, v));
      if (v == V - 1) {
        hv(n, p, 0);
        pc(n, p, FEND);
      } else
        hv(n, p, v + 1);
      emit(n, "fork copy", p);
      break;
    }
    case FEND:
      st(n, hc(s, p) - 1, 1);
      hc(n, p, 0);
      lk(n, p, 0);
      pc(n, p, IDLE);
      emit(n, "fork end", p);
      break;
    }
  }
  St n = s;
  int f = ef(s), k = es(s);
  switch (epc(s)) {
  case EPICK:
    for (int f = 0; f < F; f++)
      if (!fr(s, f) && ref(s, f))
        for (int k = 0; k < S; k++)
          if (!sr(s, k)) {
            n = s;
            ef(n, f);
            es(n, k);
            epc(n, ECLEAN);
            emit(n, "pick", P);
          }
    break;
  case ECLEAN:
    fd(n, f, 0);
    epc(n, EWRITE);
    emit(n, "clean", P);
    break;
  case EWRITE:
    sd(n, k, da(s, f));
    epc(n, EWALK);
    emit(n, "write out", P);
    break;
  case EWALK: {
    bool any = false;
    for (int p = 0; p < P; p++)
      for (int v = 0; v < V; v++) {
        unsigned t = pt(s, p, v);
        if (present(t) && frameOf(t) == f) {
          any = true;
          if (lk(s, p) == 0) {
            n = s;
            lk(n, p, 2);
            ep(n, p);
            epc(n, EUNMAP);
            emit(n, "rmap lock", P);
          }
        }
      }
    if (!any) {
      n = s;
      epc(n, EFIN);
      emit(n, "rmap done", P);
    }
    break;
  }
  case EUNMAP: {
    int p = ep(s);
    lk(n, p, 0);
    ep(n, 0);
    if (BUG != 1 && fd(s, f))
      epc(n, EFIN);
    else {
      for (int v = 0; v < V; v++) {
        unsigned t = pt(s, p, v);
        if (present(t) && frameOf(t) == f) {
          pt(n, p, v, 2 * F + 1 + k);
          ref(n, f, ref(n, f) - 1);
          sr(n, k, sr(n, k) + 1);
        }
      }
      epc(n, EWALK);
    }
    emit(n, "unmap", P);
    break;
  }
  case EFIN:
    if (!ref(s, f)) freeFrame(n, f);
    if (!sr(s, k)) sd(n, k, 0);
    ef(n, 0);
    es(n, 0);
    epc(n, EPICK);
    emit(n, "evict done", P);
    break;
  }
}

static const char *violated(const St &s) { // nullptr: every invariant holds
  u8 maps[F] = {}, holds[F] = {}, sl[S] = {};
  for (int p = 0; p < P; p++) {
    for (int v = 0; v < V; v++) {
      unsigned t = pt(s, p, v);
      if (present(t)) {
        maps[frameOf(t)]++;
        if (da(s, frameOf(t)) != id(s, p, v)) return "reads see ideal memory";
      } else if (swapped(t))
        sl[slotOf(t)]++;
    }
    if (pc(s, p) == DROP) holds[ho(s, p) - 1]++;
  }
  for (int p = 0; p < P; p++)
    for (int v = 0; v < V; v++)
      if (writable(pt(s, p, v)) && maps[frameOf(pt(s, p, v))] != 1) return "writable means exclusive";
  for (int f = 0; f < F; f++) {
    if (ref(s, f) != unsigned(maps[f] + holds[f])) return "refcount = mappings";
    if (fr(s, f) && maps[f]) return "free frames are unmapped";
  }
  for (int k = 0; k < S; k++)
    if (sr(s, k) != sl[k]) return "slot refcount = swapped PTEs";
  return nullptr;
}

static St initial() {
  St s{0, 0};
  st(s, 0, 1);
  for (int f = 0; f < F; f++) fr(s, f, 1);
  return s;
}

static inline u64 mix(u64 x) {
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ull;
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ull;
  return x ^ (x >> 32);
}
static inline u64 hashOf(const St &s) {
  u64 h = mix(u64(s.a) + 0x9e3779b97f4a7c15ull);
  if constexpr (sizeof(A) > 8) h = mix(h ^ u64(s.a >> 64));
  return mix(h ^ s.b);
}
