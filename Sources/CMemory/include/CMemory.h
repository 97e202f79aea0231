// What the store of a search needs of the machine and Swift does not offer: prefetches, and memory that is reserved
// as a whole and taken page by page. C because a prefetch must be inlined into the loop that it speeds up.
#ifndef FAULTLINE_CMEMORY_H
#define FAULTLINE_CMEMORY_H

#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>

// Asks for the cache line at an address; never faults.
static inline void memory_prefetch(const void *_Nonnull address) { __builtin_prefetch(address, 0, 3); }

// The slot of a table that other threads may be filling. What was written before the slot was filled is seen after.
static inline uint32_t memory_load(const uint32_t *_Nonnull slot) { return __atomic_load_n(slot, __ATOMIC_ACQUIRE); }

// Fills a slot that is 0; gives what is in it afterwards by somebody else, or 0 where it was filled.
static inline uint32_t memory_fill(uint32_t *_Nonnull slot, uint32_t value) {
    uint32_t expected = 0;
    __atomic_compare_exchange_n(slot, &expected, value, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
    return expected;
}

// Addresses of zeroed memory, none of it taken yet; null where that is refused.
static inline void *_Nullable memory_reserve(size_t bytes) {
    int flags = MAP_PRIVATE | MAP_ANONYMOUS;
#ifdef MAP_NORESERVE
    flags |= MAP_NORESERVE;
#endif
    void *address = mmap(0, bytes, PROT_READ | PROT_WRITE, flags, -1, 0);
    if (address == MAP_FAILED) return 0;
#ifdef MADV_HUGEPAGE
    madvise(address, bytes, MADV_HUGEPAGE);
#endif
    return address;
}

// Gives pages back; the addresses stay reserved, and are zero again.
static inline void memory_discard(void *_Nonnull address, size_t bytes) { madvise(address, bytes, MADV_DONTNEED); }

static inline void memory_release(void *_Nonnull address, size_t bytes) { munmap(address, bytes); }

#endif
