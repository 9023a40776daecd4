// Byte scans that need wide registers: run-time dispatch between AVX-512, AVX2 and plain C.
#pragma once
#include <stddef.h>
#include <stdint.h>

// Where the first `byte` stands in data[0..count), or count.
size_t scan_find(const uint8_t *data, size_t count, uint8_t byte);

// How many times `byte` stands in data[0..count).
size_t scan_count(const uint8_t *data, size_t count, uint8_t byte);

// Where the last `byte` stands in data[0..count), or count where there is none.
size_t scan_find_last(const uint8_t *data, size_t count, uint8_t byte);
