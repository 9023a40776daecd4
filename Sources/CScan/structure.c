// Stage 1 of the JSON scanner: 64 bytes at a time to bit masks, bit masks to positions.
//
// No mask of "inside a string" is needed: stage 2 walks quotes in pairs and checks the bytes between
// them, and a raw control character, which JSON allows in no string, shows as a position of its own.
// A line feed ends a frame wherever it stands, so that a broken frame can't spoil the next.
#include "scan.h"
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

typedef struct {
  uint64_t quotes, backslashes, controls, wide;
} block_masks;

// The bytes that a backslash escapes; `carry` is 1 where the block's first byte is one of them.
// An escape is the byte behind the odd ones of a run of backslashes (after simdjson's
// find_escaped; Langdale and Lemire, "Parsing gigabytes of JSON per second", 2019).
static inline uint64_t escaped_bytes(uint64_t backslashes, uint64_t *carry) {
  if (!backslashes) {
    uint64_t first = *carry;
    *carry = 0;
    return first;
  }
  const uint64_t even_bits = 0x5555555555555555ull;
  backslashes &= ~*carry;
  uint64_t follows = backslashes << 1 | *carry;
  uint64_t odd_starts = backslashes & ~even_bits & ~follows;
  uint64_t even_sequences;
  *carry = __builtin_add_overflow(odd_starts, backslashes, &even_sequences);
  uint64_t invert = even_sequences << 1;
  return (even_bits ^ invert) & follows;
}

static inline uint64_t below(size_t count) { return count >= 64 ? ~0ull : (1ull << count) - 1; }

static inline size_t write_positions(uint32_t *out, uint64_t bits, uint32_t base) {
  size_t count = (size_t)__builtin_popcountll(bits);
  for (size_t done = 0; done < count; done += 8) {
    for (size_t i = 0; i < 8; i++) {
      out[done + i] = base + (bits ? (uint32_t)__builtin_ctzll(bits) : 0);
      bits &= bits - 1;
    }
  }
  return count;
}

#define STRUCTURE_BODY(READ, WRITE)                                                   \
  scan_structure_result result = {0, 0, 0};                                           \
  uint64_t carry = 0, wide = 0;                                                       \
  size_t count = 0;                                                                   \
  uint32_t with_backslash = 0;                                                        \
  for (size_t at = 0; at < size; at += 64) {                                          \
    block_masks masks = READ(data + at);                                              \
    uint64_t valid = below(size - at);                                                \
    wide |= masks.wide & valid;                                                       \
    backslashes[at / 64] = with_backslash;                                            \
    with_backslash += masks.backslashes != 0;                                         \
    uint64_t escaped = escaped_bytes(masks.backslashes, &carry);                      \
    uint64_t bits = ((masks.quotes & ~escaped) | masks.controls) & valid;             \
    count += WRITE(positions + count, bits, (uint32_t)at);                            \
  }                                                                                   \
  backslashes[(size + 63) / 64] = with_backslash;                                     \
  while (count > 0 && data[positions[count - 1]] != '\n') count--;                    \
  result.count = count;                                                               \
  result.consumed = count > 0 ? (size_t)positions[count - 1] + 1 : 0;                 \
  result.wide = wide != 0;                                                            \
  return result;

static inline uint64_t swar_bits(uint64_t flags) {
  return (flags & 0x8080808080808080ull) * 0x0002040810204081ull >> 56;
}

static inline block_masks read_plain(const uint8_t *data) {
  const uint64_t low7 = 0x7f7f7f7f7f7f7f7full, ones = 0x0101010101010101ull;
  block_masks masks = {0, 0, 0, 0};
  for (int i = 0; i < 8; i++) {
    uint64_t word;
    memcpy(&word, data + 8 * i, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    uint64_t quote = word ^ ones * '"', backslash = word ^ ones * '\\';
    uint64_t has_quote = ~(((quote & low7) + low7) | quote | low7);
    uint64_t has_backslash = ~(((backslash & low7) + low7) | backslash | low7);
    uint64_t control = ~(((word & low7) + ones * 0x60) | word);
    masks.quotes |= swar_bits(has_quote) << (8 * i);
    masks.backslashes |= swar_bits(has_backslash) << (8 * i);
    masks.controls |= swar_bits(control) << (8 * i);
    masks.wide |= swar_bits(word) << (8 * i);
  }
  return masks;
}

scan_structure_result scan_structure_plain(const uint8_t *data, size_t size, uint32_t *positions,
                                           uint32_t *backslashes) {
  STRUCTURE_BODY(read_plain, write_positions)
}

#if defined(__x86_64__)
static inline block_masks read_sse2(const uint8_t *data) {
  block_masks masks = {0, 0, 0, 0};
  for (int i = 0; i < 4; i++) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(data + 16 * i));
    __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
#define PART(mask) ((uint64_t)(uint32_t)_mm_movemask_epi8(mask) << (16 * i))
    masks.quotes |= PART(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
    masks.backslashes |= PART(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    masks.controls |= PART(control);
    masks.wide |= PART(bytes);
#undef PART
  }
  return masks;
}

static scan_structure_result structure_sse2(const uint8_t *data, size_t size, uint32_t *positions,
                                            uint32_t *backslashes) {
  STRUCTURE_BODY(read_sse2, write_positions)
}

#define AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt")))
AVX2 static inline block_masks read_avx2(const uint8_t *data) {
  block_masks masks = {0, 0, 0, 0};
  for (int i = 0; i < 2; i++) {
    __m256i bytes = _mm256_loadu_si256((const __m256i *)(data + 32 * i));
    __m256i control = _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, _mm256_set1_epi8(0x1f)), bytes);
#define PART(mask) ((uint64_t)(uint32_t)_mm256_movemask_epi8(mask) << (32 * i))
    masks.quotes |= PART(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"')));
    masks.backslashes |= PART(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\')));
    masks.controls |= PART(control);
    masks.wide |= PART(bytes);
#undef PART
  }
  return masks;
}

AVX2 static inline size_t write_positions_bmi(uint32_t *out, uint64_t bits, uint32_t base) {
  size_t count = (size_t)__builtin_popcountll(bits);
  for (size_t done = 0; done < count; done += 8) {
    for (size_t i = 0; i < 8; i++) {
      out[done + i] = base + (uint32_t)_tzcnt_u64(bits);
      bits = _blsr_u64(bits);
    }
  }
  return count;
}

AVX2 static scan_structure_result structure_avx2(const uint8_t *data, size_t size,
                                                 uint32_t *positions, uint32_t *backslashes) {
  STRUCTURE_BODY(read_avx2, write_positions_bmi)
}

#define AVX512 \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,avx2,bmi,bmi2,popcnt,lzcnt")))
AVX512 static inline block_masks read_avx512(const uint8_t *data) {
  __m512i bytes = _mm512_loadu_si512(data);
  block_masks masks;
  masks.quotes = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('"'));
  masks.backslashes = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\\'));
  masks.controls = _mm512_cmplt_epu8_mask(bytes, _mm512_set1_epi8(0x20));
  masks.wide = _mm512_movepi8_mask(bytes);
  return masks;
}

AVX512 static inline size_t write_positions_avx512(uint32_t *out, uint64_t bits, uint32_t base) {
  const __m512i ramp = _mm512_set_epi8(
      63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41,
      40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18,
      17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  size_t count = (size_t)_mm_popcnt_u64(bits);
  __m512i packed = _mm512_maskz_compress_epi8(bits, ramp);
  __m512i bases = _mm512_set1_epi32((int)base);
  _mm512_storeu_si512(
      out, _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(packed)), bases));
  if (__builtin_expect(count > 16, 0)) {
    _mm512_storeu_si512(out + 16, _mm512_add_epi32(_mm512_cvtepu8_epi32(
                                      _mm512_extracti32x4_epi32(packed, 1)), bases));
    _mm512_storeu_si512(out + 32, _mm512_add_epi32(_mm512_cvtepu8_epi32(
                                      _mm512_extracti32x4_epi32(packed, 2)), bases));
    _mm512_storeu_si512(out + 48, _mm512_add_epi32(_mm512_cvtepu8_epi32(
                                      _mm512_extracti32x4_epi32(packed, 3)), bases));
  }
  return count;
}

AVX512 static scan_structure_result structure_avx512(const uint8_t *data, size_t size,
                                                     uint32_t *positions,
                                                     uint32_t *backslashes) {
  STRUCTURE_BODY(read_avx512, write_positions_avx512)
}

scan_structure_result scan_structure(const uint8_t *data, size_t size, uint32_t *positions,
                                     uint32_t *backslashes) {
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2") &&
      __builtin_cpu_supports("avx512vl"))
    return structure_avx512(data, size, positions, backslashes);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi"))
    return structure_avx2(data, size, positions, backslashes);
  return structure_sse2(data, size, positions, backslashes);
}
#else
scan_structure_result scan_structure(const uint8_t *data, size_t size, uint32_t *positions,
                                     uint32_t *backslashes) {
  return scan_structure_plain(data, size, positions, backslashes);
}
#endif
