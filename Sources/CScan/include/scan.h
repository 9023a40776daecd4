// Byte scans that need wide registers: run-time dispatch between AVX-512, AVX2 and plain C.
#pragma once
#include <stddef.h>
#include <stdint.h>

// Where the first `byte` stands in data[0..count), or count.
size_t scan_find(const uint8_t *data, size_t count, uint8_t byte);

// Where the last `byte` stands in data[0..count), or count where there is none.
size_t scan_find_last(const uint8_t *data, size_t count, uint8_t byte);

// What `scan_structure` found.
typedef struct {
  size_t count;     // positions written
  size_t consumed;  // bytes up to and with the last line feed; 0 where there is none
  uint32_t wide;    // whether a byte over 0x7f stands in data[0..size)
} scan_structure_result;

// Finds the bytes that divide JSON lines: quotes that no backslash escapes, and all bytes below 0x20.
//
// data[0] must not be preceded by a backslash; 64 bytes must be readable behind data[size). Writes
// the positions up to and with the last line feed, in order, to positions[0 .. size + 64), and to
// backslashes[i] how many of the 64-byte blocks before the i-th hold a backslash
// (i from 0 to size / 64 + 1).
scan_structure_result scan_structure(const uint8_t *data, size_t size, uint32_t *positions,
                                     uint32_t *backslashes);

// The same, by the plain code that every machine runs; for tests.
scan_structure_result scan_structure_plain(const uint8_t *data, size_t size, uint32_t *positions,
                                           uint32_t *backslashes);

// Marks in data[0..count), a bit a byte and 64 a word: in `delimiters` white space, control characters
// and `= , ; ( ) [ ] { } " ' < > | :`; in `stops` digits, `/ \ @ ~`, `<`, colons that no white space
// follows, and white space that is no single blank between other bytes; in `digits` 0 to 9.
void scan_marks(const uint8_t *data, size_t count, uint64_t *delimiters, uint64_t *stops,
                uint64_t *digits);

// The same, by the plain code that every machine runs; for tests.
void scan_marks_plain(const uint8_t *data, size_t count, uint64_t *delimiters, uint64_t *stops,
                      uint64_t *digits);

// Whether every backslash in data[0..count) begins an escape that JSON allows (RFC 8259 section 7).
int scan_escapes_valid(const uint8_t *data, size_t count);

// Resolves the escapes of a JSON string that is valid; a surrogate without its partner becomes
// U+FFFD. Writes at most `count` bytes to `out` and tells how many.
size_t scan_unescape(const uint8_t *data, size_t count, uint8_t *out);

// Whether data[0..count) is a number as JSON writes it (RFC 8259 section 6).
int scan_number_valid(const uint8_t *data, size_t count);

enum {
  SCAN_STRING = 0,
  SCAN_NUMBER = 1,
  SCAN_TRUE = 2,
  SCAN_FALSE = 3,
  SCAN_NULL = 4,
  SCAN_OBJECT = 5,
  SCAN_ARRAY = 6
};

// One value of a JSON text, in the order of the text.
typedef struct {
  uint32_t key_start;    // between the key's quotes; key_count is 0 in arrays
  uint32_t key_count;
  uint32_t value_start;  // strings: between the quotes; others: the token, or brackets and content
  uint32_t value_count;
  uint32_t next;         // the item that follows the value and all that it holds
  uint8_t kind;
  uint8_t key_escaped;   // the key holds a backslash
  uint8_t value_escaped; // the string holds a backslash
  uint8_t depth;         // 1 for the members of the outermost object
} scan_item;

typedef struct {
  int32_t verdict;  // 0 a valid text; 1 malformed; 2 nested deeper than SCAN_MAX_DEPTH
  uint32_t count;   // items written
  uint32_t missed;  // values beyond the capacity, which are checked but not written
} scan_tape_result;

#define SCAN_MAX_DEPTH 128

// Checks that data[0..count) is one JSON text (RFC 8259; UTF-8 is the caller's to check) and writes
// its values to items[0..capacity). The first item is the text itself.
scan_tape_result scan_tape(const uint8_t *data, size_t count, scan_item *items, size_t capacity);
