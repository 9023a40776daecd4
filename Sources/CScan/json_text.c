#include "json_text.h"
#include <string.h>

static inline int stands(uint8_t byte, int high) {
  return byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f && (high || byte < 0x80);
}

static inline size_t copy_bytes(
    uint8_t *to, const uint8_t *from, size_t at, size_t count, int high) {
  for (; at < count; at++) {
    if (!stands(from[at], high)) return at;
    to[at] = from[at];
  }
  return count;
}

#if defined(__SSE2__)
#include <emmintrin.h>

static inline unsigned special(__m128i x, int high) {
  const __m128i below = high
    ? _mm_cmpeq_epi8(_mm_min_epu8(x, _mm_set1_epi8(0x1f)), x)
    : _mm_cmplt_epi8(x, _mm_set1_epi8(0x20));
  const __m128i quote = _mm_cmpeq_epi8(x, _mm_set1_epi8('"'));
  const __m128i escape = _mm_cmpeq_epi8(x, _mm_set1_epi8('\\'));
  const __m128i delete = _mm_cmpeq_epi8(x, _mm_set1_epi8(0x7f));
  return (unsigned)_mm_movemask_epi8(
    _mm_or_si128(_mm_or_si128(below, quote), _mm_or_si128(escape, delete)));
}

static inline size_t copy(uint8_t *to, const uint8_t *from, size_t count, int high) {
  size_t at = 0;
  for (; at + 16 <= count; at += 16) {
    const __m128i x = _mm_loadu_si128((const __m128i *)(from + at));
    _mm_storeu_si128((__m128i *)(to + at), x);
    const unsigned found = special(x, high);
    if (found) return at + (size_t)__builtin_ctz(found);
  }
  if (at == count) return count;
  if (count >= 16) {
    // The last 16 bytes, most of which are known to be plain already.
    const size_t last = count - 16;
    const __m128i x = _mm_loadu_si128((const __m128i *)(from + last));
    _mm_storeu_si128((__m128i *)(to + last), x);
    const unsigned found = special(x, high);
    return found ? last + (size_t)__builtin_ctz(found) : count;
  }
  if (count >= 8) {
    const __m128i x = _mm_loadl_epi64((const __m128i *)from);
    const __m128i y = _mm_loadl_epi64((const __m128i *)(from + count - 8));
    _mm_storel_epi64((__m128i *)to, x);
    _mm_storel_epi64((__m128i *)(to + count - 8), y);
    const unsigned first = special(x, high) & 0xff;
    if (first) return (size_t)__builtin_ctz(first);
    const unsigned second = special(y, high) & 0xff;
    return second ? count - 8 + (size_t)__builtin_ctz(second) : count;
  }
  return copy_bytes(to, from, at, count, high);
}
#else
static inline size_t copy(uint8_t *to, const uint8_t *from, size_t count, int high) {
  return copy_bytes(to, from, 0, count, high);
}
#endif

size_t json_copy_ascii(uint8_t *to, const uint8_t *from, size_t count) {
  return copy(to, from, count, 0);
}

size_t json_copy_utf8(uint8_t *to, const uint8_t *from, size_t count) {
  return copy(to, from, count, 1);
}
