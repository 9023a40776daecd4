// simdjson, which is C++, behind C functions.
#pragma once
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif
// Whether data[0..count) is valid UTF-8.
int simdjson_shim_valid_utf8(const uint8_t *data, size_t count);
// Whether data[0..count) is one JSON text by simdjson's rules (numbers over 64 bits and surrogates
// without a partner are refused); copies the text.
int simdjson_shim_accepts(const uint8_t *data, size_t count);
#ifdef __cplusplus
}
#endif
