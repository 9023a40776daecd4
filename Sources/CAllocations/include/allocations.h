#ifndef TAFFRAIL_ALLOCATIONS_H
#define TAFFRAIL_ALLOCATIONS_H

#include <stdint.h>

/// Calls of malloc, calloc, realloc, posix_memalign, aligned_alloc and memalign by this process so far,
/// from any thread and library. Counted only in executables that link this target.
uint64_t allocations_so_far(void);

#endif
