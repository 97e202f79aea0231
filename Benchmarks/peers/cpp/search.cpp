// A breadth-first search of the hand-written model: what a program can do that knows its model beforehand.
//
//   ./search LOG2 THREADS      LOG2: the table has 2^LOG2 cells and does not grow
//
// -DEXACT=1 keeps whole states of 16 bytes; otherwise the table keeps fingerprints of 64 bits.
#include "model.hpp"
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <sys/mman.h>
#include <thread>
#include <utility>
#include <vector>
#ifndef EXACT
#define EXACT 0
#endif

#if EXACT
static_assert(sizeof(St) == 16 && sizeof(A) == 8);
using Cell = u128;
static inline Cell cellOf(const St &s, u64) {
  Cell c;
  memcpy(&c, &s, 16);
  return c + 1;
}
#else
using Cell = u64;
static inline Cell cellOf(const St &, u64 h) { return h ? h : 1; }
#endif

static Cell *table;
static u64 mask;
static inline u64 slotFor(u64 h) { return (h * 0x9e3779b97f4a7c15ull) & mask; }

// Whether the cell is new. MT: several threads insert, by compare-and-swap.
template <bool MT> static inline bool insert(Cell c, u64 h) {
  for (u64 i = slotFor(h);; i = (i + 1) & mask) {
    Cell o;
    if constexpr (!MT)
      o = table[i];
    else if constexpr (sizeof(Cell) == 8)
      o = __atomic_load_n(&table[i], __ATOMIC_RELAXED);
    else {
      // A plain load of 16 bytes may be torn. A cell is written once, so a half that is not 0 is final; a cell with one
      // half that is 0 is read again.
      o = ((volatile Cell *)table)[i];
      if (o != 0 && (u64(o) == 0 || u64(u128(o) >> 64) == 0)) o = __sync_val_compare_and_swap(&table[i], 0, 0);
    }
    if (o == c) return false;
    if (o == 0) {
      if constexpr (!MT) {
        table[i] = c;
        return true;
      } else {
        Cell old = __sync_val_compare_and_swap(&table[i], Cell(0), c);
        if (old == 0) return true;
        if (old == c) return false;
      }
    }
  }
}

// A level of the search, in chunks that never move.
struct Level {
  static constexpr u64 K = 1 << 14;
  std::vector<std::unique_ptr<St[]>> chunks;
  u64 n = 0;
  void push(const St &s) {
    if ((n & (K - 1)) == 0) chunks.emplace_back(new St[K]);
    chunks.back()[n & (K - 1)] = s;
    n++;
  }
};
using Range = std::pair<const St *, u64>;
static std::atomic<const char *> bad{nullptr};

// Successors are looked up 64 at a time, after their cells have been prefetched.
template <bool MT> static u64 expand(Range range, Level &next) {
  struct Pending {
    St s;
    u64 h;
  };
  constexpr int batch = 64;
  Pending buffer[batch];
  int m = 0;
  u64 transitions = 0;
  auto flush = [&] {
    for (int i = 0; i < m; i++)
      if (insert<MT>(cellOf(buffer[i].s, buffer[i].h), buffer[i].h)) {
        next.push(buffer[i].s);
        if (auto which = violated(buffer[i].s)) bad = which;
      }
    m = 0;
  };
  for (u64 i = 0; i < range.second; i++)
    successors(range.first[i], [&](const St &t, const char *, int) {
      transitions++;
      u64 h = hashOf(t);
      __builtin_prefetch(&table[slotFor(h)], 1);
      buffer[m++] = {t, h};
      if (m == batch) flush();
    });
  flush();
  return transitions;
}

static u64 expandTogether(const std::vector<Range> &work, std::vector<Level> &next) {
  constexpr u64 grain = 2048;
  std::vector<Range> fine;
  for (auto &w : work)
    for (u64 o = 0; o < w.second; o += grain) fine.push_back({w.first + o, std::min(grain, w.second - o)});
  std::atomic<u64> at{0}, transitions{0};
  auto body = [&](size_t t) {
    u64 n = 0;
    for (u64 i; (i = at++) < fine.size();) n += expand<true>(fine[i], next[t]);
    transitions += n;
  };
  std::vector<std::thread> threads;
  for (size_t t = 1; t < next.size(); t++) threads.emplace_back(body, t);
  body(0);
  for (auto &t : threads) t.join();
  return transitions;
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: search LOG2 THREADS\n");
    return 2;
  }
  u64 capacity = 1ull << atoi(argv[1]);
  size_t threads = size_t(atoi(argv[2]));
  mask = capacity - 1;
  void *memory = mmap(nullptr, capacity * sizeof(Cell), PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) {
    perror("mmap");
    return 2;
  }
  table = (Cell *)memory;
  madvise(table, capacity * sizeof(Cell), MADV_HUGEPAGE);

  std::vector<Level> current(threads);
  St first = initial();
  insert<false>(cellOf(first, hashOf(first)), hashOf(first));
  current[0].push(first);
  u64 states = 1, transitions = 0, depth = 0;
  while (!bad) {
    std::vector<Range> work;
    for (auto &q : current)
      for (u64 i = 0; i < q.chunks.size(); i++)
        work.push_back({q.chunks[i].get(), std::min(Level::K, q.n - i * Level::K)});
    if (work.empty()) break;
    std::vector<Level> next(threads);
    if (threads == 1)
      for (auto &w : work) transitions += expand<false>(w, next[0]);
    else
      transitions += expandTogether(work, next);
    u64 fresh = 0;
    for (auto &q : next) fresh += q.n;
    states += fresh;
    if (fresh) depth++;
    current = std::move(next);
  }
  printf("states %llu transitions %llu depth %llu\n", (unsigned long long)states, (unsigned long long)transitions,
         (unsigned long long)depth);
  if (!bad) return 0;
  printf("violated: %s\n", bad.load());
  return 1;
}
