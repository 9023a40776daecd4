// Which bytes of a text divide it into chunks, at which of them a mask lexer has to stop, and which
// are digits: 64 bytes at a time to bit masks.
#include "scan.h"
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

typedef struct {
  uint64_t delimiters, digits, values, spaces, plain, colons, before_space, brackets;
} mark_masks;

// 1 ends a chunk, 2 makes a chunk worth a look.
static const uint8_t kinds[256] = {
    [0 ... 0x20] = 1, ['='] = 1, [','] = 1, [';'] = 1, ['('] = 1, [')'] = 1,  ['['] = 1,
    [']'] = 1,        ['{'] = 1, ['}'] = 1, ['"'] = 1, ['\''] = 1, ['<'] = 1, ['>'] = 1,
    ['|'] = 1,        [':'] = 1, ['0' ... '9'] = 2, ['/'] = 2, ['\\'] = 2, ['@'] = 2, ['~'] = 2};

static inline mark_masks marks_plain(const uint8_t *data) {
  mark_masks masks = {0, 0, 0, 0, 0, 0, 0, 0};
  for (int i = 0; i < 64; i++) {
    uint8_t byte = data[i];
    masks.delimiters |= (uint64_t)(kinds[byte] & 1) << i;
    masks.digits |= (uint64_t)(byte >= '0' && byte <= '9') << i;
    masks.values |= (uint64_t)(kinds[byte] >> 1) << i;
    masks.spaces |= (uint64_t)(byte <= 0x20) << i;
    masks.plain |= (uint64_t)(byte == 0x20) << i;
    masks.colons |= (uint64_t)(byte == ':') << i;
    masks.before_space |= (uint64_t)(data[i + 1] <= 0x20) << i;
    masks.brackets |= (uint64_t)(byte == '<') << i;
  }
  return masks;
}

// The last block is read from a copy with zeros behind it, since no more may be readable.
#define MARKS_BODY(READ)                                                                    \
  uint64_t behind_space = 1;                                                                \
  for (size_t at = 0; at < count; at += 64) {                                               \
    uint8_t rest[72];                                                                       \
    const uint8_t *block = data + at;                                                       \
    uint64_t valid = ~0ull;                                                                 \
    if (count - at < 65) {                                                                  \
      memset(rest, 0, sizeof rest);                                                         \
      memcpy(rest, block, count - at);                                                      \
      block = rest;                                                                         \
      if (count - at < 64) valid = (1ull << (count - at)) - 1;                              \
    }                                                                                       \
    mark_masks masks = READ(block);                                                         \
    uint64_t squeezed = masks.spaces & (~masks.plain | masks.spaces << 1 | behind_space);   \
    behind_space = masks.spaces >> 63;                                                      \
    delimiters[at / 64] = masks.delimiters & valid;                                         \
    digits[at / 64] = masks.digits & valid;                                                 \
    stops[at / 64] = (masks.values | squeezed | (masks.colons & ~masks.before_space) |      \
                      masks.brackets) & valid;                                              \
  }

void scan_marks_plain(const uint8_t *data, size_t count, uint64_t *delimiters, uint64_t *stops,
                      uint64_t *digits) {
  MARKS_BODY(marks_plain)
}

#if defined(__x86_64__)
// Delimiters by their two half bytes: bit 0 is for 0x and 1x, 1 for 2x, 2 for 3x, 3 for 5x and 7x, 4
// for `|`.
#define LOW_HALVES 3, 1, 3, 1, 1, 1, 1, 3, 3, 3, 5, 13, 23, 13, 5, 1
#define HIGH_HALVES 1, 1, 2, 4, 0, 8, 0, 24, 0, 0, 0, 0, 0, 0, 0, 0

#define MARKS_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt")))
MARKS_AVX2 static inline mark_masks marks_avx2(const uint8_t *data) {
  const __m256i low = _mm256_setr_epi8(LOW_HALVES, LOW_HALVES);
  const __m256i high = _mm256_setr_epi8(HIGH_HALVES, HIGH_HALVES);
  const __m256i half = _mm256_set1_epi8(15), space = _mm256_set1_epi8(0x20);
  mark_masks masks = {0, 0, 0, 0, 0, 0, 0, 0};
  for (int i = 0; i < 2; i++) {
    __m256i bytes = _mm256_loadu_si256((const __m256i *)(data + 32 * i));
    __m256i next = _mm256_loadu_si256((const __m256i *)(data + 32 * i + 1));
    __m256i kind = _mm256_and_si256(
        _mm256_shuffle_epi8(low, _mm256_and_si256(bytes, half)),
        _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half)));
    __m256i digit = _mm256_sub_epi8(bytes, _mm256_set1_epi8('0'));
    __m256i value = _mm256_cmpeq_epi8(_mm256_min_epu8(digit, _mm256_set1_epi8(9)), digit);
#define SAME(byte) _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte))
    value = _mm256_or_si256(value, _mm256_or_si256(_mm256_or_si256(SAME('/'), SAME('\\')),
                                                   _mm256_or_si256(SAME('@'), SAME('~'))));
#define PART(mask) ((uint64_t)(uint32_t)_mm256_movemask_epi8(mask) << (32 * i))
    masks.delimiters |=
        (uint64_t)~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(kind, _mm256_setzero_si256()))
        << (32 * i);
    masks.values |= PART(value);
    masks.digits |= PART(_mm256_cmpeq_epi8(_mm256_min_epu8(digit, _mm256_set1_epi8(9)), digit));
    masks.spaces |= PART(_mm256_cmpeq_epi8(_mm256_min_epu8(bytes, space), bytes));
    masks.plain |= PART(SAME(0x20));
    masks.colons |= PART(SAME(':'));
    masks.before_space |= PART(_mm256_cmpeq_epi8(_mm256_min_epu8(next, space), next));
    masks.brackets |= PART(SAME('<'));
#undef PART
#undef SAME
  }
  return masks;
}

MARKS_AVX2 static void scan_marks_avx2(const uint8_t *data, size_t count, uint64_t *delimiters,
                                       uint64_t *stops, uint64_t *digits) {
  MARKS_BODY(marks_avx2)
}

#define MARKS_AVX512 __attribute__((target("avx512f,avx512bw,avx2,bmi,bmi2,popcnt,lzcnt")))
MARKS_AVX512 static inline mark_masks marks_avx512(const uint8_t *data) {
  const __m512i low = _mm512_broadcast_i32x4(_mm_setr_epi8(LOW_HALVES));
  const __m512i high = _mm512_broadcast_i32x4(_mm_setr_epi8(HIGH_HALVES));
  const __m512i half = _mm512_set1_epi8(15), space = _mm512_set1_epi8(0x20);
  __m512i bytes = _mm512_loadu_si512(data), next = _mm512_loadu_si512(data + 1);
  __m512i digit = _mm512_sub_epi8(bytes, _mm512_set1_epi8('0'));
  mark_masks masks;
  masks.delimiters = _mm512_test_epi8_mask(
      _mm512_shuffle_epi8(low, _mm512_and_si512(bytes, half)),
      _mm512_shuffle_epi8(high, _mm512_and_si512(_mm512_srli_epi16(bytes, 4), half)));
#define SAME(byte) _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(byte))
  masks.digits = _mm512_cmple_epu8_mask(digit, _mm512_set1_epi8(9));
  masks.values = masks.digits | SAME('/') | SAME('\\') | SAME('@') | SAME('~');
  masks.spaces = _mm512_cmple_epu8_mask(bytes, space);
  masks.plain = SAME(0x20);
  masks.colons = SAME(':');
  masks.before_space = _mm512_cmple_epu8_mask(next, space);
  masks.brackets = SAME('<');
#undef SAME
  return masks;
}

MARKS_AVX512 static void scan_marks_avx512(const uint8_t *data, size_t count,
                                           uint64_t *delimiters, uint64_t *stops,
                                           uint64_t *digits) {
  MARKS_BODY(marks_avx512)
}

void scan_marks(const uint8_t *data, size_t count, uint64_t *delimiters, uint64_t *stops,
                uint64_t *digits) {
  if (__builtin_cpu_supports("avx512bw"))
    scan_marks_avx512(data, count, delimiters, stops, digits);
  else if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi"))
    scan_marks_avx2(data, count, delimiters, stops, digits);
  else
    scan_marks_plain(data, count, delimiters, stops, digits);
}
#else
void scan_marks(const uint8_t *data, size_t count, uint64_t *delimiters, uint64_t *stops,
                uint64_t *digits) {
  scan_marks_plain(data, count, delimiters, stops, digits);
}
#endif
