#ifndef TAFFRAIL_MAPPING_H
#define TAFFRAIL_MAPPING_H

#include <stddef.h>
#include <stdint.h>

// Files mapped for reading whose pages may vanish: a page that is gone (the file was cut meanwhile, the
// device failed) reads as zeros and is counted, where the kernel's SIGBUS would end the process.

// Maps the first `size` bytes of a file; NULL with errno where that fails or 8,192 files are mapped.
// `slot` names the mapping for the calls below.
const uint8_t *taffrail_mapping_make(int descriptor, size_t size, int *slot);

// Ends a mapping.
void taffrail_mapping_end(int slot);

// Gives its pages back to the page cache; what is read of it later comes from there again.
void taffrail_mapping_rest(int slot);

// How many of its pages were gone when they were read.
unsigned taffrail_mapping_lost(int slot);

// Has the allocator map buffers of so many bytes and more by themselves, whatever it has seen (mallopt(3)).
void taffrail_mapping_buffers(int bytes);

#endif
