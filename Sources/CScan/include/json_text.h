// Copies of text into JSON strings, as far as nothing has to be escaped.
#pragma once
#include <stddef.h>
#include <stdint.h>

// Copies from[0..count) to `to`, which has room for all of it, and tells how many bytes from the
// start stand for themselves in a JSON string: printable ASCII save `"`, `\` and DEL.
size_t json_copy_ascii(uint8_t *to, const uint8_t *from, size_t count);

// The same, where bytes from 0x80 stand for themselves too.
size_t json_copy_utf8(uint8_t *to, const uint8_t *from, size_t count);
