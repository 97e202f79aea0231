// A plain breadth-first search that keeps every state and its parent: the length of a shortest counterexample.
#include "model.hpp"
#include <cstdio>
#include <vector>

int main() {
  std::vector<St> all{initial()};
  std::vector<u32> parent{0};
  u64 capacity = 1 << 16, transitions = 0;
  constexpr u32 none = ~0u;
  std::vector<u32> table(capacity, none);
  auto place = [&](u32 i) {
    u64 j = hashOf(all[i]) & (capacity - 1);
    while (table[j] != none) j = (j + 1) & (capacity - 1);
    table[j] = i;
  };
  place(0);
  u32 hit = none;
  for (u32 i = 0; i < all.size() && hit == none; i++) {
    St current = all[i];
    successors(current, [&](const St &t, const char *, int) {
      transitions++;
      u64 j = hashOf(t) & (capacity - 1);
      for (; table[j] != none; j = (j + 1) & (capacity - 1))
        if (all[table[j]] == t) return;
      u32 k = u32(all.size());
      table[j] = k;
      all.push_back(t);
      parent.push_back(i);
      if (hit == none && violated(t)) hit = k;
      if (all.size() * 2 > capacity) {
        capacity *= 2;
        table.assign(capacity, none);
        for (u32 q = 0; q < all.size(); q++) place(q);
      }
    });
  }
  printf("states %zu transitions %llu\n", all.size(), (unsigned long long)transitions);
  if (hit == none) return 0;
  int steps = 0;
  for (u32 k = hit; k; k = parent[k]) steps++;
  printf("violated: %s, %d steps\n", violated(all[hit]), steps);
  return 1;
}
